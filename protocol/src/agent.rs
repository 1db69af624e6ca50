//! The agent's socket: what the inbox asks and what it is told.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::card::{Card, Channel, Counts, Cursor, Tab};
use crate::draft::{Draft, DraftMode};
use crate::entry::{Author, Destination, Entry, Outcome};
use crate::label::{LabelChange, Labels};
use crate::mention::Mention;
use crate::person::{Availability, Face, Member};
use crate::reply::SavedReply;
use crate::{
    AgentId, AttachmentId, ChatbotId, ConversationId, GroupId, HandoffId, Key, PublicSeq, Refusal,
    Seq, Timestamp,
};

/// What an agent's client may send. Commands with a key are answered by `Done` or `Refused`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgentCommand {
    /// The first frame, and nothing before it. Answered by `Welcome`, then a `Thread` for each open one.
    Start {
        tab: Tab,
        /// The open threads and the last entry held of each.
        threads: Vec<ThreadPosition>,
    },
    /// The next page of a tab. Answered by `Cards`.
    ListCards { tab: Tab, after: Option<Cursor> },
    /// Open a conversation and follow it. Answered by `Thread`.
    OpenThread {
        conversation: ConversationId,
        /// The last entry held; 0 asks for the newest page.
        after: Seq,
    },
    /// Stop following a conversation. Not answered.
    CloseThread { conversation: ConversationId },
    /// Ask for a page of entries before one. Answered by `Earlier`.
    LoadEarlier {
        conversation: ConversationId,
        before: Seq,
    },
    /// Reply to the visitor. In a pending conversation this claims the handoff first.
    Say {
        conversation: ConversationId,
        key: Key,
        /// May be empty when files go along.
        text: String,
        /// What was uploaded for it, in the order to show.
        #[serde(default)]
        attachments: Vec<AttachmentId>,
    },
    /// Write a note for the team.
    AddNote {
        conversation: ConversationId,
        key: Key,
        /// May be empty when files go along.
        text: String,
        /// What was uploaded for it, in the order to show.
        #[serde(default)]
        attachments: Vec<AttachmentId>,
    },
    /// Take a pending handoff.
    Claim {
        conversation: ConversationId,
        handoff: HandoffId,
        key: Key,
    },
    /// Pass a pending handoff on to somebody else, whether it was offered or not.
    Reject {
        conversation: ConversationId,
        handoff: HandoffId,
        key: Key,
    },
    /// Step into a conversation of the assistant.
    StepIn {
        conversation: ConversationId,
        key: Key,
    },
    /// Pass on a handoff that one holds; who may assign chats, any open one.
    Transfer {
        conversation: ConversationId,
        handoff: HandoffId,
        key: Key,
        to: Destination,
        /// For the team only; empty for none.
        note: String,
    },
    /// Give the claim back; the visitor waits on, with the same clock.
    Release {
        conversation: ConversationId,
        handoff: HandoffId,
        key: Key,
    },
    /// End a handoff. A pending one is claimed first.
    Resolve {
        conversation: ConversationId,
        handoff: HandoffId,
        key: Key,
        outcome: Outcome,
    },
    /// Put a chat that one holds aside until a time, at most a year ahead, or until the visitor
    /// writes, whichever comes first.
    Snooze {
        conversation: ConversationId,
        handoff: HandoffId,
        key: Key,
        /// None until the visitor writes.
        until: Option<Timestamp>,
    },
    /// Take up again what was put aside.
    Wake {
        conversation: ConversationId,
        handoff: HandoffId,
        key: Key,
    },
    /// Change the category or one of the tags.
    Label {
        conversation: ConversationId,
        key: Key,
        change: LabelChange,
    },
    /// Everything up to here has been on screen. Not answered.
    Read {
        conversation: ConversationId,
        seq: Seq,
    },
    /// Typing began or ended. Not answered.
    Typing {
        conversation: ConversationId,
        typing: bool,
    },
    /// Choose one's own availability. Answered by `PresenceChanged`.
    SetAvailability { availability: Availability },
    /// Choose whether routing may give one chats. Answered by `PresenceChanged`.
    SetAccepting { accepting: bool },
    /// Whether cards of the assistant's conversations are told as they change: they may be many, so
    /// only who looks at their tab asks for it. A `Start` with that tab asks as well. Not answered.
    FollowAssistant { follows: bool },
    /// The client's heartbeat. Answered by `Pong`.
    Ping,
    /// Ask for the saved replies that one may use. Answered by `Replies`, in pages.
    ListReplies,
    /// Keep what was typed and not sent; an empty text keeps nothing. Answered by `Done`; all of one's
    /// connections are told `DraftChanged`.
    SaveDraft {
        conversation: ConversationId,
        key: Key,
        mode: DraftMode,
        text: String,
    },
    /// The notes of a conversation that name oneself have been on screen. Not answered; one's
    /// connections are told `MentionsSeen`.
    SeeMentions { conversation: ConversationId },
}

