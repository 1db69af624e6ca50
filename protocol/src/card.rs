//! What the inbox lists show of a conversation.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::entry::{Author, Outcome, Trigger};
use crate::person::Face;
use crate::{AgentId, ChatbotId, ConversationId, HandoffId, Timestamp};

/// One row of a list. Of two cards of one conversation the higher `version` is the newer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    pub conversation: ConversationId,
    pub version: u64,
    pub chatbot: ChatbotId,
    pub channel: Channel,
    pub visitor: Face,
    pub state: CardState,
    /// The newest message; events do not count.
    pub last: LastLine,
    /// Messages of the visitor that the team has not read.
    pub unread: u32,
}

/// The newest message in a few words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastLine {
    pub author: Author,
    /// Plain text, at most [`crate::limits::LAST_LINE`] characters.
    pub text: String,
    pub at: Timestamp,
}

/// Where a conversation stands, with what that state needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardState {
    /// The AI answers and nobody was asked for.
    Assistant,
    /// Waits for a person.
    Pending {
        handoff: HandoffId,
        trigger: Trigger,
        /// Starts once and survives a release.
        waiting_since: Timestamp,
    },
    /// A person holds it.
    Active {
        handoff: HandoffId,
        agent: AgentId,
        claimed_at: Timestamp,
        /// Since when the visitor waits for a reply; none when the last word is the team's.
        unanswered_since: Option<Timestamp>,
    },
    /// The last handoff is over.
    Resolved {
        handoff: HandoffId,
        agent: AgentId,
        outcome: Outcome,
        at: Timestamp,
    },
}

impl CardState {
    /// The tab that shows it; none for what no tab shows.
    pub fn tab(self) -> Option<Tab> {
        match self {
            Self::Assistant => None,
            Self::Pending { .. } => Some(Tab::Pending),
            Self::Active { .. } => Some(Tab::Active),
            Self::Resolved { .. } => Some(Tab::Resolved),
        }
    }

    /// The time by which its tab sorts: pending and active oldest first, resolved newest first.
    pub fn sorts_by(self) -> Timestamp {
        match self {
            Self::Assistant => Timestamp(0),
            Self::Pending { waiting_since, .. } => waiting_since,
            Self::Active { claimed_at, .. } => claimed_at,
            Self::Resolved { at, .. } => at,
        }
    }
}

/// A list of the inbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tab {
    Pending,
    Active,
    Resolved,
}

/// The place in a list from which to go on: the last card of the page before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    pub at: Timestamp,
    pub conversation: ConversationId,
}

/// How many conversations the open tabs hold that this agent may see.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub pending: u32,
    pub active: u32,
    /// Of the active ones, those this agent holds.
    pub mine: u32,
    /// Since when the longest waiting visitor waits.
    pub longest_waiting_since: Option<Timestamp>,
}

/// Where the visitor writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Web,
}
