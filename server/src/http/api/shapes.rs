//! A conversation, as programs read it: what its card shows, in flat JSON.

use domain::Conversation as Known;
use protocol::card::{CardState, Channel, Tab};
use protocol::entry::Author as Writer;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::wire::card::card;

/// A conversation as the lists of the inbox show it. Times are milliseconds since 1970.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Conversation {
    id: Uuid,
    chatbot: Uuid,
    /// Where the visitor writes.
    #[schema(example = "web")]
    channel: &'static str,
    /// What the visitor is called.
    visitor: String,
    state: State,
    /// The newest request for a person; what `claim`, `release` and `resolve` name. Null while nobody
    /// was asked for.
    handoff: Option<Uuid>,
    /// Who holds it, held it last, or is asked to take it.
    agent: Option<Uuid>,
    /// Colleagues who joined the holder.
    participants: Vec<Uuid>,
    /// By what its list is sorted: since when it waits, is held, was missed or is over, or its newest
    /// message.
    sorted_at: i64,
    /// Messages of the visitor that the team has not read.
    unread: u32,
    /// The newest message.
    last: Last,
    /// The number of its newest entry.
    last_seq: u64,
    category: Option<Uuid>,
    tags: Vec<Uuid>,
    /// Whether the visitor is blocked.
    blocked: bool,
}

/// The newest message in a few words.
#[derive(Debug, Serialize, ToSchema)]
struct Last {
    author: Author,
    /// Plain text, cut.
    text: String,
    at: i64,
}

/// Where a conversation stands; the lists of the inbox are called the same.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum State {
    /// Waits for a person.
    Pending,
    /// A person holds it.
    Active,
    /// Held and put aside.
    Snoozed,
    /// Nobody took it.
    Missed,
    /// The last handoff is over.
    Resolved,
    /// The assistant answers, and nobody was asked for.
    Assistant,
}

impl State {
    /// All of them, as they are written.
    pub(super) const WORDS: [&str; 6] = [
        "pending",
        "active",
        "snoozed",
        "missed",
        "resolved",
        "assistant",
    ];
}

/// Who wrote something.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub(super) enum Author {
    Visitor,
    Ai,
    Agent { id: Uuid },
    System,
}

impl From<Writer> for Author {
    fn from(writer: Writer) -> Self {
        match writer {
            Writer::Visitor => Self::Visitor,
            Writer::Ai => Self::Ai,
            Writer::Agent(agent) => Self::Agent { id: agent.0 },
            Writer::System => Self::System,
        }
    }
}

impl From<Tab> for State {
    fn from(tab: Tab) -> Self {
        match tab {
            Tab::Pending => Self::Pending,
            Tab::Active => Self::Active,
            Tab::Snoozed => Self::Snoozed,
            Tab::Missed => Self::Missed,
            Tab::Resolved => Self::Resolved,
            Tab::Assistant => Self::Assistant,
        }
    }
}

impl From<State> for Tab {
    fn from(state: State) -> Self {
        match state {
            State::Pending => Self::Pending,
            State::Active => Self::Active,
            State::Snoozed => Self::Snoozed,
            State::Missed => Self::Missed,
            State::Resolved => Self::Resolved,
            State::Assistant => Self::Assistant,
        }
    }
}

impl From<&Known> for Conversation {
    fn from(known: &Known) -> Self {
        let shown = card(known);
        let handoff = match shown.state {
            CardState::Assistant => None,
            CardState::Pending { handoff, .. }
            | CardState::Active { handoff, .. }
            | CardState::Missed { handoff, .. }
            | CardState::Resolved { handoff, .. } => Some(handoff.0),
        };
        Self {
            id: shown.conversation.0,
            chatbot: shown.chatbot.0,
            channel: match shown.channel {
                Channel::Web => "web",
            },
            visitor: shown.visitor.name,
            state: shown.state.tab().into(),
            handoff,
            agent: shown.state.agent().map(|agent| agent.0),
            participants: shown.participants.iter().map(|agent| agent.0).collect(),
            sorted_at: known.sorts_by().millis(),
            unread: shown.unread,
            last: Last {
                author: shown.last.author.into(),
                text: shown.last.text,
                at: shown.last.at.millis(),
            },
            last_seq: known.last_seq.0,
            category: shown.category.map(|category| category.0),
            tags: shown.tags.iter().map(|tag| tag.0).collect(),
            blocked: shown.blocked,
        }
    }
}
