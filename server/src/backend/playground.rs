//! The playground's side of the server.

use app::api::ApiError;
use app::api::playground::Playground;
use async_trait::async_trait;
use protocol::playground::{Play, PlaygroundView};

use super::RequestBackend;
use crate::actions::play;

#[async_trait]
impl Playground for RequestBackend {
    async fn playground(&self, told: u32) -> Result<PlaygroundView, ApiError> {
        Ok(play::load_playground(&self.desk, self.agent()?, told).await?)
    }

    async fn play(&self, play: Play, told: u32) -> Result<PlaygroundView, ApiError> {
        Ok(play::play(&self.desk, self.by()?, play, told).await?)
    }
}
