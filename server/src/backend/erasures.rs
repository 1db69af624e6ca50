//! The side of the server of the page about erased data.

use app::api::ApiError;
use app::api::erasures::Erasures;
use async_trait::async_trait;
use protocol::ErasureId;
use protocol::erasure::ErasuresView;
use protocol::module::Module;

use super::RequestBackend;
use crate::actions::list_erasures::list_erasures;

#[async_trait]
impl Erasures for RequestBackend {
    async fn erasures(&self, before: Option<ErasureId>) -> Result<ErasuresView, ApiError> {
        let found = list_erasures(&self.desk, self.agent()?, before).await;
        self.of_module(Module::Erasing, found).await
    }
}
