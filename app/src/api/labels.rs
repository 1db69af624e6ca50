//! The categories and tags that conversations can be sorted by.

use async_trait::async_trait;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use protocol::label::{LabelEdit, Labels as Lists};

use super::ApiError;

/// What the labels' page asks of the server.
#[async_trait]
pub trait Labels: Send + Sync {
    /// The workspace's lists.
    async fn labels(&self) -> Result<Lists, ApiError>;

    /// Changes them. Answers with the lists as they are then.
    async fn save_label(&self, edit: LabelEdit) -> Result<Lists, ApiError>;
}

/// Loads the workspace's categories and tags.
#[server(prefix = "/pages", endpoint = "load_labels", input = Json)]
pub async fn load_labels() -> Result<Lists, ApiError> {
    crate::backend::backend().labels().await
}

/// Adds, renames or retires one of them.
#[server(prefix = "/pages", endpoint = "save_label", input = Json)]
pub async fn save_label(edit: LabelEdit) -> Result<Lists, ApiError> {
    crate::backend::backend().save_label(edit).await
}
