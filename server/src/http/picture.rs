//! Small pictures: those of agents, for colleagues and for the visitors who talk with them, and those
//! of chatbots, for everybody.

use std::net::IpAddr;
use std::time::Duration;

use axum::Extension;
use axum::extract::{Path, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse as _, Response};
use domain::Uploader;
use futures::StreamExt as _;
use protocol::{AgentId, AttachmentId, ChatbotId, Refusal};

use super::attachments::{drain, length, pieces, refuse, respond};
use crate::actions::begin_visit::user_agent;
use crate::actions::picture::{LARGEST, set_chatbot_picture, set_picture};
use crate::actions::save_settings;
use crate::actions::sign_in::{self, SignedIn};
use crate::auth::origin;
use crate::desk::Desk;
use crate::store::{Doer, Picture, StoreError};

/// Whose picture it becomes.
#[derive(Clone, Copy)]
enum Of {
    WhoAsks,
    Chatbot(ChatbotId),
}

/// Who may keep it.
#[derive(Clone, Copy)]
enum Kept {
    /// Browsers alone: who may read it changes.
    ByBrowsers,
    /// Whoever stands between as well.
    ByAll,
}

/// `POST /profile/picture`: the picture of whoever asks, in place of the one there is.
pub(crate) async fn post(
    State(desk): State<Desk>,
    Extension(from): Extension<IpAddr>,
    request: Request,
) -> Response {
    take(&desk, from, request, Of::WhoAsks).await
}

/// `POST /pictures/{chatbot}`: what a chatbot's assistant is shown by, for whoever may change settings.
pub(crate) async fn post_of_chatbot(
    State(desk): State<Desk>,
    Extension(from): Extension<IpAddr>,
    Path(chatbot): Path<ChatbotId>,
    request: Request,
) -> Response {
    take(&desk, from, request, Of::Chatbot(chatbot)).await
}

async fn take(desk: &Desk, from: IpAddr, request: Request, of: Of) -> Response {
    let (parts, body) = request.into_parts();
    let patience = Duration::from_secs(desk.config.limits.request_seconds);
    let mut pieces = Box::pin(pieces(body.into_data_stream(), patience).fuse());
    let answer = match (begin(desk, from, &parts.headers).await, of) {
        (Ok(by), Of::WhoAsks) => set_picture(desk, by, &mut pieces).await,
        (Ok(by), Of::Chatbot(chatbot)) => match save_settings::allowed(desk, by.agent).await {
            Ok(workspace) => {
                let theirs = desk.clone().on_behalf(Doer {
                    agent: Some(by.agent),
                    ip: from,
                    user_agent: user_agent(&parts.headers),
                });
                set_chatbot_picture(&theirs, (workspace, chatbot), &mut pieces).await
            }
            Err(refusal) => Err(refusal),
        },
        (Err(refusal), _) => Err(refusal),
    };
    if !matches!(answer, Ok(_) | Err(Refusal::FileTooLarge { .. })) {
        // Whoever is still sending would not read the answer otherwise.
        drain(pieces, patience).await;
    }
    respond(desk, &parts.headers, answer)
}

/// `GET /agents/{agent}/{picture}`: the picture, for who is on the same team.
pub(crate) async fn get(
    State(desk): State<Desk>,
    Path((agent, picture)): Path<(AgentId, AttachmentId)>,
    headers: HeaderMap,
) -> Response {
    let Some(by) = sign_in::of_request(&desk, &headers).await else {
        return refuse(&desk, &Refusal::TokenUnknown);
    };
    let found = desk.store.picture(by.workspace, agent).await;
    given(&desk, found, picture, Kept::ByBrowsers)
}

/// `GET /faces/{picture}`: an agent's picture. Its address holds nothing but its own id, which is told
/// to the visitors who talk with them (`/visitors/people`) and cannot be guessed.
pub(crate) async fn face(
    State(desk): State<Desk>,
    Extension(from): Extension<IpAddr>,
    Path(picture): Path<AttachmentId>,
) -> Response {
    if let Err(refusal) = desk.limits.small_request(from) {
        return refuse(&desk, &refusal);
    }
    let found = desk.store.picture_of_id(picture).await;
    given(&desk, found, picture, Kept::ByBrowsers)
}

/// `GET /pictures/{chatbot}/{picture}`: what a chatbot's assistant is shown by.
pub(crate) async fn of_chatbot(
    State(desk): State<Desk>,
    Path((chatbot, picture)): Path<(ChatbotId, AttachmentId)>,
) -> Response {
    // Kept in memory, so that made-up addresses cost nothing more.
    let known = match desk.store.chatbot(chatbot).await {
        Ok(known) => known.filter(|one| !one.archived && one.picture == Some(picture)),
        Err(error) => return given(&desk, Err(error), picture, Kept::ByAll),
    };
    let found = match known {
        Some(_) => desk.store.chatbot_picture(chatbot).await,
        None => Ok(None),
    };
    given(&desk, found, picture, Kept::ByAll)
}

fn given(
    desk: &Desk,
    found: Result<Option<Picture>, StoreError>,
    picture: AttachmentId,
    kept: Kept,
) -> Response {
    let found = match found {
        Ok(found) => found,
        Err(error) => {
            tracing::error!(%error, "a picture could not be read");
            return refuse(desk, &Refusal::Unavailable);
        }
    };
    // One that was replaced is gone: its address is another one's.
    let Some(found) = found.filter(|found| found.id == picture) else {
        return refuse(desk, &Refusal::NotFound);
    };
    // What stands at its address never changes.
    let (cache, policy) = match kept {
        Kept::ByBrowsers => ("private, max-age=604800, immutable", "same-origin"),
        // The launcher shows it on other sites.
        Kept::ByAll => ("public, max-age=604800, immutable", "cross-origin"),
    };
    let mut headers = HeaderMap::new();
    for (name, value) in [
        (CONTENT_TYPE, found.media_type.as_str()),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
        (CACHE_CONTROL, cache),
    ] {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    }
    if matches!(kept, Kept::ByBrowsers) {
        headers.insert(VARY, HeaderValue::from_static("cookie"));
    }
    headers.insert(
        "cross-origin-resource-policy",
        HeaderValue::from_static(policy),
    );
    (headers, found.content).into_response()
}

/// Everything that is asked before the first byte is taken.
async fn begin(desk: &Desk, from: IpAddr, headers: &HeaderMap) -> Result<SignedIn, Refusal> {
    desk.limits.upload(from)?;
    let by = sign_in::of_request(desk, headers).await;
    let by = by.ok_or(Refusal::TokenUnknown)?;
    if !origin::is_same_origin(headers, &desk.config.server.public_url) {
        return Err(Refusal::NotAllowed);
    }
    desk.limits.upload_of(Uploader::Agent(by.agent))?;
    let too_large = length(headers).is_some_and(|bytes| bytes > u64::from(LARGEST) * 1024 * 1024);
    if too_large {
        return Err(Refusal::FileTooLarge { limit: LARGEST });
    }
    Ok(by)
}
