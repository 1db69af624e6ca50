//! The saved replies' side of the server.

use app::api::ApiError;
use app::api::replies::Replies;
use async_trait::async_trait;
use protocol::ReplyId;
use protocol::forms::{RepliesView, ReplyForm};

use super::RequestBackend;
use crate::actions::save_reply;

#[async_trait]
impl Replies for RequestBackend {
    async fn replies(&self) -> Result<RepliesView, ApiError> {
        let signed_in = self.signed_in.ok_or(ApiError::SignInNeeded)?;
        Ok(save_reply::load_replies(&self.desk, signed_in.agent).await?)
    }

    async fn save_reply(&self, form: ReplyForm) -> Result<ReplyId, ApiError> {
        let signed_in = self.signed_in.ok_or(ApiError::SignInNeeded)?;
        Ok(save_reply::save_reply(&self.desk, signed_in.agent, form).await?)
    }

    async fn delete_reply(&self, reply: ReplyId, version: u64) -> Result<(), ApiError> {
        let signed_in = self.signed_in.ok_or(ApiError::SignInNeeded)?;
        Ok(save_reply::delete_reply(&self.desk, signed_in.agent, reply, version).await?)
    }

    async fn place_reply(&self, reply: ReplyId, before: Option<ReplyId>) -> Result<(), ApiError> {
        let signed_in = self.signed_in.ok_or(ApiError::SignInNeeded)?;
        Ok(save_reply::place_reply(&self.desk, signed_in.agent, reply, before).await?)
    }
}
