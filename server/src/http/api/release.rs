//! A claim is given back.

use axum::body::Body;
use axum::response::Response;
use protocol::agent::AgentCommand;
use protocol::api_token::Scope;

use super::asker::Asker;
use super::conversation::{Named, id};
use super::denied::{Denied, Problem};
use super::writes::{Handoff, Written};

/// Give a claim back
///
/// The visitor waits on, from when they asked.
#[utoipa::path(
    post,
    path = "/api/v1/conversations/{id}/release",
    tag = "Handoffs",
    params(
        ("id" = Uuid, Path, description = "The conversation."),
        ("Idempotency-Key" = Option<Uuid>, Header, description = "Made by the client, to send it again."),
    ),
    request_body = Handoff,
    security(("token" = ["handoffs"])),
    responses(
        (status = 200, description = "It waits for somebody again.", body = Written),
        (status = 404, description = "It does not exist, or the agent may not see it.", body = Problem),
        (status = 409, description = "Somebody else holds it, or nobody does.", body = Problem),
    ),
)]
pub(crate) async fn post(asker: Asker, named: Named, body: Body) -> Response {
    asker.answers(release(&asker, named, body).await)
}

async fn release(asker: &Asker, named: Named, body: Body) -> Result<Written, Denied> {
    let (caller, handoff) = asker.enters_with::<Handoff>(Scope::Handoffs, body).await?;
    let conversation = id(named)?;
    let key = caller.named(asker.key()?);
    let command = AgentCommand::Release {
        conversation,
        key,
        handoff: handoff.id(),
    };
    caller.writes(command).await
}
