//! REST `/api/v1`: what programs ask with a token. Each endpoint is one thin file over what the sockets and
//! pages do too; a token acts as its agent, and nothing here knows a cookie.

mod asked;
mod asker;
pub(crate) mod claim;
pub(crate) mod contact;
pub(crate) mod conversation;
pub(crate) mod conversations;
mod denied;
pub(crate) mod entries;
mod fields;
pub(crate) mod me;
pub(crate) mod messages;
pub(crate) mod notes;
pub(crate) mod openapi;
pub(crate) mod release;
pub(crate) mod resolve;
mod sent;
mod shapes;
mod timeline;
mod writes;

use axum::extract::State;
use axum::response::Response;
use domain::Refusal;
use protocol::Timestamp;

use self::denied::Denied;
use super::head::TooMuch;
use crate::desk::Desk;

/// Whether an address is one that programs ask, which pages never are.
pub(crate) fn is_meant(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/")
}

/// There is nothing at this address.
pub(crate) fn nothing(now: Timestamp) -> Response {
    Denied::Refused(Refusal::NotFound).response(now)
}

/// The head of a request is too long.
pub(super) fn too_much(what: TooMuch, now: Timestamp) -> Response {
    Denied::TooMuch(what).response(now)
}

/// This address is asked otherwise; the router adds how.
pub(crate) async fn not_so(State(desk): State<Desk>) -> Response {
    Denied::MethodNotAllowed.response(desk.now())
}
