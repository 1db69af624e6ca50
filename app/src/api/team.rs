//! The team: what its members are assigned to.

use async_trait::async_trait;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use protocol::AgentId;
use protocol::person::Assigned;

use super::ApiError;

/// What the team's pages ask of the server.
#[async_trait]
pub trait Team: Send + Sync {
    /// Says of which chatbots an agent sees and gets conversations.
    async fn save_assignment(&self, agent: AgentId, assigned: Assigned) -> Result<(), ApiError>;
}

/// Saves which chatbots an agent is assigned to.
#[server(prefix = "/pages", endpoint = "save_assignment", input = Json)]
pub async fn save_assignment(agent: AgentId, assigned: Assigned) -> Result<(), ApiError> {
    crate::backend::backend()
        .save_assignment(agent, assigned)
        .await
}
