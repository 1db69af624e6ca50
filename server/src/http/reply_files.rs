//! Files of saved replies: up from the page that writes them, down for who may use the reply, and
//! copied into a conversation. For agents only, who are known by their cookie, so what changes
//! something has to come from our own pages.

use std::net::IpAddr;

use axum::Extension;
use axum::extract::{Path, Request, State};
use axum::http::HeaderMap;
use axum::response::Response;
use domain::permissions::Permission;
use domain::settings::cascade;
use domain::{Agent, Uploader};
use protocol::settings::SettingsLayer;
use protocol::{AttachmentId, ConversationId, Refusal};

use super::attachments::{content, file_name, receive, refuse, respond, seen};
use crate::actions::attach_reply_file::{attach_reply_file, reply_file};
use crate::actions::sign_in;
use crate::actions::upload::{Destination, Upload};
use crate::auth::origin;
use crate::desk::Desk;
use crate::files::Object;
use crate::store::StoreError;

/// `POST /reply-files`: keeps a file until a saved reply names it.
pub(crate) async fn post(
    State(desk): State<Desk>,
    Extension(from): Extension<IpAddr>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let begun = begin(&desk, from, &parts.headers).await;
    receive(&desk, begun, &parts.headers, body).await
}

/// `GET /reply-files/{id}`: the file.
pub(crate) async fn get(
    State(desk): State<Desk>,
    Path(id): Path<AttachmentId>,
    headers: HeaderMap,
) -> Response {
    let row = match agent(&desk, &headers).await {
        Ok(agent) => reply_file(&desk, &agent, id).await,
        Err(refusal) => Err(refusal),
    };
    let row = match row {
        Ok(row) => row,
        Err(refusal) => return refuse(&desk, &refusal),
    };
    match content(&desk, row.workspace, &row.view, Object::File).await {
        Ok(response) => response,
        Err(error) => {
            tracing::error!(%error, "a file could not be given out");
            refuse(&desk, &Refusal::Unavailable)
        }
    }
}

/// `POST /attachments/{conversation}/reply-files/{id}`: copies the file, as if it had been uploaded.
pub(crate) async fn attach(
    State(desk): State<Desk>,
    Extension(from): Extension<IpAddr>,
    Path((conversation, file)): Path<(ConversationId, AttachmentId)>,
    headers: HeaderMap,
) -> Response {
    let attached = async {
        let agent = writer(&desk, from, &headers).await?;
        seen(&desk, &agent, conversation).await?;
        attach_reply_file(&desk, &agent, conversation, file).await
    };
    respond(&desk, &headers, attached.await)
}

/// Everything that is asked before the first byte is taken.
async fn begin(desk: &Desk, from: IpAddr, headers: &HeaderMap) -> Result<Upload, Refusal> {
    let agent = writer(desk, from, headers).await?;
    let settings = desk.store.settings(agent.workspace, None).await;
    let settings = settings.map_err(unreadable)?.ok_or(Refusal::NotFound)?;
    let settings = cascade(&settings.layer, &SettingsLayer::default());
    Ok(Upload {
        workspace: agent.workspace,
        to: Destination::Reply(agent.id),
        name: file_name(headers),
        limit: settings.files.limit_mebibytes,
    })
}

/// An agent who may write, and has not uploaded too much of late.
async fn writer(desk: &Desk, from: IpAddr, headers: &HeaderMap) -> Result<Agent, Refusal> {
    desk.limits.upload(from)?;
    let agent = agent(desk, headers).await?;
    if !origin::is_same_origin(headers, &desk.config.server.public_url) {
        return Err(Refusal::NotAllowed);
    }
    agent.may(Permission::WriteNotes)?;
    desk.limits.upload_of(Uploader::Agent(agent.id))?;
    Ok(agent)
}

async fn agent(desk: &Desk, headers: &HeaderMap) -> Result<Agent, Refusal> {
    let signed_in = sign_in::of_request(desk, headers).await;
    let signed_in = signed_in.ok_or(Refusal::TokenUnknown)?;
    let agent = desk.store.agent(signed_in.agent).await;
    agent.map_err(unreadable)?.ok_or(Refusal::TokenUnknown)
}

fn unreadable(error: StoreError) -> Refusal {
    tracing::error!(%error, "who sends a file for a saved reply could not be read");
    Refusal::Unavailable
}
