//! The settings of the workspace and of its chatbots.

use async_trait::async_trait;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use protocol::ChatbotId;
use protocol::forms::{HoursNow, SettingsView};
use protocol::settings::{HoursSettings, SettingsLayer};

use super::ApiError;

/// What the settings' pages ask of the server.
#[async_trait]
pub trait Settings: Send + Sync {
    /// A chatbot's settings; the workspace's without one.
    async fn settings(&self, chatbot: Option<ChatbotId>) -> Result<SettingsView, ApiError>;

    /// Puts a whole layer in the place of the one with this version.
    async fn save_settings(
        &self,
        chatbot: Option<ChatbotId>,
        layer: SettingsLayer,
        version: u64,
    ) -> Result<(), ApiError>;

    /// What these hours would come to now.
    async fn hours_now(&self, hours: HoursSettings) -> Result<HoursNow, ApiError>;
}

/// Asks what opening hours come to now.
#[server(prefix = "/pages", endpoint = "load_hours_now", input = Json)]
pub async fn load_hours_now(hours: HoursSettings) -> Result<HoursNow, ApiError> {
    crate::backend::backend().hours_now(hours).await
}

/// Loads the settings of a chatbot, or of the workspace.
#[server(prefix = "/pages", endpoint = "load_settings", input = Json)]
pub async fn load_settings(chatbot: Option<ChatbotId>) -> Result<SettingsView, ApiError> {
    crate::backend::backend().settings(chatbot).await
}

/// Saves one layer of settings.
#[server(prefix = "/pages", endpoint = "save_settings", input = Json)]
pub async fn save_settings(
    chatbot: Option<ChatbotId>,
    layer: SettingsLayer,
    version: u64,
) -> Result<(), ApiError> {
    crate::backend::backend()
        .save_settings(chatbot, layer, version)
        .await
}
