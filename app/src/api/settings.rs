//! The settings of the workspace and of its chatbots.

use async_trait::async_trait;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use protocol::ChatbotId;
use protocol::forms::{HoursOutlook, SettingsView};
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

    /// What these hours would come to at a day and time on their clock, as `2026-12-25T09:30`; now without.
    async fn hours_outlook(
        &self,
        hours: HoursSettings,
        at: Option<String>,
    ) -> Result<HoursOutlook, ApiError>;
}

/// Asks what opening hours come to, now or at a time.
#[server(prefix = "/pages", endpoint = "load_hours_outlook", input = Json)]
pub async fn load_hours_outlook(
    hours: HoursSettings,
    at: Option<String>,
) -> Result<HoursOutlook, ApiError> {
    crate::backend::backend().hours_outlook(hours, at).await
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
