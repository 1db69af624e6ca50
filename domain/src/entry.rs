//! A line of a conversation's timeline, as it is kept.

use protocol::entry::{Author, Event, Source};
use protocol::{ConversationId, PublicSeq, Seq, Timestamp};

use crate::command::Write;
use crate::mentions::Named;

/// One line of a conversation's timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub conversation: ConversationId,
    pub seq: Seq,
    /// None for what visitors never see.
    pub public_seq: Option<PublicSeq>,
    pub at: Timestamp,
    /// The command that wrote it; none for what no client asked for.
    pub write: Option<Write>,
    pub author: Author,
    pub body: Body,
}

/// What an entry says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Words for the other side, as Markdown.
    Message {
        markdown: String,
        sources: Vec<Source>,
        choices: Vec<String>,
    },
    /// Words for the team only, as Markdown.
    Note {
        markdown: String,
        /// The colleagues it names.
        mentions: Vec<Named>,
    },
    Event(Event),
}

impl Body {
    /// Words without sources or choices.
    pub fn message(markdown: String) -> Self {
        Self::Message {
            markdown,
            sources: Vec::new(),
            choices: Vec::new(),
        }
    }

    /// Whether the visitor may see it.
    pub fn is_public(&self) -> bool {
        match self {
            Self::Message { .. } => true,
            Self::Note { .. } => false,
            Self::Event(event) => match event {
                // Whom routing asks is the team's own business.
                Event::HandoffOffered { .. } | Event::HandoffRejected { .. } => false,
                Event::HandoffProposed { .. }
                | Event::ProposalEnded { .. }
                | Event::HandoffRequested { .. }
                | Event::HandoffClaimed { .. }
                | Event::HandoffReleased { .. }
                | Event::HandoffTransferred { .. }
                | Event::HandoffCancelled { .. }
                | Event::HandoffOverdue { .. }
                | Event::HandoffMissed { .. }
                | Event::FormSent { .. }
                | Event::IdleWarned { .. }
                | Event::HandoffResolved { .. } => true,
            },
        }
    }
}
