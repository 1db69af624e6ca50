//! The first run: making the workspace, its owner and its first chatbot, and how to embed it.

use async_trait::async_trait;
use leptos::prelude::*;
use protocol::forms::{BeginView, EmbedView, SetupForm};

use super::ApiError;

/// What the first-run pages ask of the server.
#[async_trait]
pub trait Setup: Send + Sync {
    /// The workspace's name; none while it waits to be set up.
    async fn workspace(&self) -> Result<Option<String>, ApiError>;

    /// Makes the workspace, its owner and its first chatbot, and signs the owner in.
    async fn set_up(&self, form: SetupForm) -> Result<(), ApiError>;

    /// Every chatbot and the lines that put it on a site.
    async fn embed(&self) -> Result<Vec<EmbedView>, ApiError>;

    /// How far the workspace is on the way to its first conversation; none without a chatbot.
    async fn begin(&self) -> Result<Option<BeginView>, ApiError>;
}

/// Loads the workspace's name.
#[server(prefix = "/pages", endpoint = "load_workspace")]
pub async fn load_workspace() -> Result<Option<String>, ApiError> {
    crate::backend::backend().workspace().await
}

/// Sets the workspace up.
#[server(name = SetUpNow, prefix = "/pages", endpoint = "set_up")]
pub async fn set_up(form: SetupForm) -> Result<(), ApiError> {
    crate::backend::backend().set_up(form).await
}

/// Loads how to embed the chatbots.
#[server(prefix = "/pages", endpoint = "load_embed")]
pub async fn load_embed() -> Result<Vec<EmbedView>, ApiError> {
    crate::backend::backend().embed().await
}

/// Loads how far the workspace is.
#[server(prefix = "/pages", endpoint = "load_begin")]
pub async fn load_begin() -> Result<Option<BeginView>, ApiError> {
    crate::backend::backend().begin().await
}
