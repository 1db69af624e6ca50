//! The labels' side of the server.

use app::api::ApiError;
use app::api::labels::Labels;
use async_trait::async_trait;
use protocol::label::{LabelEdit, Labels as Lists};

use super::RequestBackend;
use crate::actions::save_label;

#[async_trait]
impl Labels for RequestBackend {
    async fn labels(&self) -> Result<Lists, ApiError> {
        let signed_in = self.signed_in.ok_or(ApiError::SignInNeeded)?;
        Ok(save_label::load_labels(&self.desk, signed_in.agent).await?)
    }

    async fn save_label(&self, edit: LabelEdit) -> Result<Lists, ApiError> {
        let signed_in = self.signed_in.ok_or(ApiError::SignInNeeded)?;
        Ok(save_label::save_label(&self.desk, signed_in.agent, edit).await?)
    }
}
