//! The list of chatbots: loaded, and changed.

use async_trait::async_trait;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use protocol::forms::{ChatbotEdit, ChatbotRow};

use super::ApiError;

/// What the list of chatbots asks of the server.
#[async_trait]
pub trait Chatbots: Send + Sync {
    /// All of them by name, the archived ones included.
    async fn chatbots(&self) -> Result<Vec<ChatbotRow>, ApiError>;

    /// Makes one, names it anew, archives it or brings it back.
    async fn save_chatbot(&self, edit: ChatbotEdit) -> Result<Vec<ChatbotRow>, ApiError>;
}

/// Loads the list.
#[server(prefix = "/pages", endpoint = "load_chatbots")]
pub async fn load_chatbots() -> Result<Vec<ChatbotRow>, ApiError> {
    crate::backend::backend().chatbots().await
}

/// Changes the list.
#[server(prefix = "/pages", endpoint = "save_chatbot", input = Json)]
pub async fn save_chatbot(edit: ChatbotEdit) -> Result<Vec<ChatbotRow>, ApiError> {
    crate::backend::backend().save_chatbot(edit).await
}
