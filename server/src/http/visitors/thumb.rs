//! `POST /visitors/thumb`: a visitor says whether an answer of the AI helped.

use std::net::IpAddr;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use domain::Command;
use protocol::Refusal;
use protocol::rating::Thumbing;

use super::{done, read, visitor};
use crate::desk::Desk;

/// Said anew, it takes the place of what was said before.
pub(crate) async fn post(
    State(desk): State<Desk>,
    Extension(from): Extension<IpAddr>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    done(&desk, thumb(&desk, from, &headers, &body).await)
}

async fn thumb(desk: &Desk, from: IpAddr, headers: &HeaderMap, body: &[u8]) -> Result<(), Refusal> {
    let visitor = visitor(desk, from, headers).await?;
    let said: Thumbing = read(body)?;
    let command = Command::ThumbAnswer {
        conversation: visitor.conversation,
        answer: said.seq,
        thumb: said.thumb,
    };
    desk.store.enqueue(command).await.await?;
    Ok(())
}
