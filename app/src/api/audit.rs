//! What people changed.

use async_trait::async_trait;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use protocol::audit::AuditView;

use super::ApiError;

/// What the page of it asks of the server.
#[async_trait]
pub trait Audit: Send + Sync {
    /// A page of it, of what stands in the page's address.
    async fn audit(&self, query: String) -> Result<AuditView, ApiError>;
}

/// Loads what people changed.
#[server(prefix = "/pages", endpoint = "load_audit", input = Json)]
pub async fn load_audit(query: String) -> Result<AuditView, ApiError> {
    crate::backend::backend().audit(query).await
}
