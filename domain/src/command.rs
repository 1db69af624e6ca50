//! What may be asked of a conversation, as plain values.

use protocol::entry::{Outcome, Source};
use protocol::{
    AgentId, ChatbotId, ConversationId, HandoffId, Key, PublicSeq, RunId, Seq, VisitorId,
    WorkspaceId,
};

/// One command. Ids of what it may create are made at the edge and travel with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    VisitorSays {
        opening: Opening,
        write: Write,
        text: String,
        run: RunId,
        handoff: HandoffId,
    },
    AskForHuman {
        opening: Opening,
        write: Write,
        handoff: HandoffId,
    },
    CancelHandoff {
        conversation: ConversationId,
        write: Write,
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
    },
    AddNote {
        conversation: ConversationId,
        agent: AgentId,
        write: Write,
        text: String,
    },
    Claim {
        conversation: ConversationId,
        agent: AgentId,
        write: Write,
        handoff: HandoffId,
    },
    Release {
        conversation: ConversationId,
        agent: AgentId,
        write: Write,
        handoff: HandoffId,
    },
    Resolve {
        conversation: ConversationId,
        agent: AgentId,
        write: Write,
        handoff: HandoffId,
        outcome: Outcome,
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
    },
}

/// The conversation a visitor writes in, with what is needed to begin it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    pub conversation: ConversationId,
    pub workspace: WorkspaceId,
    pub chatbot: ChatbotId,
    pub visitor: VisitorId,
    pub visitor_name: String,
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
            Self::VisitorSays { opening, .. } | Self::AskForHuman { opening, .. } => {
                opening.conversation
            }
            Self::CancelHandoff { conversation, .. }
            | Self::VisitorReads { conversation, .. }
            | Self::AgentSays { conversation, .. }
            | Self::AddNote { conversation, .. }
            | Self::Claim { conversation, .. }
            | Self::Release { conversation, .. }
            | Self::Resolve { conversation, .. }
            | Self::AgentReads { conversation, .. }
            | Self::AiAnswers { conversation, .. } => *conversation,
        }
    }

    /// The agent who asks.
    pub fn agent(&self) -> Option<AgentId> {
        match self {
            Self::AgentSays { agent, .. }
            | Self::AddNote { agent, .. }
            | Self::Claim { agent, .. }
            | Self::Release { agent, .. }
            | Self::Resolve { agent, .. }
            | Self::AgentReads { agent, .. } => Some(*agent),
            Self::VisitorSays { .. }
            | Self::AskForHuman { .. }
            | Self::CancelHandoff { .. }
            | Self::VisitorReads { .. }
            | Self::AiAnswers { .. } => None,
        }
    }

    /// Its key and whose key that is; none for what is not answered.
    pub fn write(&self) -> Option<(Writer, Write)> {
        match self {
            Self::VisitorSays { write, .. }
            | Self::AskForHuman { write, .. }
            | Self::CancelHandoff { write, .. } => Some((Writer::Visitor, *write)),
            Self::AgentSays { agent, write, .. }
            | Self::AddNote { agent, write, .. }
            | Self::Claim { agent, write, .. }
            | Self::Release { agent, write, .. }
            | Self::Resolve { agent, write, .. } => Some((Writer::Agent(*agent), *write)),
            Self::VisitorReads { .. } | Self::AgentReads { .. } | Self::AiAnswers { .. } => None,
        }
    }
}
