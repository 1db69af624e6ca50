//! The team pages' side of the server.

use app::api::ApiError;
use app::api::team::Team;
use async_trait::async_trait;
use protocol::AgentId;
use protocol::person::Assigned;

use super::RequestBackend;
use crate::actions::save_assignment;

#[async_trait]
impl Team for RequestBackend {
    async fn save_assignment(&self, agent: AgentId, assigned: Assigned) -> Result<(), ApiError> {
        let signed_in = self.signed_in.ok_or(ApiError::SignInNeeded)?;
        Ok(save_assignment::save_assignment(&self.desk, signed_in.agent, agent, assigned).await?)
    }
}
