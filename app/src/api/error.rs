//! Why a server function gave no answer.

use leptos::prelude::{FromServerFnError, ServerFnErrorErr};
use leptos::server_fn::codec::JsonEncoding;
use protocol::Refusal;
use protocol::refusal::Field;
use serde::{Deserialize, Serialize};

/// What can go wrong between a page and the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ApiError {
    /// A rule said no: what happened and what to do, and where in the form to say so.
    Refused { at: At, sentence: String },
    /// Nobody is signed in, or no longer.
    SignInNeeded,
    /// Page and server do not understand what the other says.
    Malformed,
    /// The server could not be reached or could not answer.
    Unavailable,
}

/// The place in a form that a refusal is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum At {
    Form,
    /// The one-time setup token.
    Token,
    Field(Field),
}

impl ApiError {
    /// What happened and what to do.
    pub fn sentence(&self) -> String {
        match self {
            Self::Refused { sentence, .. } => sentence.clone(),
            Self::SignInNeeded => "You are signed out. Sign in again.".to_owned(),
            Self::Malformed => {
                "The page and the server do not understand each other. Load the page again."
                    .to_owned()
            }
            Self::Unavailable => "The server does not answer. Try again in a moment.".to_owned(),
        }
    }

    /// The place in a form that it is about.
    pub fn at(&self) -> At {
        match self {
            Self::Refused { at, .. } => *at,
            Self::SignInNeeded | Self::Malformed | Self::Unavailable => At::Form,
        }
    }
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        let at = match &refusal {
            Refusal::SetupTokenWrong => At::Token,
            Refusal::FieldInvalid { field, .. } => At::Field(*field),
            _ => At::Form,
        };
        Self::Refused {
            at,
            sentence: refusal.to_string(),
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
