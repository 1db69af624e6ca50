//! Saved replies: texts that agents write often, kept under a shortcut.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::attachment::Attachment;
use crate::entry::{Destination, Outcome};
use crate::{CategoryId, ChatbotId, ReplyId, TagId};

/// A text that is written often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedReply {
    pub id: ReplyId,
    pub share: Share,
    /// What stands behind the slash: lower-case letters, digits, `-` and `_`.
    pub shortcut: String,
    pub title: String,
    /// Markdown with variables such as `{{visitor.name|there}}`; may be empty when it does something or
    /// brings files along.
    pub text: String,
    /// What is done after it is sent, in order. With some it is a macro.
    #[serde(default)]
    pub steps: Vec<Step>,
    /// Raised by every save; to be named when saving.
    pub version: u64,
    /// What goes along with the text, in order.
    #[serde(default)]
    pub files: Vec<Attachment>,
}

/// One thing that is done after a saved reply is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// A note for the team, with variables.
    Note(String),
    Category(CategoryId),
    AddTag(TagId),
    RemoveTag(TagId),
    Transfer(Destination),
    /// Put aside for so many minutes; none until the visitor writes.
    Snooze(Option<u32>),
    Resolve(Outcome),
}

impl Step {
    /// Whether the conversation is not before its agent any more after it.
    pub fn leaves(&self) -> bool {
        match self {
            Self::Transfer(_) | Self::Snooze(_) | Self::Resolve(_) => true,
            Self::Note(_) | Self::Category(_) | Self::AddTag(_) | Self::RemoveTag(_) => false,
        }
    }
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
