//! A note for the team.

use axum::body::Body;
use axum::response::Response;
use protocol::agent::AgentCommand;
use protocol::api_token::Scope;

use super::asker::Asker;
use super::conversation::{Named, id};
use super::denied::{Denied, Problem};
use super::writes::{Words, Written};

/// Write a note for the team
///
/// Visitors never see it. `@Name` tells a colleague who may see the conversation.
#[utoipa::path(
    post,
    path = "/api/v1/conversations/{id}/notes",
    tag = "Writing",
    params(
        ("id" = Uuid, Path, description = "The conversation."),
        ("Idempotency-Key" = Uuid, Header, description = "Made by the client for each note."),
    ),
    request_body = Words,
    security(("token" = ["reply"])),
    responses(
        (status = 200, description = "It is written.", body = Written),
        (status = 404, description = "It does not exist, or the agent may not see it.", body = Problem),
        (status = 422, description = "The text is empty or too long, or the key was used for another.", body = Problem),
    ),
)]
pub(crate) async fn post(asker: Asker, named: Named, body: Body) -> Response {
    asker.answers(add(&asker, named, body).await)
}

async fn add(asker: &Asker, named: Named, body: Body) -> Result<Written, Denied> {
    let (caller, Words { text }) = asker.enters_with(Scope::Reply, body).await?;
    let conversation = id(named)?;
    let key = asker.key()?.ok_or(Denied::KeyMissing)?;
    let command = AgentCommand::AddNote {
        conversation,
        key,
        text,
        attachments: Vec::new(),
    };
    caller.writes(command).await
}
