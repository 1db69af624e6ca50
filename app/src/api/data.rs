//! Settings as a file.

use async_trait::async_trait;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use protocol::data::DataView;

use super::ApiError;

/// What the page of it asks of the server.
#[async_trait]
pub trait Data: Send + Sync {
    /// What the file comes to that was sent.
    async fn data(&self) -> Result<DataView, ApiError>;

    /// Reads it in as it was shown, or puts it away.
    async fn end_import(&self, digest: Option<String>) -> Result<(), ApiError>;
}

/// Loads what a file comes to.
#[server(prefix = "/pages", endpoint = "load_data", input = Json)]
pub async fn load_data() -> Result<DataView, ApiError> {
    crate::backend::backend().data().await
}

/// Reads a file in, or puts it away.
#[server(prefix = "/pages", endpoint = "end_import", input = Json)]
pub async fn end_import(digest: Option<String>) -> Result<(), ApiError> {
    crate::backend::backend().end_import(digest).await
}
