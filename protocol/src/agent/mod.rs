//! The agent's socket: what the inbox asks, what it is told, and how it begins.

mod command;
mod event;

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::card::{Card, Counts, Tab};
use crate::label::Labels;
use crate::mention::Mention;
use crate::person::{Availability, Member, Notices};
pub use crate::thread::{Thread, ThreadPosition, VisitorView};
use crate::{AgentId, ChatbotId, ConversationId, GroupId, Timestamp};

pub use command::AgentCommand;
pub use event::AgentEvent;

/// The whole starting state of an agent's client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Welcome {
    pub me: AgentId,
    /// What I chose; `team` holds what it comes to.
    pub chosen: Availability,
    /// What I want to hear of, and when not.
    pub notices: Notices,
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
