//! The form before the chat: what it asks for, and what a visitor wrote into it.

use std::net::IpAddr;

use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::{Extension, Json};
use protocol::before::BeforeView;
use protocol::lead::LeadDetails;
use protocol::{ChatbotId, Refusal};
use serde::{Deserialize, Serialize};

use super::{done, given, read, unreadable, visitor};
use crate::actions::consent;
use crate::actions::identify::introduce;
use crate::auth::token;
use crate::desk::Desk;
use crate::http::attachments::bearer;

/// Whose form.
#[derive(Deserialize)]
pub(crate) struct Of {
    chatbot: String,
}

/// The answer to `GET /visitors/before`.
#[derive(Serialize)]
struct Asked {
    ask: Option<BeforeView>,
}

/// `GET /visitors/before`: what is asked for. Nothing is kept of who asks; whoever has a token and spoke or
/// agreed already is asked for nothing.
pub(crate) async fn get(
    State(desk): State<Desk>,
    Extension(from): Extension<IpAddr>,
    Query(of): Query<Of>,
    headers: HeaderMap,
) -> Response {
    given(&desk, asked(&desk, from, &of, bearer(&headers)).await)
}

async fn asked(desk: &Desk, from: IpAddr, of: &Of, token: Option<&str>) -> Result<Asked, Refusal> {
    desk.limits.small_request(from)?;
    // The chat itself says of one that it does not know that there is none.
    let Ok(id) = of.chatbot.parse::<ChatbotId>() else {
        return Ok(Asked { ask: None });
    };
    let chatbot = desk.store.chatbot(id).await.map_err(unreadable)?;
    let chatbot = chatbot.filter(|chatbot| !chatbot.archived);
    let Some(chatbot) = chatbot else {
        return Ok(Asked { ask: None });
    };
    if let Some(token) = token {
        let known = desk.store.visitor_by_token(&token::hash(token)).await;
        let known = known.map_err(unreadable)?;
        if let Some(known) = known.filter(|known| known.chatbot == chatbot.id) {
            // Who came before is asked for nothing but what they could not speak without.
            let (workspace, visitor) = (known.workspace, known.visitor);
            let needs = domain::before::asks_consent(&chatbot.settings.before);
            let known = consent::is_known(desk, workspace, visitor, known.conversation);
            if !needs || known.await? {
                return Ok(Asked { ask: None });
            }
        }
    }
    let ask = domain::before::asked(&chatbot);
    Ok(Asked { ask })
}

/// `POST /visitors/before`: what the visitor wrote. With a token it is kept; before there is one it is
/// only looked through, and forgotten.
pub(crate) async fn post(
    State(desk): State<Desk>,
    Extension(from): Extension<IpAddr>,
    Query(of): Query<Of>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let answer = match bearer(&headers) {
        Some(token) => wrote(&desk, from, &headers, (token, &body)).await,
        None => looked_through(&desk, from, &of, &body).await,
    };
    match answer {
        // Which field it is, for who can mend it.
        Err(refusal @ Refusal::FieldInvalid { .. }) => {
            (StatusCode::UNPROCESSABLE_ENTITY, Json(refusal)).into_response()
        }
        answer => done(&desk, answer),
    }
}

async fn looked_through(desk: &Desk, from: IpAddr, of: &Of, body: &[u8]) -> Result<(), Refusal> {
    desk.limits.small_request(from)?;
    let id = of.chatbot.parse().map_err(|_| Refusal::ChatbotUnknown)?;
    let chatbot = desk.store.chatbot(id).await.map_err(unreadable)?;
    let chatbot = chatbot.ok_or(Refusal::ChatbotUnknown)?;
    let details: LeadDetails = read(body)?;
    domain::before::checked(&chatbot.settings.before, &details)?;
    Ok(())
}

async fn wrote(
    desk: &Desk,
    from: IpAddr,
    headers: &HeaderMap,
    (token, body): (&str, &[u8]),
) -> Result<(), Refusal> {
    let visitor = visitor(desk, from, headers).await?;
    let details: LeadDetails = read(body)?;
    introduce(desk, &visitor, &token::hash(token), &details).await
}
