//! Lines of a timeline: [`Entry`] for agents, [`PublicEntry`] for visitors, which cannot hold a note.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::person::Face;
use crate::text::RichText;
use crate::{AgentId, HandoffId, Key, PublicSeq, Seq, Timestamp};

/// One line of a conversation, as agents see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub seq: Seq,
    /// Its number on the visitor's side; none for what visitors never see.
    pub public_seq: Option<PublicSeq>,
    pub at: Timestamp,
    /// The key of the command that wrote it, by which its sender knows it again.
    pub key: Option<Key>,
    pub author: Author,
    pub body: Body,
}

/// Who wrote an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Author {
    Visitor,
    Ai,
    Agent(AgentId),
    System,
}

/// What an entry says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    Message(Message),
    /// For the team only.
    Note(RichText),
    Event(Event),
}

/// Words for the other side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    pub text: RichText,
    /// Where the AI took its words from.
    pub sources: Vec<Source>,
    /// "Did you mean": each may be sent as the visitor's own words.
    pub choices: Vec<String>,
}

/// A piece of trained content that an answer rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    pub title: String,
    /// Where it can be read; none for content without an address.
    pub url: Option<String>,
}

/// Something that happened to a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    HandoffRequested {
        handoff: HandoffId,
        trigger: Trigger,
        /// What the visitor was told.
        message: String,
    },
    HandoffClaimed {
        handoff: HandoffId,
        agent: AgentId,
    },
    HandoffReleased {
        handoff: HandoffId,
        agent: AgentId,
    },
    HandoffCancelled {
        handoff: HandoffId,
        by: Author,
    },
    HandoffResolved {
        handoff: HandoffId,
        agent: AgentId,
        outcome: Outcome,
        /// What the visitor was told.
        message: String,
    },
}

/// Why a handoff began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    Button,
    Wish,
    Keyword,
    LowConfidence,
    Frustration,
    Topic,
    HighValue,
    Form,
    Agent,
}

/// How a handoff ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    RestoredToAi,
    Closed,
    AutoClosed,
    Spam,
}

/// One line of a conversation, as its visitor sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicEntry {
    pub seq: PublicSeq,
    pub at: Timestamp,
    /// Set on the visitor's own entries only.
    pub key: Option<Key>,
    pub author: PublicAuthor,
    pub body: PublicBody,
}

/// Who wrote an entry, as its visitor sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PublicAuthor {
    Visitor,
    Ai,
    Person(Face),
    System,
}

/// What an entry says, as its visitor sees it. There is no room for a note here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PublicBody {
    Message(Message),
    Event(PublicEvent),
}

/// Something that happened, in the visitor's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PublicEvent {
    /// A person was asked for; `message` is the handover message.
    Waiting { message: String },
    /// A person took over.
    Joined { person: Face },
    /// The person left and another is being looked for.
    Left { person: Face },
    /// The visitor goes on with the assistant.
    Cancelled,
    /// The assistant is back.
    Restored { person: Face, message: String },
    /// The conversation was closed; writing opens it again.
    Closed { person: Face, message: String },
}
