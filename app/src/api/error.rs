//! Why a server function gave no answer.

use leptos::prelude::{FromServerFnError, ServerFnErrorErr};
use leptos::server_fn::codec::JsonEncoding;
use protocol::Refusal;
use serde::{Deserialize, Serialize};

/// What can go wrong between a page and the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ApiError {
    /// A rule said no; a form shows it at its field.
    Refused(Refusal),
    /// Nobody is signed in, or no longer.
    SignInNeeded,
    /// The server could not be reached or could not answer.
    Unavailable,
}

impl ApiError {
    /// What happened and what to do.
    pub fn sentence(&self) -> String {
        match self {
            Self::Refused(refusal) => refusal.to_string(),
            Self::SignInNeeded => "You are signed out. Sign in again.".to_owned(),
            Self::Unavailable => "The server does not answer. Try again in a moment.".to_owned(),
        }
    }
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl FromServerFnError for ApiError {
    type Encoder = JsonEncoding;

    // Whatever failed on the way, people can only try again; the server has logged its part.
    fn from_server_fn_error(_: ServerFnErrorErr) -> Self {
        Self::Unavailable
    }
}
