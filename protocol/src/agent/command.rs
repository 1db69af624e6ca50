//! What an agent's client may send.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::card::{Cursor, Tab};
use crate::contact::ContactChange;
use crate::draft::DraftMode;
use crate::entry::{Destination, Outcome};
use crate::erasure::Subject;
use crate::label::LabelChange;
use crate::person::Availability;
use crate::thread::ThreadPosition;
use crate::view::SavedView;
use crate::{AttachmentId, ConversationId, HandoffId, Key, Seq, Timestamp, ViewId};

/// What an agent's client may send. Commands with a key are answered by `Done` or `Refused`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgentCommand {
    /// The first frame, and nothing before it. Answered by `Welcome`, then a `Thread` for each open one.
    Start {
        tab: Tab,
        /// The open threads and the last entry held of each.
        #[serde(deserialize_with = "crate::list::short")]
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
    /// Typing a reply began or ended. Not answered; colleagues who follow the conversation are told, and
    /// the visitor of who holds it.
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
    /// What is on the agent's screen now, of what this connection follows; none when nothing is, or
    /// nobody looks at the page. Answered by `ViewersChanged`.
    View {
        conversation: Option<ConversationId>,
    },
    /// Search all messages, notes and visitors' details that one may see; every word has to be there,
    /// by its beginning. Answered by `Found` or `Refused`.
    Search {
        key: Key,
        query: String,
        /// From where to go on: the `next` of the page before.
        after: Option<u64>,
    },
    /// Ask for the saved views that one may use. Answered by `Views`.
    ListViews,
    /// Save a view, or a new one: its `version` is 0 and its id the client's own. Answered by `Done`;
    /// whoever has it is told `ViewsChanged`.
    SaveView { key: Key, view: SavedView },
    /// Delete a view that nobody has changed since. Answered as `SaveView` is.
    DeleteView {
        key: Key,
        view: ViewId,
        version: u64,
    },
    /// Put a view before another of its list, or at the end. Answered as `SaveView` is.
    PlaceView {
        key: Key,
        view: ViewId,
        before: Option<ViewId>,
    },
    /// Ask for what stands beside a conversation. Answered by `Panel` and `Notes`.
    ShowPanel { conversation: ConversationId },
    /// Change what the visitor is known by, as it was in the version that one looked at.
    EditContact {
        conversation: ConversationId,
        key: Key,
        version: u64,
        change: ContactChange,
    },
    /// Ask for the Markdown of a note of one's own. Answered by `NoteText`.
    LoadNote {
        conversation: ConversationId,
        note: Seq,
    },
    /// Write a note of one's own anew.
    EditNote {
        conversation: ConversationId,
        key: Key,
        note: Seq,
        /// May be empty when files went along.
        text: String,
    },
    /// Put a note on top of the others, or back in its place.
    PinNote {
        conversation: ConversationId,
        key: Key,
        note: Seq,
        pinned: bool,
    },
    /// Block the visitor: what is open ends as spam, and they can write no more. Or let them again.
    Block {
        conversation: ConversationId,
        key: Key,
        blocked: bool,
    },
    /// Join the colleague who holds a handoff, to answer as well. They hold it on.
    Join {
        conversation: ConversationId,
        handoff: HandoffId,
        key: Key,
    },
    /// Leave a handoff again that one joined.
    Leave {
        conversation: ConversationId,
        handoff: HandoffId,
        key: Key,
    },
    /// Say that the visitor of another conversation is the same person: both are one contact from now on,
    /// and what is not known of this one comes from the other.
    MergeContacts {
        conversation: ConversationId,
        key: Key,
        other: ConversationId,
    },
    /// Say that the visitor is somebody else than the other visitors of this contact. What is known
    /// stays with both.
    SplitContact {
        conversation: ConversationId,
        key: Key,
    },
    /// The next page of an open tab, the reply that is due soonest first. Answered by `CardsByDue`.
    ListByDue { tab: Tab, after: Option<Cursor> },
    /// Erase the conversation with its visitor, or the whole contact: everything that was said, every
    /// file and every visit. Nobody can undo it. Answered by `Done` or `Refused`.
    Erase {
        conversation: ConversationId,
        key: Key,
        subject: Subject,
    },
}
