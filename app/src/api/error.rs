//! Why a server function gave no answer.

use leptos::prelude::{FromServerFnError, ServerFnErrorErr};
use leptos::server_fn::codec::JsonEncoding;
use protocol::Refusal;
use protocol::module::SwitchedOff;
use protocol::refusal::Field;
use serde::{Deserialize, Serialize};

use crate::words::{self, t};

/// What can go wrong between a page and the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ApiError {
    /// A rule said no; the sentence is the refusal's own, in English.
    Refused { refusal: Refusal, sentence: String },
    /// It belongs to a module that is switched off.
    SwitchedOff(SwitchedOff),
    /// Nobody is signed in, or no longer.
    SignInNeeded,
    /// Page and server do not understand what the other says.
    Malformed,
    /// The server could not be reached or could not answer.
    Unavailable,
}

/// The place in a form that a refusal is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum At {
    Form,
    /// The one-time setup token.
    Token,
    Field(Field),
}

impl ApiError {
    /// What happened and what to do, in the language of the page.
    pub(crate) fn sentence(&self) -> String {
        match self {
            Self::Refused { refusal, .. } => words::refusal(refusal),
            Self::SwitchedOff(off) => words::switched_off(off),
            Self::SignInNeeded => t::sign_in_needed().to_owned(),
            Self::Malformed => t::not_understood().to_owned(),
            Self::Unavailable => t::no_answer().to_owned(),
        }
    }

    /// Whether somebody else was there first, so that what is shown is old.
    pub(crate) fn is_overtaken(&self) -> bool {
        let Self::Refused { refusal, .. } = self else {
            return false;
        };
        matches!(
            refusal,
            Refusal::SettingsChanged | Refusal::MemberChanged | Refusal::NotFound
        )
    }

    /// The place in a form that it is about.
    pub(crate) fn at(&self) -> At {
        match self {
            Self::Refused {
                refusal: Refusal::SetupTokenWrong,
                ..
            } => At::Token,
            Self::Refused {
                refusal: Refusal::FieldInvalid { field, .. },
                ..
            } => At::Field(*field),
            _ => At::Form,
        }
    }
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused {
            sentence: refusal.to_string(),
            refusal,
        }
    }
}

impl FromServerFnError for ApiError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::Deserialization(_) => Self::Malformed,
            // Whatever else failed on the way, people can only try again; the server has logged its
            // part.
            _ => Self::Unavailable,
        }
    }
}
