//! The side of the server of the page of what people changed.

use app::api::ApiError;
use app::api::audit::Audit;
use async_trait::async_trait;
use protocol::audit::AuditView;
use protocol::module::Module;

use super::RequestBackend;
use crate::actions::audit;

#[async_trait]
impl Audit for RequestBackend {
    async fn audit(&self, query: String) -> Result<AuditView, ApiError> {
        let found = audit::load_audit(&self.desk, self.agent()?, &query).await;
        self.of_module(Module::Audit, found).await
    }
}
