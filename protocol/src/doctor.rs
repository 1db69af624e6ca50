//! Why an agent did not get a chat, or does not see it: the checks in their order.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde::{Deserialize, Serialize};

use crate::card::Tab;
use crate::person::Face;
use crate::settings::RoutingMode;
use crate::{AgentId, ConversationId};

/// The checks of everybody who was asked about, for one conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnosis {
    pub conversation: ConversationId,
    pub visitor: String,
    pub chatbot: String,
    /// None where it is not for the one who asks.
    pub standing: Option<Standing>,
    /// How requests of the chatbot come to agents.
    pub routing: Option<RoutingMode>,
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
    /// Whether somebody seems to try to sign in as them. Routing does not ask this.
    pub sign_ins: Check,
}

/// One check and what it came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    pub kind: CheckKind,
    pub passed: bool,
    pub found: Found,
}

/// Where a conversation stands when it is looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    Assistant,
    /// For so many minutes, and who is asked to take it.
    Waiting {
        minutes: u64,
        offered_to: Option<String>,
    },
    /// Somebody holds it.
    Held {
        by: String,
    },
    Closed,
}

/// What a check found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Found {
    RoleAllows,
    RoleForbids,
    Assigned,
    NotAssigned,
    InGroup,
    /// The request went to no particular group.
    NoGroup,
    NotInGroup,
    Online,
    /// Online, and the connection broke a moment ago.
    OnlineJust,
    ChoseAway,
    ChoseOffline,
    NeverCame,
    /// The inbox is not open.
    Gone {
        minutes: u64,
    },
    InHours,
    /// No working hours are set.
    NoHours,
    OutOfHours,
    Holds {
        held: u32,
        limit: u32,
    },
    NotAsked,
    Asked,
    NotDeclined,
    Declined,
    Accepts,
    AcceptsNot,
    /// In a list of the inbox.
    Listed(Tab),
    /// In no list: the agent is not assigned to the chatbot.
    NotSeen,
    Speaks,
    /// Who does goes first.
    SpeaksNot,
    /// No more sign-ins as them were refused lately than somebody mistypes.
    FewRefused,
    /// So many sign-ins as them were refused lately, by their password or their second step: which of
    /// them is not kept.
    ManyRefused {
        times: u32,
    },
}

impl fmt::Display for Found {
    /// What was found, and if it failed what to do, in a sentence.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Holds { held, limit } => return write!(f, "Holds {held} of {limit} chats."),
            Self::Gone { minutes } => {
                return write!(f, "The inbox is not open, for {minutes} min.");
            }
            Self::ManyRefused { times } => {
                return write!(
                    f,
                    "{times} sign-ins were refused lately, for a wrong password or a wrong code. If they did not mistype, somebody else is trying to sign in as them: a new password and two steps, both on their profile, shut that person out."
                );
            }
            Self::FewRefused => "Hardly any sign-in was refused lately.",
            Self::RoleAllows => "The role allows taking chats.",
            Self::RoleForbids => "The role does not allow taking chats. An admin can change it.",
            Self::Assigned => "Assigned to this chatbot.",
            Self::NotAssigned => "Not assigned to this chatbot. An admin can assign it.",
            Self::InGroup => "In the group that this request went to.",
            Self::NoGroup => "The request went to no particular group.",
            Self::NotInGroup => "Not in the group that this request went to.",
            Self::Online => "Online.",
            Self::OnlineJust => "Online: the connection broke a moment ago.",
            Self::ChoseAway => "Chose to be away.",
            Self::ChoseOffline => "Chose to be offline.",
            Self::NeverCame => "Has not opened the inbox yet.",
            Self::InHours => "In their working hours.",
            Self::NoHours => "Has no working hours set.",
            Self::OutOfHours => "Outside their working hours.",
            Self::NotAsked => "Is not asked to take another chat.",
            Self::Asked => "Is asked to take another chat and has not answered yet.",
            Self::NotDeclined => "Has not passed this chat on.",
            Self::Declined => "Passed this chat on, or let its offer expire.",
            Self::Accepts => "Accepts chats.",
            Self::AcceptsNot => "Does not accept chats at the moment.",
            Self::Listed(Tab::Pending) => "Listed under Pending.",
            Self::Listed(Tab::Active) => "Listed under Active.",
            Self::Listed(Tab::Missed) => "Listed under Missed.",
            Self::Listed(Tab::Resolved) => "Listed under Resolved.",
            Self::Listed(Tab::Snoozed) => "Listed under Snoozed: its holder put it aside.",
            Self::Listed(Tab::Assistant) => {
                "Listed under Assistant: the assistant answers, and nobody was asked for since."
            }
            Self::Speaks => "Speaks the visitor's language.",
            Self::SpeaksNot => "The visitor's language is not among theirs: who speaks it goes first.",
            Self::NotSeen => "In no list: not assigned to this chatbot. An admin can assign it.",
        })
    }
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Assistant => f.write_str("The assistant answers."),
            Self::Waiting {
                minutes,
                offered_to: Some(name),
            } => write!(f, "Waiting for {minutes} min, offered to {name} now."),
            Self::Waiting { minutes, .. } => write!(f, "Waiting for {minutes} min."),
            Self::Held { by } => write!(f, "{by} holds it."),
            Self::Closed => f.write_str("Closed."),
        }
    }
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
    /// The agent speaks the visitor's language. Who does not is asked after those who do.
    Language,
    /// Nobody else seems to try to sign in as the agent. Routing does not ask this.
    SignIns,
}
