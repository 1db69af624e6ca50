//! What was erased, for those who answer for the data.

use async_trait::async_trait;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use protocol::ErasureId;
use protocol::erasure::ErasuresView;

use super::ApiError;

/// What the page about erased data asks of the server.
#[async_trait]
pub trait Erasures: Send + Sync {
    /// The newest erasures, or those before one.
    async fn erasures(&self, before: Option<ErasureId>) -> Result<ErasuresView, ApiError>;
}

/// Loads what was erased.
#[server(prefix = "/pages", endpoint = "load_erasures", input = Json)]
pub async fn load_erasures(before: Option<ErasureId>) -> Result<ErasuresView, ApiError> {
    crate::backend::backend().erasures(before).await
}
