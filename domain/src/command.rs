//! What may be asked of a conversation, as plain values.

use protocol::entry::{Destination, Outcome, Source};
use protocol::label::LabelChange;
use protocol::lead::LeadDetails;
use protocol::rating::Thumb;
use protocol::{
    AgentId, AttachmentId, ChatbotId, ConversationId, HandoffId, Key, LeadId, PublicSeq, RunId,
    Seq, Timestamp, VisitorId, WorkspaceId,
};

use crate::mentions::Named;

/// One command. Ids of what it may create are made at the edge and travel with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    VisitorSays {
        opening: Opening,
        write: Write,
        text: String,
        attachments: Vec<AttachmentId>,
        run: RunId,
        fresh: Fresh,
    },
    AskForHuman {
        opening: Opening,
        write: Write,
        fresh: Fresh,
    },
    AnswerProposal {
        conversation: ConversationId,
        write: Write,
        accept: bool,
        fresh: Fresh,
    },
    CancelHandoff {
        conversation: ConversationId,
        write: Write,
    },
    SendForm {
        opening: Opening,
        write: Write,
        details: LeadDetails,
        fresh: Fresh,
    },
    VisitorReads {
        conversation: ConversationId,
        seq: PublicSeq,
    },
    AgentSays {
        conversation: ConversationId,
        agent: AgentId,
        write: Write,
        text: String,
        attachments: Vec<AttachmentId>,
    },
    AddNote {
        conversation: ConversationId,
        agent: AgentId,
        write: Write,
        text: String,
        attachments: Vec<AttachmentId>,
        /// The colleagues whom the text names and who may see the conversation.
        mentions: Vec<Named>,
    },
    Claim {
        conversation: ConversationId,
        agent: AgentId,
        write: Write,
        handoff: HandoffId,
    },
    Reject {
        conversation: ConversationId,
        agent: AgentId,
        write: Write,
        handoff: HandoffId,
        fresh: Fresh,
    },
    StepIn {
        conversation: ConversationId,
        agent: AgentId,
        write: Write,
        fresh: Fresh,
    },
    Transfer {
        conversation: ConversationId,
        agent: AgentId,
        write: Write,
        handoff: HandoffId,
        to: Destination,
        /// For the team; empty for none.
        note: String,
        fresh: Fresh,
    },
    Release {
        conversation: ConversationId,
        agent: AgentId,
        write: Write,
        handoff: HandoffId,
        fresh: Fresh,
    },
    Resolve {
        conversation: ConversationId,
        agent: AgentId,
        write: Write,
        handoff: HandoffId,
        outcome: Outcome,
    },
    /// The holder puts a chat aside.
    Snooze {
        conversation: ConversationId,
        agent: AgentId,
        write: Write,
        handoff: HandoffId,
        until: Option<Timestamp>,
    },
    /// The holder takes it up again.
    Wake {
        conversation: ConversationId,
        agent: AgentId,
        write: Write,
        handoff: HandoffId,
    },
    /// A colleague joins the holder.
    Join {
        conversation: ConversationId,
        agent: AgentId,
        write: Write,
        handoff: HandoffId,
    },
    /// Who joined the holder leaves again.
    Leave {
        conversation: ConversationId,
        agent: AgentId,
        write: Write,
        handoff: HandoffId,
    },
    /// An agent changes what a conversation is sorted by.
    Label {
        conversation: ConversationId,
        agent: AgentId,
        write: Write,
        change: LabelChange,
        /// Whether the workspace has a label that is put on, and has not retired it.
        known: bool,
    },
    /// An agent writes a note of their own anew.
    EditNote {
        conversation: ConversationId,
        agent: AgentId,
        write: Write,
        note: Seq,
        text: String,
        /// As with [`Command::AddNote`].
        mentions: Vec<Named>,
    },
    /// An agent puts a note on top of the others, or back in its place.
    PinNote {
        conversation: ConversationId,
        agent: AgentId,
        write: Write,
        note: Seq,
        pinned: bool,
    },
    /// An agent blocks the visitor, or lets them write again.
    Block {
        conversation: ConversationId,
        agent: AgentId,
        write: Write,
        blocked: bool,
    },
    AgentReads {
        conversation: ConversationId,
        agent: AgentId,
        seq: Seq,
    },
    AiAnswers {
        conversation: ConversationId,
        run: RunId,
        epoch: u64,
        reply: Reply,
        fresh: Fresh,
    },
    /// Somebody came or left, or room became free: looks for an agent again.
    Route {
        conversation: ConversationId,
        fresh: Fresh,
    },
    /// The holder came or left, or may not see the chat any more.
    LookAfter {
        conversation: ConversationId,
        agent: AgentId,
        fresh: Fresh,
    },
    /// A time that the conversation waited for may have come.
    TimeComes {
        conversation: ConversationId,
        visitor_connected: bool,
        fresh: Fresh,
    },
    /// The visitor says how it was with a person. Said again, it takes the place of what was said.
    Rate {
        conversation: ConversationId,
        handoff: HandoffId,
        stars: u8,
        comment: String,
    },
    /// The visitor says what they think of an answer of the AI; none takes it back.
    ThumbAnswer {
        conversation: ConversationId,
        answer: PublicSeq,
        thumb: Option<Thumb>,
    },
}

/// Ids of what a command may create, made at the edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fresh {
    pub handoff: HandoffId,
    pub lead: LeadId,
}

