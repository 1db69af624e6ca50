//! What chatbots answer from.

use async_trait::async_trait;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use protocol::ChatbotId;
use protocol::forms::TeachForm;
use protocol::knowledge::{ForgetForm, KnowledgeView, SourceId};

use super::ApiError;

/// What the pages that teach ask of the server.
#[async_trait]
pub trait Knowledge: Send + Sync {
    /// What a chatbot learned, from the newest on or from before a source.
    async fn knowledge(
        &self,
        chatbot: ChatbotId,
        before: Option<SourceId>,
    ) -> Result<KnowledgeView, ApiError>;

    /// Teaches a chatbot a text.
    async fn teach(&self, form: TeachForm) -> Result<(), ApiError>;

    /// Takes a source from what a chatbot answers from.
    async fn forget(&self, form: ForgetForm) -> Result<(), ApiError>;
}

/// Loads what a chatbot learned.
#[server(prefix = "/pages", endpoint = "load_knowledge", input = Json)]
pub async fn load_knowledge(
    chatbot: ChatbotId,
    before: Option<SourceId>,
) -> Result<KnowledgeView, ApiError> {
    crate::backend::backend().knowledge(chatbot, before).await
}

/// Teaches a chatbot a text.
#[server(prefix = "/pages", endpoint = "teach", input = Json)]
pub async fn teach(form: TeachForm) -> Result<(), ApiError> {
    crate::backend::backend().teach(form).await
}

/// Makes a chatbot forget a source.
#[server(prefix = "/pages", endpoint = "forget_source", input = Json)]
pub async fn forget_source(form: ForgetForm) -> Result<(), ApiError> {
    crate::backend::backend().forget(form).await
}
