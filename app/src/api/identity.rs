//! The secret with which a site proves who its visitors are.

use async_trait::async_trait;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use protocol::ChatbotId;

use super::ApiError;

/// What the embedding page asks of the server about it.
#[async_trait]
pub trait Identity: Send + Sync {
    /// The secret of a chatbot; none until one was made.
    async fn identity_secret(&self, chatbot: ChatbotId) -> Result<Option<String>, ApiError>;

    /// Makes a secret; a former one proves nothing from then on.
    async fn renew_identity_secret(&self, chatbot: ChatbotId) -> Result<String, ApiError>;
}

/// Loads the secret of a chatbot.
#[server(prefix = "/pages", endpoint = "load_identity_secret", input = Json)]
pub async fn load_identity_secret(chatbot: ChatbotId) -> Result<Option<String>, ApiError> {
    crate::backend::backend().identity_secret(chatbot).await
}

/// Makes a secret.
#[server(prefix = "/pages", endpoint = "renew_identity_secret", input = Json)]
pub async fn renew_identity_secret(chatbot: ChatbotId) -> Result<String, ApiError> {
    crate::backend::backend()
        .renew_identity_secret(chatbot)
        .await
}
