//! The identity secrets' side of the server.

use app::api::ApiError;
use app::api::identity::Identity;
use async_trait::async_trait;
use protocol::ChatbotId;

use super::RequestBackend;
use crate::actions::identity_secret;

#[async_trait]
impl Identity for RequestBackend {
    async fn identity_secret(&self, chatbot: ChatbotId) -> Result<Option<String>, ApiError> {
        let signed_in = self.signed_in.ok_or(ApiError::SignInNeeded)?;
        Ok(identity_secret::load(&self.desk, signed_in.agent, chatbot).await?)
    }

    async fn renew_identity_secret(&self, chatbot: ChatbotId) -> Result<String, ApiError> {
        let signed_in = self.signed_in.ok_or(ApiError::SignInNeeded)?;
        Ok(identity_secret::renew(&self.desk, signed_in.agent, chatbot).await?)
    }
}
