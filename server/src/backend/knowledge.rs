//! The knowledge's side of the server.

use app::api::ApiError;
use app::api::knowledge::Knowledge;
use async_trait::async_trait;
use protocol::ChatbotId;
use protocol::forms::TeachForm;
use protocol::knowledge::{ForgetForm, KnowledgeView, SourceId};

use super::RequestBackend;
use crate::actions::teach;

#[async_trait]
impl Knowledge for RequestBackend {
    async fn knowledge(
        &self,
        chatbot: ChatbotId,
        before: Option<SourceId>,
    ) -> Result<KnowledgeView, ApiError> {
        Ok(teach::load_knowledge(&self.desk, self.agent()?, chatbot, before).await?)
    }

    async fn teach(&self, form: TeachForm) -> Result<(), ApiError> {
        Ok(teach::teach(&self.desk, self.agent()?, form).await?)
    }

    async fn forget(&self, form: ForgetForm) -> Result<(), ApiError> {
        Ok(teach::forget(&self.desk, self.agent()?, form).await?)
    }
}
