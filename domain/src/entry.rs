//! A line of a conversation's timeline, as it is kept.

use protocol::attachment::Attachment;
use protocol::entry::{Author, Event, Source};
use protocol::rating::Thumb;
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
        attachments: Vec<Attachment>,
        /// What the visitor thinks of it, of an answer of the AI.
        thumb: Option<Thumb>,
    },
    /// Words for the team only, as Markdown.
    Note {
        markdown: String,
        attachments: Vec<Attachment>,
        /// The colleagues it names.
        mentions: Vec<Named>,
        /// When it was last written anew.
        edited_at: Option<Timestamp>,
        /// Whether it stands on top of the others.
        pinned: bool,
    },
    Event(Event),
    /// A note was written anew. The note holds these words as well.
    NoteEdited {
        note: Seq,
        markdown: String,
        mentions: Vec<Named>,
        /// Those of them who were not named before. Not kept: they are told once.
        called: Vec<Named>,
    },
}

impl Body {
    /// Words without sources, choices or files.
    pub fn message(markdown: String) -> Self {
        Self::with_files(markdown, Vec::new())
    }

    /// Words and the files that go along with them.
    pub fn with_files(markdown: String, attachments: Vec<Attachment>) -> Self {
        Self::Message {
            markdown,
            sources: Vec::new(),
            choices: Vec::new(),
            attachments,
            thumb: None,
        }
    }

    /// The colleagues whom it names for the first time.
    pub fn calls(&self) -> &[Named] {
        match self {
            Self::Note { mentions, .. } => mentions,
            Self::NoteEdited { called, .. } => called,
            Self::Message { .. } | Self::Event(_) => &[],
        }
    }

    /// Whether the visitor may see it.
    pub fn is_public(&self) -> bool {
        match self {
            Self::Message { .. } => true,
            Self::Note { .. } | Self::NoteEdited { .. } => false,
            Self::Event(event) => match event {
                // Whom routing asks is the team's own business.
                Event::HandoffOffered { .. } | Event::HandoffRejected { .. } => false,
                // How the team arranges its work is too.
                Event::HandoffSnoozed { .. }
                | Event::HandoffWoken { .. }
                | Event::HandoffLeft { .. }
                | Event::Labelled(_)
                | Event::NotePinned { .. }
                | Event::Blocked(_)
                | Event::ReplyOverdue { .. } => false,
                // What the visitor thinks, they know.
                Event::Rated { .. } | Event::Thumbed { .. } => false,
                Event::HandoffProposed { .. }
                | Event::ProposalEnded { .. }
                | Event::HandoffRequested { .. }
                | Event::HandoffClaimed { .. }
                | Event::HandoffJoined { .. }
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
