//! Why an agent did not get a chat.

use async_trait::async_trait;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use protocol::ConversationId;
use protocol::doctor::Diagnosis;

use super::ApiError;

/// What the doctor's page asks of the server.
#[async_trait]
pub trait Doctor: Send + Sync {
    /// The checks of a conversation: of everybody for those who may assign chats, else of oneself.
    async fn diagnosis(&self, conversation: ConversationId) -> Result<Diagnosis, ApiError>;
}

/// Loads the checks of a conversation.
#[server(prefix = "/pages", endpoint = "load_diagnosis", input = Json)]
pub async fn load_diagnosis(conversation: ConversationId) -> Result<Diagnosis, ApiError> {
    crate::backend::backend().diagnosis(conversation).await
}
