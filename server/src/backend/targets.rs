//! The targets' side of the server.

use app::api::ApiError;
use app::api::targets::Targets;
use async_trait::async_trait;
use protocol::forms::{TargetsForm, TargetsView};

use super::RequestBackend;
use crate::actions::save_targets;

#[async_trait]
impl Targets for RequestBackend {
    async fn targets(&self) -> Result<Vec<TargetsView>, ApiError> {
        let signed_in = self.signed_in.ok_or(ApiError::SignInNeeded)?;
        Ok(save_targets::load_targets(&self.desk, signed_in.agent).await?)
    }

    async fn save_targets(&self, form: TargetsForm) -> Result<Vec<TargetsView>, ApiError> {
        let signed_in = self.signed_in.ok_or(ApiError::SignInNeeded)?;
        Ok(save_targets::save_targets(&self.desk, signed_in.agent, form).await?)
    }
}
