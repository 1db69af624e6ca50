//! The doctor page's side of the server.

use app::api::ApiError;
use app::api::doctor::Doctor;
use async_trait::async_trait;
use protocol::ConversationId;
use protocol::doctor::Diagnosis;

use super::RequestBackend;
use crate::actions::diagnose;

#[async_trait]
impl Doctor for RequestBackend {
    async fn diagnosis(&self, conversation: ConversationId) -> Result<Diagnosis, ApiError> {
        let signed_in = self.signed_in.ok_or(ApiError::SignInNeeded)?;
        Ok(diagnose::diagnose(&self.desk, signed_in.agent, conversation).await?)
    }
}
