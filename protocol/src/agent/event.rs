//! What the hub tells an agent.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::Welcome;
use crate::card::{Card, Counts, Tab};
use crate::contact::{Contact, Panel};
use crate::draft::Draft;
use crate::entry::{Author, Entry};
use crate::label::Labels;
use crate::mention::Mention;
use crate::person::{Availability, Member};
use crate::reply::SavedReply;
use crate::search::Hit;
use crate::thread::Thread;
use crate::view::SavedView;
use crate::{AgentId, ConversationId, Key, PublicSeq, Refusal, Seq};

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
    /// All agents on whose screens a conversation is, oneself included.
    ViewersChanged {
        conversation: ConversationId,
        agents: Vec<AgentId>,
    },
    /// A page of what the search with this key found, the newest lines first.
    Found {
        key: Key,
        hits: Vec<Hit>,
        /// Where the next page begins; none when this was the last.
        next: Option<u64>,
    },
    /// The saved views that this agent may use, the shared ones first, in their order.
    Views {
        views: Vec<SavedView>,
    },
    /// Saved views were changed, and who holds them asks for them again.
    ViewsChanged,
    /// What stands beside a conversation.
    Panel(Panel),
    /// The newest notes of a conversation, the newest first; pinned ones are marked.
    Notes {
        conversation: ConversationId,
        notes: Vec<Entry>,
    },
    /// What the visitor of a conversation that this client follows is known by has changed.
    ContactChanged {
        conversation: ConversationId,
        contact: Contact,
    },
    /// The Markdown of a note of one's own.
    NoteText {
        conversation: ConversationId,
        note: Seq,
        text: String,
    },
    /// What stands beside a conversation that this client follows has changed; who shows it asks for it
    /// again.
    PanelChanged {
        conversation: ConversationId,
    },
    /// A page of an open tab, the reply that is due soonest first; what owes none comes last.
    CardsByDue {
        tab: Tab,
        cards: Vec<Card>,
        more: bool,
    },
    /// Somebody joined or left the team, or changed their name or role.
    TeamChanged(Vec<Member>),
}
