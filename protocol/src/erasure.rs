//! Data that is erased for good, and what proves it.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::{ErasureId, Timestamp};

/// What an agent erases, seen from a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// The conversation with its visitor; their contact too, when they were all of it.
    Conversation,
    /// The contact with all its visitors and their conversations.
    Contact,
}

/// Who wanted it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AskedBy {
    /// The visitor, in their chat.
    Visitor,
    /// Somebody of the team, by the name they had.
    Agent { name: String },
    /// The time for which a chatbot keeps conversations was over.
    Retention,
}

/// How much was erased.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ErasedCounts {
    pub contacts: u64,
    pub visitors: u64,
    pub visits: u64,
    pub conversations: u64,
    /// Messages, notes and events, with what the search found them by.
    pub entries: u64,
    pub handoffs: u64,
    pub leads: u64,
    pub files: u64,
}

/// An erasure, as those see it who answer for the data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasureView {
    pub id: ErasureId,
    pub at: Timestamp,
    pub asked_by: AskedBy,
    pub counts: ErasedCounts,
    /// When the last file was gone from the disk as well; none while some are left.
    pub done_at: Option<Timestamp>,
}

/// The page of what was erased.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasuresView {
    /// The newest first.
    pub erasures: Vec<ErasureView>,
    /// Whether there are older ones.
    pub more: bool,
}
