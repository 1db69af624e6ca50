//! Whom a token acts as.

use axum::response::Response;
use domain::Refusal;
use protocol::api_token::Scope;
use protocol::person::Assigned;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::asker::{Asker, unreadable};
use super::denied::Denied;

/// The agent that the token acts as, and what the token allows.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Me {
    id: Uuid,
    name: String,
    email: String,
    /// The role, or the one that the agent's own role is like.
    #[schema(value_type = String, example = "agent")]
    role: Value,
    workspace: Workspace,
    /// The chatbots whose conversations the agent sees; null for all.
    chatbots: Option<Vec<Uuid>>,
    /// What the token allows.
    #[schema(example = json!(["read"]))]
    scopes: Vec<&'static str>,
}

#[derive(Debug, Serialize, ToSchema)]
struct Workspace {
    id: Uuid,
    name: String,
}

/// Whom the token acts as
#[utoipa::path(
    get,
    path = "/api/v1/me",
    tag = "Agent",
    security(("token" = [])),
    responses((status = 200, description = "The agent, and what the token allows.", body = Me)),
)]
pub(crate) async fn get(asker: Asker) -> Response {
    asker.answers(me(&asker).await)
}

async fn me(asker: &Asker) -> Result<Me, Denied> {
    let caller = asker.enters(None).await?;
    let found = caller.desk.store.me(caller.agent.id).await;
    let found = found.map_err(unreadable)?.ok_or(Refusal::NotFound)?;
    Ok(Me {
        id: found.id.0,
        name: found.name,
        email: found.email,
        role: serde_json::to_value(found.role).unwrap_or_default(),
        workspace: Workspace {
            id: found.workspace.0,
            name: found.workspace_name,
        },
        chatbots: match caller.agent.assigned {
            Assigned::All => None,
            Assigned::Only(chatbots) => Some(chatbots.into_iter().map(|id| id.0).collect()),
        },
        scopes: caller.token.scopes.into_iter().map(Scope::word).collect(),
    })
}