/// A thread that is open in a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreadPosition {
    pub conversation: ConversationId,
    pub after: Seq,
}

/// What the hub tells an agent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgentEvent {
    Welcome(Welcome),
    /// A page of a tab, in its order.
    Cards {
        tab: Tab,
        cards: Vec<Card>,
        more: bool,
    },
    /// A card appeared or changed. Its state names the tab it now belongs to.
    CardChanged(Card),
    /// A conversation left every tab of this agent, or may no longer be seen.
    CardGone {
        conversation: ConversationId,
    },
    CountsChanged(Counts),
    /// The workspace's categories or tags changed.
    LabelsChanged(Labels),
    /// The head of a conversation and all entries after the position asked for.
    Thread(Thread),
    /// A page of older entries, oldest first.
    Earlier {
        conversation: ConversationId,
        entries: Vec<Entry>,
        more: bool,
    },
    /// A new line in a conversation that this client follows.
    EntryAdded {
        conversation: ConversationId,
        entry: Entry,
    },
    /// The visitor has read up to here (the visitor's numbers).
    ReadByVisitor {
        conversation: ConversationId,
        seq: PublicSeq,
    },
    TypingChanged {
        conversation: ConversationId,
        author: Author,
        typing: bool,
    },
    /// A colleague's effective availability changed; `chosen` is set for oneself only.
    PresenceChanged {
        agent: AgentId,
        availability: Availability,
        chosen: Option<Availability>,
        /// Whether routing may give them chats.
        accepting: bool,
    },
    /// Whether the visitor has a connection now.
    VisitorPresenceChanged {
        conversation: ConversationId,
        connected: bool,
    },
    /// The command with this key is committed; `seq` is the entry it wrote, if any.
    Done {
        key: Key,
        seq: Option<Seq>,
    },
    Refused {
        /// The command refused; none when no command could be made out.
        key: Option<Key>,
        refusal: Refusal,
        /// The refusal for people.
        sentence: String,
    },
    Pong,
    /// A page of the saved replies that this agent may use, in their order. It begins at the place
    /// `from`; what a client holds from there on is replaced.
    Replies {
        from: u32,
        replies: Vec<SavedReply>,
        more: bool,
    },
    /// Saved replies were changed, and who holds them asks for them again.
    RepliesChanged,
    /// A draft of one's own changed, on this connection or another, or was sent.
    DraftChanged {
        conversation: ConversationId,
        draft: Draft,
    },
    /// Somebody wrote one's name in a note.
    Mentioned(Mention),
    /// Every mention of oneself in a conversation has been seen, on whatever device.
    MentionsSeen {
        conversation: ConversationId,
    },
    /// What the visitor is typing at the moment, where the chatbot shows it; empty when nothing.
    PreviewChanged {
        conversation: ConversationId,
        text: String,
    },
}

/// The whole starting state of an agent's client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Welcome {
    pub me: AgentId,
    /// What I chose; `team` holds what it comes to.
    pub chosen: Availability,
    /// The groups that chats can be passed on to.
    pub groups: Vec<GroupView>,
    /// Everybody in the workspace, oneself included.
    pub team: Vec<Member>,
    pub chatbots: Vec<ChatbotView>,
    /// What conversations can be sorted by.
    pub labels: Labels,
    pub counts: Counts,
    pub tab: Tab,
    /// The first page of `tab`.
    pub cards: Vec<Card>,
    pub more: bool,
    /// Conversations with a draft of this agent.
    pub drafts: Vec<ConversationId>,
    /// Notes that name this agent and were not seen, the newest first.
    pub mentions: Vec<Mention>,
    pub now: Timestamp,
}

/// A chatbot as the inbox names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatbotView {
    pub id: ChatbotId,
    pub name: String,
    /// The largest file that may go along with a message, in mebibytes.
    pub file_limit: u32,
}

/// A group as the inbox names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupView {
    pub id: GroupId,
    pub name: String,
}

/// An opened conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thread {
    pub card: Card,
    pub visitor: VisitorView,
    /// The newest page when 0 was asked for, else the first entries after that position; the rest
    /// follows as `EntryAdded`, in order. Oldest first.
    pub entries: Vec<Entry>,
    /// Whether older entries exist before the first of a newest page.
    pub more: bool,
    pub read_by_visitor: PublicSeq,
    /// This agent's own drafts.
    pub drafts: Vec<Draft>,
}

/// What is known of the visitor on the other side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitorView {
    pub face: Face,
    /// The name that the visitor gave; empty when none is known.
    pub name: String,
    /// The address that the visitor gave; empty when none is known.
    pub email: String,
    pub channel: Channel,
    pub connected: bool,
    /// The visit's first contact.
    pub since: Timestamp,
    pub page_url: String,
    pub page_title: String,
    pub referrer: String,
    pub ip: String,
    pub user_agent: String,
    pub locale: String,
}
