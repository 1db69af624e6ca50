//! How it was with a person: what a visitor may rate, and what they say.

use std::net::IpAddr;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use domain::Command;
use domain::rating::ratable;
use protocol::Refusal;
use protocol::rating::{Ratable, Rated};
use serde::Serialize;

use super::{done, given, read, unreadable, visitor};
use crate::desk::Desk;

/// The answer to `GET /visitors/rating`.
#[derive(Serialize)]
struct Asked {
    ask: Option<Ratable>,
}

/// `GET /visitors/rating`: the handoff that can be rated now.
pub(crate) async fn get(
    State(desk): State<Desk>,
    Extension(from): Extension<IpAddr>,
    headers: HeaderMap,
) -> Response {
    given(&desk, asked(&desk, from, &headers).await)
}

async fn asked(desk: &Desk, from: IpAddr, headers: &HeaderMap) -> Result<Asked, Refusal> {
    let visitor = visitor(desk, from, headers).await?;
    let (workspace, id) = (visitor.workspace, visitor.conversation);
    let found = desk.store.conversation(workspace, id).await;
    let chatbot = desk.store.chatbot(visitor.chatbot).await;
    let chatbot = chatbot.map_err(unreadable)?.ok_or(Refusal::NotFound)?;
    let found = found.map_err(unreadable)?;
    let ask = found.and_then(|found| {
        let (handoff, agent) = ratable(&found, chatbot.settings.rating, desk.now())?;
        Some(Ratable {
            handoff: handoff.id,
            name: desk.faces.get(agent).name,
            rating: handoff.rating.clone(),
        })
    });
    Ok(Asked { ask })
}

/// `POST /visitors/rating`: the visitor says how it was.
pub(crate) async fn post(
    State(desk): State<Desk>,
    Extension(from): Extension<IpAddr>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    done(&desk, rate(&desk, from, &headers, &body).await)
}

async fn rate(desk: &Desk, from: IpAddr, headers: &HeaderMap, body: &[u8]) -> Result<(), Refusal> {
    let visitor = visitor(desk, from, headers).await?;
    let rated: Rated = read(body)?;
    let command = Command::Rate {
        conversation: visitor.conversation,
        handoff: rated.handoff,
        stars: rated.stars,
        comment: rated.comment,
    };
    desk.store.enqueue(command).await.await?;
    desk.hub.panel_changed(visitor.conversation);
    Ok(())
}
