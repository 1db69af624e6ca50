//! Drafts: what an agent has typed and not sent, the same on all of the agent's devices.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// What an agent has typed and not sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub mode: DraftMode,
    /// Empty when there is none any more.
    pub text: String,
    /// When it was saved; of two drafts the one with the higher time holds.
    pub at: Timestamp,
}

/// Whom a draft is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DraftMode {
    /// The visitor.
    Reply,
    /// The team alone.
    Note,
}
