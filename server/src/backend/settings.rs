//! The settings' side of the server.

use app::api::ApiError;
use app::api::settings::Settings;
use async_trait::async_trait;
use protocol::ChatbotId;
use protocol::forms::{HoursOutlook, SettingsView};
use protocol::settings::{HoursSettings, SettingsLayer};

use super::RequestBackend;
use crate::actions::save_settings;

#[async_trait]
impl Settings for RequestBackend {
    async fn settings(&self, chatbot: Option<ChatbotId>) -> Result<SettingsView, ApiError> {
        let signed_in = self.signed_in.ok_or(ApiError::SignInNeeded)?;
        Ok(save_settings::load_settings(&self.desk, signed_in.agent, chatbot).await?)
    }

    async fn save_settings(
        &self,
        chatbot: Option<ChatbotId>,
        layer: SettingsLayer,
        version: u64,
    ) -> Result<(), ApiError> {
        let signed_in = self.signed_in.ok_or(ApiError::SignInNeeded)?;
        let agent = signed_in.agent;
        Ok(save_settings::save_settings(&self.desk, agent, chatbot, layer, version).await?)
    }

    async fn hours_outlook(
        &self,
        hours: HoursSettings,
        at: Option<String>,
    ) -> Result<HoursOutlook, ApiError> {
        let signed_in = self.signed_in.ok_or(ApiError::SignInNeeded)?;
        Ok(save_settings::hours_outlook(&self.desk, signed_in.agent, hours, at).await?)
    }
}
