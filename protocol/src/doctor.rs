//! Why an agent did not get a chat, or does not see it: the checks in their order.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::person::Face;
use crate::{AgentId, ConversationId};

/// The checks of everybody who was asked about, for one conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnosis {
    pub conversation: ConversationId,
    pub visitor: String,
    pub chatbot: String,
    /// Where the conversation stands, in a sentence.
    pub standing: String,
    /// How requests of the chatbot come to agents, in a sentence.
    pub routing: String,
    pub agents: Vec<AgentChecks>,
}

/// The checks of one agent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentChecks {
    pub agent: AgentId,
    pub face: Face,
    /// In the order in which they are made. All are made, so that mending one shows no other.
    pub checks: Vec<Check>,
    /// Where they find it in the inbox, or why it is in no list.
    pub listed: Check,
}

/// One check and what it came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    pub kind: CheckKind,
    pub passed: bool,
    /// What was found, and if it failed what to do, in a sentence.
    pub sentence: String,
}

/// What is looked at before an agent gets a chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckKind {
    /// The role allows taking chats.
    Permission,
    /// The agent is assigned to the chatbot.
    Assigned,
    /// The agent is of the group that the request went to.
    Group,
    /// The agent is online.
    Online,
    /// The agent is in their working hours.
    Hours,
    /// The agent holds fewer chats than the limit.
    Limit,
    /// The agent has not passed this chat on.
    Declined,
    /// The agent is not asked to take another chat.
    Asked,
    /// The agent accepts chats.
    Accepting,
    /// The agent has it in a list of the inbox. Routing does not ask this.
    Listed,
}
