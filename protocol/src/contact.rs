//! What a visitor is known by, and what the panel beside a conversation tells of them.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::card::Card;
use crate::entry::{MissedReason, Outcome, Trigger};
use crate::{AgentId, ConversationId, HandoffId, Timestamp};

/// What a visitor is known by. Whatever is not known is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Raised by every change; 0 while nothing is known.
    pub version: u64,
    pub name: Detail,
    pub email: Detail,
    pub phone: Detail,
    pub company: Detail,
    /// In the order in which they were added; up to [`crate::limits::ATTRIBUTES`].
    pub attributes: Vec<Attribute>,
}

/// One thing that a visitor is known by, and who says so.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Detail {
    /// Empty while it is not known.
    pub text: String,
    pub origin: Origin,
}

/// Who says that a detail is right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The visitor wrote it into a form.
    #[default]
    Form,
    /// An agent typed it.
    Agent,
    /// The site signed it.
    Signed,
    /// The page said it, without a proof.
    Page,
}

impl Origin {
    /// Whether more than somebody's word stands behind it.
    pub fn is_verified(self) -> bool {
        match self {
            Self::Form | Self::Agent | Self::Page => false,
            Self::Signed => true,
        }
    }
}

/// A detail of the team's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribute {
    pub name: String,
    pub text: String,
}

/// One change of what a visitor is known by. An empty text forgets it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactChange {
    Name(String),
    Email(String),
    Phone(String),
    Company(String),
    /// Sets the attribute of this name, or adds it.
    Attribute(Attribute),
}

/// What stands beside a conversation, besides its notes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Panel {
    pub conversation: ConversationId,
    pub contact: Contact,
    pub visits: Visits,
    /// Other conversations of the same contact that this agent may see, the newest first.
    pub elsewhere: Vec<Card>,
    /// The handoffs of this conversation, the newest first.
    pub handoffs: Vec<PastHandoff>,
    /// Conversations of other contacts with the same e-mail address or phone number that this agent may
    /// see: perhaps the same person.
    pub alike: Vec<Card>,
}

/// How often the visitor was here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visits {
    /// All of them, the present one included.
    pub count: u32,
    /// Until when the newest visit lasted; while the visitor is there it goes on.
    pub until: Timestamp,
    /// When the visit before it ended; none for the first.
    pub before: Option<Timestamp>,
}

/// A handoff in a few words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastHandoff {
    pub handoff: HandoffId,
    pub trigger: Trigger,
    /// When a person was asked for.
    pub at: Timestamp,
    pub came_to: CameTo,
    /// How the visitor found it, 1 to 5; none when they did not say.
    pub stars: Option<u8>,
}

/// What a handoff came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CameTo {
    /// It is not over.
    Open,
    Resolved {
        agent: AgentId,
        outcome: Outcome,
    },
    Missed(MissedReason),
    Cancelled,
}
