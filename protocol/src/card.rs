//! What the inbox lists show of a conversation.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::entry::{Author, MissedReason, Outcome, Trigger};
use crate::person::Face;
use crate::targets::{Clock, FirstReply, NEVER};
use crate::{AgentId, CategoryId, ChatbotId, ConversationId, HandoffId, TagId, Timestamp};

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
    /// Who passed the pending handoff on.
    pub declined_by: Vec<AgentId>,
    pub category: Option<CategoryId>,
    /// In the order in which they were put on.
    pub tags: Vec<TagId>,
    /// Whether the visitor is blocked.
    pub blocked: bool,
    /// Who joined the holder of an active handoff: they answer as well.
    pub participants: Vec<AgentId>,
    /// The reply that the team owes; none while no clock runs.
    #[serde(default)]
    pub clock: Option<Clock>,
    /// What came of the first reply; none while there was none since a person was asked for.
    #[serde(default)]
    pub first_reply: Option<FirstReply>,
}

impl Card {
    /// The time by which the open tabs sort what is due soonest; what owes nothing comes last.
    pub fn due_soonest(&self) -> Timestamp {
        self.clock.map_or(NEVER, |clock| clock.due_at)
    }
}

/// The newest message in a few words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastLine {
    pub author: Author,
    /// Plain text, at most [`crate::limits::LAST_LINE`] characters.
    pub text: String,
    pub at: Timestamp,
    /// What goes along with it: a message of files alone has no text.
    pub files: Files,
}

/// How many files of which kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Files {
    pub pictures: u32,
    /// Everything that is no picture.
    pub others: u32,
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
        /// Who is asked now; none when everybody may take it.
        offer: Option<Offer>,
    },
    /// A person holds it.
    Active {
        handoff: HandoffId,
        agent: AgentId,
        claimed_at: Timestamp,
        /// Since when the visitor waits for a reply; none when the last word is the team's.
        unanswered_since: Option<Timestamp>,
        /// Put aside by its holder; none while it is not.
        snooze: Option<Snooze>,
    },
    /// Nobody took it; it can still be claimed.
    Missed {
        handoff: HandoffId,
        reason: MissedReason,
        at: Timestamp,
        /// Whether the visitor left details.
        details: bool,
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
    /// The tab that shows it.
    pub fn tab(self) -> Tab {
        match self {
            Self::Assistant => Tab::Assistant,
            Self::Pending { .. } => Tab::Pending,
            Self::Active { snooze: None, .. } => Tab::Active,
            Self::Active {
                snooze: Some(_), ..
            } => Tab::Snoozed,
            Self::Missed { .. } => Tab::Missed,
            Self::Resolved { .. } => Tab::Resolved,
        }
    }

    /// The agent whose it is, was, or could be: who holds it, held it, or is asked to take it.
    pub fn agent(self) -> Option<AgentId> {
        match self {
            Self::Active { agent, .. } | Self::Resolved { agent, .. } => Some(agent),
            Self::Pending { offer, .. } => offer.map(|offer| offer.agent),
            Self::Assistant | Self::Missed { .. } => None,
        }
    }

    /// The time by which its tab sorts, where `last` is that of the newest message.
    pub fn sorts_by(self, last: Timestamp) -> Timestamp {
        match self {
            Self::Assistant => last,
            Self::Pending { waiting_since, .. } => waiting_since,
            Self::Active { claimed_at, .. } => claimed_at,
            Self::Missed { at, .. } | Self::Resolved { at, .. } => at,
        }
    }
}

/// A chat that its holder put aside. The visitor's next message brings it back in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snooze {
    /// When it comes back by itself; none waits for the visitor alone.
    pub until: Option<Timestamp>,
}

/// One agent is asked to take a pending handoff.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    pub agent: AgentId,
    pub until: Timestamp,
}

/// A list of the inbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tab {
    Pending,
    Active,
    Missed,
    Resolved,
    /// Held and put aside.
    Snoozed,
    /// Answered by the AI, and nobody was asked for.
    Assistant,
}

impl Tab {
    /// Whether replies are owed in it, so that it can be sorted by what is due soonest.
    pub fn has_clocks(self) -> bool {
        matches!(self, Self::Pending | Self::Active)
    }

    /// Whether its cards are told oldest first. The others begin with the newest.
    pub fn is_oldest_first(self) -> bool {
        match self {
            Self::Pending | Self::Active | Self::Snoozed => true,
            Self::Missed | Self::Resolved | Self::Assistant => false,
        }
    }
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
    pub missed: u32,
    /// Those that their holders put aside; the active ones are without them.
    pub snoozed: u32,
    /// Since when the longest waiting visitor waits.
    pub longest_waiting_since: Option<Timestamp>,
}

/// Where the visitor writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Web,
}
