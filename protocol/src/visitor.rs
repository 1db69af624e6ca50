//! The visitor's socket: what the widget asks and what it is told.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::entry::PublicEntry;
use crate::lead::LeadDetails;
use crate::person::Face;
use crate::widget::WidgetView;
use crate::{AttachmentId, ChatbotId, ConversationId, Key, PublicSeq, Refusal, Timestamp};

/// What a visitor's client may send.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VisitorCommand {
    /// The first frame, and nothing before it. Answered by [`VisitorEvent::Welcome`].
    Start(Start),
    /// Write a message. Answered by `Done` or `Refused`.
    Say {
        key: Key,
        /// May be empty when files go along.
        text: String,
        /// What was uploaded for it, in the order to show.
        #[serde(default)]
        attachments: Vec<AttachmentId>,
    },
    /// Press "Talk to a human". Answered by `Done` or `Refused`.
    AskForHuman { key: Key },
    /// Stop waiting and go on with the assistant. Answered by `Done` or `Refused`.
    CancelHandoff { key: Key },
    /// Whether the assistant shall fetch a person, as it proposed. Answered by `Done` or `Refused`.
    AnswerProposal { key: Key, accept: bool },
    /// Leave details for an answer later. Answered by `Done` or `Refused`.
    SendForm { key: Key, details: LeadDetails },
    /// Everything up to here has been on screen. Not answered.
    Read { seq: PublicSeq },
    /// Typing began or ended. Not answered.
    Typing { typing: bool },
    /// Ask for a page of entries before one. Answered by [`VisitorEvent::Earlier`].
    LoadEarlier { before: PublicSeq },
    /// The client's heartbeat. Answered by `Pong`.
    Ping,
    /// What is being typed, where [`WidgetView::preview`] says that it is shown. Not answered.
    Preview { text: String },
}

/// Who is there and what they already have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Start {
    /// From an earlier `Welcome`; none on the first visit.
    pub token: Option<String>,
    pub chatbot: ChatbotId,
    /// Made by the client for a first visit; the server's answer names the one to use.
    pub conversation: ConversationId,
    /// The last entry held in memory; 0 asks for the newest page.
    pub after: PublicSeq,
    pub page: Page,
    /// The browser's language, such as `de-CH`.
    pub locale: String,
}

/// The page on which the widget was opened, as told by the loader; never trusted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    pub url: String,
    pub title: String,
    pub referrer: String,
}

/// What the hub tells a visitor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VisitorEvent {
    Welcome(Welcome),
    /// A new line in the conversation. Numbers have no gaps: one that is missing is on its way.
    EntryAdded(PublicEntry),
    /// A page of older entries, oldest first.
    Earlier {
        entries: Vec<PublicEntry>,
        /// Whether there are older ones still.
        more: bool,
    },
    /// Who answers now.
    LineChanged(StateLine),
    /// The chatbot's settings changed.
    WidgetChanged(WidgetView),
    /// Somebody on the other side began or stopped typing.
    TypingChanged {
        typist: Typist,
        typing: bool,
    },
    /// The team has read the visitor's words up to here.
    ReadByTeam {
        seq: PublicSeq,
    },
    /// The command with this key is committed; `seq` is the entry it wrote, if any.
    Done {
        key: Key,
        seq: Option<PublicSeq>,
    },
    Refused {
        /// The command refused; none when no command could be made out.
        key: Option<Key>,
        refusal: Refusal,
        /// The refusal for people.
        sentence: String,
    },
    Pong,
}

/// The whole starting state of a visitor's client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Welcome {
    /// Set once, on the first visit: keep it and send it with every `Start`.
    pub token: Option<String>,
    pub conversation: ConversationId,
    pub widget: WidgetView,
    pub line: StateLine,
    /// The newest page when `Start::after` was 0, else the first entries after it; the rest follows as
    /// `EntryAdded`, in order. Oldest first.
    pub entries: Vec<PublicEntry>,
    /// Whether older entries exist before the first of a newest page.
    pub more: bool,
    /// Up to where the team has read.
    pub read_by_team: PublicSeq,
    /// Up to where the visitor has read, on whatever device.
    pub read: PublicSeq,
    pub now: Timestamp,
}

/// The one line that says who answers. Exactly one is shown at any time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StateLine {
    Assistant,
    /// The assistant asks whether to fetch a person.
    Proposed,
    Waiting {
        /// 1 is next.
        place: u32,
        /// About how long it takes; none when nobody can say yet.
        minutes: Option<u32>,
        /// Whether the visitor may leave details meanwhile.
        form: bool,
    },
    /// Nobody could answer; the visitor may leave details.
    LeaveDetails,
    /// The visitor left details and will be answered by mail.
    ByMail,
    Person(Face),
    /// The conversation is closed; writing opens it again.
    Closed,
}

/// Who types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Typist {
    Ai,
    Person,
}
