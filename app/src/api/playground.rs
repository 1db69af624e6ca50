//! The playground: how it stands, and what is done in it.

use async_trait::async_trait;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use protocol::playground::{Play, PlaygroundView};

use super::ApiError;

/// What the playground asks of the server.
#[async_trait]
pub trait Playground: Send + Sync {
    /// How one's own stands, with the lines of its log after so many.
    async fn playground(&self, told: u32) -> Result<PlaygroundView, ApiError>;

    /// Does something in it, and tells how it stands then.
    async fn play(&self, play: Play, told: u32) -> Result<PlaygroundView, ApiError>;
}

/// Loads how one's own stands.
#[server(prefix = "/pages", endpoint = "load_playground", input = Json)]
pub async fn load_playground(told: u32) -> Result<PlaygroundView, ApiError> {
    crate::backend::backend().playground(told).await
}

/// Does something in it.
#[server(prefix = "/pages", endpoint = "play", input = Json)]
pub async fn act_in_playground(play: Play, told: u32) -> Result<PlaygroundView, ApiError> {
    crate::backend::backend().play(play, told).await
}
