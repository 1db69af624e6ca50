//! Saved replies: texts that agents write often, kept under a shortcut.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::{ChatbotId, ReplyId};

/// A text that is written often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedReply {
    pub id: ReplyId,
    pub share: Share,
    /// What stands behind the slash: lower-case letters, digits, `-` and `_`.
    pub shortcut: String,
    pub title: String,
    /// Markdown with variables such as `{{visitor.name|there}}`.
    pub text: String,
    /// Raised by every save; to be named when saving.
    pub version: u64,
}

/// Who has a saved reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Share {
    /// Everybody in the workspace.
    Workspace,
    /// Everybody, in conversations of one chatbot.
    Chatbot(ChatbotId),
    /// The agent who wrote it.
    Own,
}
