//! What a visitor's chat asks for besides its socket. It is known by the token in `Authorization`, which
//! no other site can send and which never stands in an address.

pub(crate) mod before;
pub(crate) mod erase;
pub(crate) mod people;
pub(crate) mod rating;
pub(crate) mod thumb;
pub(crate) mod transcript;

use std::net::IpAddr;

use axum::Json;
use axum::http::header::{CACHE_CONTROL, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use protocol::Refusal;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::attachments::bearer;
use crate::auth::token;
use crate::desk::Desk;
use crate::store::{StoreError, VisitorRow};

/// Whose token it is, within the rates of their address and of themselves.
pub(super) async fn visitor(
    desk: &Desk,
    from: IpAddr,
    headers: &HeaderMap,
) -> Result<VisitorRow, Refusal> {
    desk.limits.small_request(from)?;
    let token = bearer(headers).ok_or(Refusal::TokenUnknown)?;
    let visitor = desk.store.visitor_by_token(&token::hash(token)).await;
    let visitor = visitor.map_err(unreadable)?.ok_or(Refusal::TokenUnknown)?;
    desk.limits.visitor_command(visitor.visitor)?;
    Ok(visitor)
}

/// What a body says.
fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    serde_json::from_slice(body).map_err(|_| Refusal::Malformed)
}

/// The database could not be read.
fn unreadable(error: StoreError) -> Refusal {
    tracing::error!(%error, "what a visitor asks for could not be read");
    Refusal::Unavailable
}

/// The answer with what was asked for.
fn given<T: Serialize>(desk: &Desk, answer: Result<T, Refusal>) -> Response {
    let private = [(CACHE_CONTROL, "no-store")];
    match answer {
        Ok(given) => (private, Json(given)).into_response(),
        Err(refusal) => refused(desk, &refusal),
    }
}

/// The answer to what was done.
fn done(desk: &Desk, answer: Result<(), Refusal>) -> Response {
    match answer {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(refusal) => refused(desk, &refusal),
    }
}

/// The answer to what was refused.
pub(super) fn refused(desk: &Desk, refusal: &Refusal) -> Response {
    let status = match refusal {
        Refusal::TokenUnknown => StatusCode::UNAUTHORIZED,
        Refusal::TooFast { .. } => StatusCode::TOO_MANY_REQUESTS,
        Refusal::Malformed => StatusCode::BAD_REQUEST,
        Refusal::NotFound => StatusCode::NOT_FOUND,
        Refusal::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let mut response = (status, refusal.sentence(desk.now())).into_response();
    if let Refusal::TooFast { retry_after_ms } = refusal {
        let seconds = HeaderValue::from(retry_after_ms.div_ceil(1_000));
        response.headers_mut().insert(RETRY_AFTER, seconds);
    }
    response
}
