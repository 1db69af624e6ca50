//! How long the head of a request may be. The library below refuses what is far longer as well, and then
//! without a word: whoever is only somewhat over it is told why here.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::api;
use crate::desk::Desk;

/// Bytes of an address with its query; hyper takes less than 64 KiB.
const ADDRESS: usize = 32 * 1024;
/// Bytes of all header fields; hyper takes about 400 KiB.
const FIELDS: usize = 64 * 1024;
/// Header fields; hyper takes 100.
const COUNT: usize = 90;

/// Why a head is not looked at any further.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TooMuch {
    /// RFC 9110, 15.5.15.
    Address,
    /// RFC 6585, 5.
    Fields,
}

impl TooMuch {
    pub(super) fn status(self) -> StatusCode {
        match self {
            Self::Address => StatusCode::URI_TOO_LONG,
            Self::Fields => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
        }
    }

    /// For people, in English.
    pub(super) fn sentence(self) -> &'static str {
        match self {
            Self::Address => "The address is too long.",
            Self::Fields => "There are too many header fields, or they are too long.",
        }
    }
}

/// Passes on what is short enough.
pub(crate) async fn bounded(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    let uri = request.uri();
    let query = uri.query().map_or(0, str::len);
    let too_much = match uri.path().len() + query > ADDRESS {
        true => TooMuch::Address,
        false if are_too_many(request.headers()) => TooMuch::Fields,
        false => return next.run(request).await,
    };
    match api::is_meant(uri.path()) {
        true => api::too_much(too_much, desk.now()),
        // Elsewhere there are people, who are sent to no JSON.
        false => (too_much.status(), too_much.sentence()).into_response(),
    }
}

fn are_too_many(fields: &HeaderMap) -> bool {
    let bytes = |(name, value): (&axum::http::HeaderName, &axum::http::HeaderValue)| {
        name.as_str().len() + value.len()
    };
    fields.len() > COUNT || fields.iter().map(bytes).sum::<usize>() > FIELDS
}
