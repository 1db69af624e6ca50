//! Lines of a timeline: [`Entry`] for agents, [`PublicEntry`] for visitors, which cannot hold a note.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::attachment::Attachment;
use crate::label::LabelChange;
use crate::lead::LeadDetails;
use crate::person::Face;
use crate::rating::Thumb;
use crate::targets::Owed;
use crate::text::RichText;
use crate::{AgentId, GroupId, HandoffId, Key, PublicSeq, Seq, Timestamp};

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
    Note(Note),
    Event(Event),
    /// A note was written anew by its author. Whoever holds the note shows it so.
    NoteEdited(NoteEdited),
}

/// Words for the other side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    pub text: RichText,
    /// Where the AI took its words from.
    pub sources: Vec<Source>,
    /// "Did you mean": each may be sent as the visitor's own words.
    pub choices: Vec<String>,
    pub attachments: Vec<Attachment>,
    /// What the visitor thinks of it, of an answer of the AI.
    #[serde(default)]
    pub thumb: Option<Thumb>,
}

/// Words for the team only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    pub text: RichText,
    pub attachments: Vec<Attachment>,
    /// When it was last written anew; the text is that of then.
    pub edited_at: Option<Timestamp>,
    /// Whether it stands on top of the others.
    pub pinned: bool,
}

/// What a note says since it was written anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteEdited {
    pub note: Seq,
    pub text: RichText,
}

/// A piece of trained content that an answer rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    pub title: String,
    /// Where it can be read; none for content without an address.
    pub url: Option<String>,
}

/// Something that happened to a conversation. Texts are what the visitor was told.
///
/// Entries are kept for ever: what an older one does not hold has a default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// The AI asks the visitor whether to fetch a person.
    HandoffProposed {
        handoff: HandoffId,
        trigger: Trigger,
        /// What set the trigger off; empty when the trigger says it all. Never for the visitor.
        reason: String,
        message: String,
    },
    /// The visitor said no, or nothing in time.
    ProposalEnded { handoff: HandoffId, by: Author },
    HandoffRequested {
        handoff: HandoffId,
        trigger: Trigger,
        /// What set the trigger off; empty when the trigger says it all. Never for the visitor.
        #[serde(default)]
        reason: String,
        message: String,
    },
    /// Routing asks one agent. For the team only.
    HandoffOffered {
        handoff: HandoffId,
        agent: AgentId,
        until: Timestamp,
    },
    /// An agent passed it on. For the team only.
    HandoffRejected {
        handoff: HandoffId,
        agent: AgentId,
        why: Passed,
    },
    HandoffClaimed {
        handoff: HandoffId,
        agent: AgentId,
        /// Taken by themselves, or given by routing.
        #[serde(default)]
        how: Taken,
        #[serde(default)]
        message: String,
    },
    HandoffReleased {
        handoff: HandoffId,
        agent: AgentId,
        #[serde(default)]
        why: Released,
    },
    HandoffTransferred {
        handoff: HandoffId,
        by: AgentId,
        /// Who held it; none when nobody did.
        from: Option<AgentId>,
        to: Destination,
        message: String,
    },
    HandoffCancelled {
        handoff: HandoffId,
        by: Author,
        /// Empty when the visitor did it.
        #[serde(default)]
        message: String,
    },
    /// Nobody took it in time; the visitor waits on and may leave details.
    HandoffOverdue { handoff: HandoffId, message: String },
    HandoffMissed {
        handoff: HandoffId,
        trigger: Trigger,
        reason: MissedReason,
        message: String,
        /// Whether the visitor may leave details.
        form: bool,
    },
    /// The visitor left details.
    FormSent {
        handoff: HandoffId,
        details: LeadDetails,
    },
    /// The visitor is told that the chat will be closed.
    IdleWarned { handoff: HandoffId, message: String },
    HandoffResolved {
        handoff: HandoffId,
        agent: AgentId,
        outcome: Outcome,
        message: String,
    },
    /// The holder put it aside. For the team only.
    HandoffSnoozed {
        handoff: HandoffId,
        agent: AgentId,
        /// None until the visitor writes.
        until: Option<Timestamp>,
    },
    /// It is back before its holder. For the team only.
    HandoffWoken { handoff: HandoffId, why: Woken },
    /// Its category or one of its tags changed. For the team only.
    Labelled(LabelChange),
    /// An agent put a note on top of the others, or back in its place. For the team only.
    NotePinned { note: Seq, pinned: bool },
    /// The visitor was blocked, or is let again. For the team only.
    Blocked(bool),
    /// A colleague joined the holder; both answer now.
    HandoffJoined {
        handoff: HandoffId,
        agent: AgentId,
        message: String,
    },
    /// Who joined the holder left again. For the team only.
    HandoffLeft { handoff: HandoffId, agent: AgentId },
    /// A reply was not there within its time. For the team only.
    ReplyOverdue { handoff: HandoffId, owed: Owed },
    /// The visitor said how it was with a person, or said it anew. For the team only.
    Rated {
        handoff: HandoffId,
        /// 1 to 5.
        stars: u8,
        /// Empty when the visitor added nothing.
        comment: String,
    },
    /// The visitor said what they think of an answer of the AI; none takes it back. For the team only.
    Thumbed { answer: Seq, thumb: Option<Thumb> },
}

/// Why a chat that was put aside is back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Woken {
    /// An agent took it up again.
    Agent,
    /// The visitor wrote.
    Visitor,
    /// The time came.
    Time,
}

/// Why an agent does not take what was offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Passed {
    Rejected,
    Expired,
    /// The offer was taken back: its agent left, stopped accepting chats or took enough others, or
    /// chats are routed in another way now.
    Withdrawn,
}

/// How a claim came about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Taken {
    /// By the agent's own hand.
    #[default]
    Claimed,
    /// By routing.
    Assigned,
    /// The agent stepped into the assistant's conversation.
    SteppedIn,
}

/// Why a claim ended before its handoff.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Released {
    #[default]
    Given,
    /// The agent was gone for too long.
    Lost,
    /// The agent is not assigned to the chatbot any more.
    Unassigned,
}

/// Where a handoff is passed on to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Destination {
    Agent(AgentId),
    Group(GroupId),
    Queue,
}

/// Why nobody took a handoff.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MissedReason {
    Timeout,
    NoAgent,
    OutOfHours,
    VisitorLeft,
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
    /// The assistant is switched off: nobody else answers.
    NoAssistant,
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
    /// The assistant asks whether to fetch a person.
    Proposed { message: String },
    /// The proposal no longer stands.
    ProposalEnded,
    /// A person was asked for; `message` is the handover message.
    Waiting { message: String },
    /// A person took over, or joined the one who answers.
    Joined { person: Face, message: String },
    /// The person left and another is being looked for.
    Left { person: Face },
    /// The visitor goes on with the assistant; a message says why when they did not choose so.
    Cancelled { message: String },
    /// It takes longer; the visitor waits on and may leave details.
    Overdue { message: String },
    /// Nobody could answer.
    Missed { message: String, form: bool },
    /// The visitor's details arrived.
    FormSent,
    /// The chat will be closed if the visitor says nothing.
    IdleWarned { message: String },
    /// The assistant is back.
    Restored { person: Face, message: String },
    /// The conversation was closed; writing opens it again.
    Closed { person: Face, message: String },
}
