//! The side of the server of the page that takes settings along and reads them in.

use app::api::ApiError;
use app::api::data::Data;
use async_trait::async_trait;
use protocol::data::DataView;

use super::RequestBackend;
use crate::actions::import_settings;

#[async_trait]
impl Data for RequestBackend {
    async fn data(&self) -> Result<DataView, ApiError> {
        Ok(import_settings::load_data(&self.desk, self.agent()?).await?)
    }

    async fn end_import(&self, digest: Option<String>) -> Result<(), ApiError> {
        Ok(import_settings::end_import(&self.desk, self.agent()?, digest).await?)
    }
}
