//! `POST /visitors/identity`: a page says who its visitor is, by the chat in its frame.

use std::net::IpAddr;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Response};
use axum::{Extension, Json};
use protocol::Refusal;
use serde_json::{Map, Value, json};

use super::attachments::bearer;
use super::visitors::{refused, visitor};
use crate::actions::identify::identify;
use crate::auth::token;
use crate::desk::Desk;

/// Known by the visitor's token in `Authorization`, which no other site can send.
pub(crate) async fn post(
    State(desk): State<Desk>,
    Extension(from): Extension<IpAddr>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    match said(&desk, from, &headers, &body).await {
        Ok(verified) => Json(json!({ "verified": verified })).into_response(),
        // Somebody else was here before: the chat begins anew, as another visitor.
        Err(Refusal::NotAllowed) => {
            Json(json!({ "verified": false, "anew": true })).into_response()
        }
        Err(refusal) => refused(&desk, &refusal),
    }
}

async fn said(
    desk: &Desk,
    from: IpAddr,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<bool, Refusal> {
    let visitor = visitor(desk, from, headers).await?;
    let token_hash = token::hash(bearer(headers).ok_or(Refusal::TokenUnknown)?);
    let said: Map<String, Value> = serde_json::from_slice(body).map_err(|_| Refusal::Malformed)?;
    identify(desk, &visitor, &token_hash, &said).await
}
