//! The side of the list of chatbots of the server.

use app::api::ApiError;
use app::api::chatbots::Chatbots;
use async_trait::async_trait;
use protocol::forms::{ChatbotEdit, ChatbotRow};

use super::RequestBackend;
use crate::actions::save_chatbot;

#[async_trait]
impl Chatbots for RequestBackend {
    async fn chatbots(&self) -> Result<Vec<ChatbotRow>, ApiError> {
        let signed_in = self.signed_in.ok_or(ApiError::SignInNeeded)?;
        Ok(save_chatbot::load_chatbots(&self.desk, signed_in.agent).await?)
    }

    async fn save_chatbot(&self, edit: ChatbotEdit) -> Result<Vec<ChatbotRow>, ApiError> {
        let signed_in = self.signed_in.ok_or(ApiError::SignInNeeded)?;
        Ok(save_chatbot::save_chatbot(&self.desk, signed_in.agent, edit).await?)
    }
}
