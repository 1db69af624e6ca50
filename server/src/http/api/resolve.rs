//! A handoff is ended.

use axum::body::Body;
use axum::response::Response;
use protocol::HandoffId;
use protocol::agent::AgentCommand;
use protocol::api_token::Scope;
use protocol::entry;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::asker::Asker;
use super::conversation::{Named, id};
use super::denied::{Denied, Problem};
use super::fields::{Kind, Known};
use super::sent::Sent;
use super::writes::Written;

/// How a handoff ends.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Ending {
    /// `handoff` of the conversation that was looked at.
    handoff: Uuid,
    outcome: Outcome,
}

impl Sent for Ending {
    const FIELDS: Known = &[
        ("handoff", Kind::Id),
        ("outcome", Kind::Word(&["restored_to_ai", "closed"])),
    ];
}

#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Outcome {
    /// The assistant answers again.
    RestoredToAi,
    /// The conversation is closed, until the visitor writes again.
    Closed,
}

/// End a handoff
///
/// One that nobody holds is claimed first, so that it is known who ended it.
#[utoipa::path(
    post,
    path = "/api/v1/conversations/{id}/resolve",
    tag = "Handoffs",
    params(
        ("id" = Uuid, Path, description = "The conversation."),
        ("Idempotency-Key" = Option<Uuid>, Header, description = "Made by the client, to send it again."),
    ),
    request_body = Ending,
    security(("token" = ["handoffs"])),
    responses(
        (status = 200, description = "It is over.", body = Written),
        (status = 404, description = "It does not exist, or the agent may not see it.", body = Problem),
        (status = 409, description = "Somebody else holds it, or it is over already.", body = Problem),
    ),
)]
pub(crate) async fn post(asker: Asker, named: Named, body: Body) -> Response {
    asker.answers(resolve(&asker, named, body).await)
}

async fn resolve(asker: &Asker, named: Named, body: Body) -> Result<Written, Denied> {
    let (caller, Ending { handoff, outcome }) = asker.enters_with(Scope::Handoffs, body).await?;
    let conversation = id(named)?;
    let key = caller.named(asker.key()?);
    let command = AgentCommand::Resolve {
        conversation,
        key,
        handoff: HandoffId(handoff),
        outcome: match outcome {
            Outcome::RestoredToAi => entry::Outcome::RestoredToAi,
            Outcome::Closed => entry::Outcome::Closed,
        },
    };
    caller.writes(command).await
}
