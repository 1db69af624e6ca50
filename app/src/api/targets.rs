//! Within how long the team replies: loaded and saved for the workspace and its chatbots.

use async_trait::async_trait;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use protocol::forms::{TargetsForm, TargetsView};

use super::ApiError;

/// What the page of targets asks of the server.
#[async_trait]
pub trait Targets: Send + Sync {
    /// The workspace's, and then each chatbot's.
    async fn targets(&self) -> Result<Vec<TargetsView>, ApiError>;

    /// Saves one of them on the version that was looked at, and says how they are then.
    async fn save_targets(&self, form: TargetsForm) -> Result<Vec<TargetsView>, ApiError>;
}

/// Loads the targets.
#[server(prefix = "/pages", endpoint = "load_targets")]
pub async fn load_targets() -> Result<Vec<TargetsView>, ApiError> {
    crate::backend::backend().targets().await
}

/// Saves targets.
#[server(prefix = "/pages", endpoint = "save_targets", input = Json)]
pub async fn save_targets(form: TargetsForm) -> Result<Vec<TargetsView>, ApiError> {
    crate::backend::backend().save_targets(form).await
}