/// The conversation a visitor writes in, with what is needed to begin it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    pub conversation: ConversationId,
    pub workspace: WorkspaceId,
    pub chatbot: ChatbotId,
    pub visitor: VisitorId,
    pub visitor_name: String,
    /// The visitor's language, such as `de-CH`.
    pub locale: String,
}

/// What makes a command the same command when it comes again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Write {
    pub key: Key,
    /// A digest of what the command says: the same key with another digest is refused.
    pub digest: i64,
}

/// What the AI came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    Answer {
        markdown: String,
        sources: Vec<Source>,
        choices: Vec<String>,
    },
    /// It does not know; the chatbot's own words say so.
    Unknown,
}

/// Whose key a key is: it is unique per conversation and writer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Writer {
    Visitor,
    Agent(AgentId),
}

impl Command {
    /// The conversation it is about.
    pub fn conversation(&self) -> ConversationId {
        match self {
            Self::VisitorSays { opening, .. }
            | Self::AskForHuman { opening, .. }
            | Self::SendForm { opening, .. } => opening.conversation,
            Self::AnswerProposal { conversation, .. }
            | Self::CancelHandoff { conversation, .. }
            | Self::VisitorReads { conversation, .. }
            | Self::AgentSays { conversation, .. }
            | Self::AddNote { conversation, .. }
            | Self::Claim { conversation, .. }
            | Self::Reject { conversation, .. }
            | Self::StepIn { conversation, .. }
            | Self::Transfer { conversation, .. }
            | Self::Release { conversation, .. }
            | Self::Resolve { conversation, .. }
            | Self::Snooze { conversation, .. }
            | Self::Wake { conversation, .. }
            | Self::Join { conversation, .. }
            | Self::Leave { conversation, .. }
            | Self::Label { conversation, .. }
            | Self::EditNote { conversation, .. }
            | Self::PinNote { conversation, .. }
            | Self::Block { conversation, .. }
            | Self::AgentReads { conversation, .. }
            | Self::AiAnswers { conversation, .. }
            | Self::Route { conversation, .. }
            | Self::LookAfter { conversation, .. }
            | Self::TimeComes { conversation, .. }
            | Self::Rate { conversation, .. }
            | Self::ThumbAnswer { conversation, .. } => *conversation,
        }
    }

    /// The agent who asks.
    pub fn agent(&self) -> Option<AgentId> {
        match self {
            Self::AgentSays { agent, .. }
            | Self::AddNote { agent, .. }
            | Self::Claim { agent, .. }
            | Self::Reject { agent, .. }
            | Self::StepIn { agent, .. }
            | Self::Transfer { agent, .. }
            | Self::Release { agent, .. }
            | Self::Resolve { agent, .. }
            | Self::Snooze { agent, .. }
            | Self::Wake { agent, .. }
            | Self::Join { agent, .. }
            | Self::Leave { agent, .. }
            | Self::Label { agent, .. }
            | Self::EditNote { agent, .. }
            | Self::PinNote { agent, .. }
            | Self::Block { agent, .. }
            | Self::LookAfter { agent, .. }
            | Self::AgentReads { agent, .. } => Some(*agent),
            Self::VisitorSays { .. }
            | Self::AskForHuman { .. }
            | Self::AnswerProposal { .. }
            | Self::CancelHandoff { .. }
            | Self::SendForm { .. }
            | Self::VisitorReads { .. }
            | Self::AiAnswers { .. }
            | Self::Route { .. }
            | Self::TimeComes { .. }
            | Self::Rate { .. }
            | Self::ThumbAnswer { .. } => None,
        }
    }

    /// The files that it names.
    pub fn attachments(&self) -> &[AttachmentId] {
        match self {
            Self::VisitorSays { attachments, .. }
            | Self::AgentSays { attachments, .. }
            | Self::AddNote { attachments, .. } => attachments,
            _ => &[],
        }
    }

    /// The note that it changes.
    pub fn note(&self) -> Option<(ConversationId, Seq)> {
        match self {
            Self::EditNote {
                conversation, note, ..
            }
            | Self::PinNote {
                conversation, note, ..
            } => Some((*conversation, *note)),
            _ => None,
        }
    }

    /// Its key and whose key that is; none for what is not answered, or may be done again.
    pub fn write(&self) -> Option<(Writer, Write)> {
        match self {
            Self::VisitorSays { write, .. }
            | Self::AskForHuman { write, .. }
            | Self::AnswerProposal { write, .. }
            | Self::SendForm { write, .. }
            | Self::CancelHandoff { write, .. } => Some((Writer::Visitor, *write)),
            Self::AgentSays { agent, write, .. }
            | Self::AddNote { agent, write, .. }
            | Self::Claim { agent, write, .. }
            | Self::Reject { agent, write, .. }
            | Self::StepIn { agent, write, .. }
            | Self::Transfer { agent, write, .. }
            | Self::Release { agent, write, .. }
            | Self::Resolve { agent, write, .. }
            | Self::Snooze { agent, write, .. }
            | Self::Wake { agent, write, .. }
            | Self::Join { agent, write, .. }
            | Self::Leave { agent, write, .. }
            | Self::Label { agent, write, .. }
            | Self::EditNote { agent, write, .. }
            | Self::PinNote { agent, write, .. }
            | Self::Block { agent, write, .. } => Some((Writer::Agent(*agent), *write)),
            Self::VisitorReads { .. }
            | Self::AgentReads { .. }
            | Self::AiAnswers { .. }
            | Self::Route { .. }
            | Self::LookAfter { .. }
            | Self::TimeComes { .. }
            | Self::Rate { .. }
            | Self::ThumbAnswer { .. } => None,
        }
    }
}
