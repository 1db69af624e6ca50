//! A message to the visitor.

use axum::body::Body;
use axum::response::Response;
use protocol::agent::AgentCommand;
use protocol::api_token::Scope;

use super::asker::Asker;
use super::conversation::{Named, id};
use super::denied::{Denied, Problem};
use super::writes::{Words, Written};

/// Write to the visitor
///
/// The agent has to hold the conversation, or it has to wait for somebody: then this claims it first, as
/// it does in the inbox. Sent again with the same key it writes nothing and is answered the same.
#[utoipa::path(
    post,
    path = "/api/v1/conversations/{id}/messages",
    tag = "Writing",
    params(
        ("id" = Uuid, Path, description = "The conversation."),
        ("Idempotency-Key" = Uuid, Header, description = "Made by the client for each message."),
    ),
    request_body = Words,
    security(("token" = ["reply"])),
    responses(
        (status = 200, description = "It is written, and the visitor is told.", body = Written),
        (status = 404, description = "It does not exist, or the agent may not see it.", body = Problem),
        (status = 409, description = "Somebody else holds it (`held_by`), or nobody does.", body = Problem),
        (status = 422, description = "The text is empty or too long, or the key was used for another.", body = Problem),
    ),
)]
pub(crate) async fn post(asker: Asker, named: Named, body: Body) -> Response {
    asker.answers(say(&asker, named, body).await)
}

async fn say(asker: &Asker, named: Named, body: Body) -> Result<Written, Denied> {
    let (caller, Words { text }) = asker.enters_with(Scope::Reply, body).await?;
    let conversation = id(named)?;
    let key = asker.key()?.ok_or(Denied::KeyMissing)?;
    let command = AgentCommand::Say {
        conversation,
        key,
        text,
        attachments: Vec::new(),
    };
    caller.writes(command).await
}
