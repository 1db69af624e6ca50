//! The saved replies: listed, saved, deleted and put in order.

use async_trait::async_trait;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use protocol::ReplyId;
use protocol::forms::{RepliesView, ReplyForm};

use super::ApiError;

/// What the page of saved replies asks of the server.
#[async_trait]
pub trait Replies: Send + Sync {
    /// Those that this agent may use.
    async fn replies(&self) -> Result<RepliesView, ApiError>;

    /// Saves one on the version that was looked at, or a new one.
    async fn save_reply(&self, form: ReplyForm) -> Result<ReplyId, ApiError>;

    /// Deletes one on the version that was looked at.
    async fn delete_reply(&self, reply: ReplyId, version: u64) -> Result<(), ApiError>;

    /// Puts one before another of its list, or at the end.
    async fn place_reply(&self, reply: ReplyId, before: Option<ReplyId>) -> Result<(), ApiError>;
}

/// Loads the saved replies.
#[server(prefix = "/pages", endpoint = "load_replies")]
pub async fn load_replies() -> Result<RepliesView, ApiError> {
    crate::backend::backend().replies().await
}

/// Saves a reply.
#[server(prefix = "/pages", endpoint = "save_reply", input = Json)]
pub async fn save_reply(form: ReplyForm) -> Result<ReplyId, ApiError> {
    crate::backend::backend().save_reply(form).await
}

/// Deletes a reply.
#[server(prefix = "/pages", endpoint = "delete_reply", input = Json)]
pub async fn delete_reply(reply: ReplyId, version: u64) -> Result<(), ApiError> {
    crate::backend::backend().delete_reply(reply, version).await
}

/// Puts a reply in its place.
#[server(prefix = "/pages", endpoint = "place_reply", input = Json)]
pub async fn place_reply(reply: ReplyId, before: Option<ReplyId>) -> Result<(), ApiError> {
    crate::backend::backend().place_reply(reply, before).await
}
