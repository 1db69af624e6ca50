//! People as the screens show them: visitors, members of the team, and their presence.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::permission::{PermissionSet, Rights};
use crate::settings::WeekTimes;
use crate::{AgentId, AttachmentId, ChatbotId};

/// How somebody is drawn: a name, up to two letters, and a hue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Face {
    pub name: String,
    pub initials: String,
    /// 0–359, from a hash of the id, so that it stays the same everywhere.
    pub hue: u16,
}

/// A member of the team as colleagues see them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    pub id: AgentId,
    pub face: Face,
    pub role: Role,
    /// Effective, not chosen: nobody without a connection is online.
    pub availability: Availability,
    /// Whether routing may give them chats.
    pub accepting: bool,
    /// What they speak, as `de` or `pt`.
    #[serde(default)]
    pub languages: Vec<String>,
    /// Their picture, at `/agents/{id}/{picture}` for who is signed in; none has initials alone.
    #[serde(default)]
    pub picture: Option<AttachmentId>,
    /// What a custom role takes away from what the role gives.
    #[serde(default)]
    pub without: PermissionSet,
}

impl Member {
    /// What they may do.
    pub const fn rights(&self) -> Rights {
        let (role, without) = (self.role, self.without);
        Rights { role, without }
    }
}

/// Whether an agent takes chats. Ordered from least to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Availability {
    Offline,
    Away,
    Online,
}

/// The chatbots whose conversations an agent sees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Assigned {
    All,
    /// An empty list means none.
    Only(Vec<ChatbotId>),
}

impl Assigned {
    /// Whether conversations of this chatbot may be seen.
    pub fn includes(&self, chatbot: ChatbotId) -> bool {
        match self {
            Self::All => true,
            Self::Only(chatbots) => chatbots.contains(&chatbot),
        }
    }
}

/// A preset of permissions; the table is in `domain`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    SupportAgent,
    Agent,
    AccountManager,
    Supervisor,
    Admin,
    Owner,
}

/// What an agent wants to be told of, and when not. Kept with the agent, so that it holds wherever they
/// sign in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notices {
    /// Whether mail tells them of who waits while they are away, where whoever keeps the team lets it.
    pub mail: bool,
    /// Whether the inbox makes a sound of a request for a person,
    pub requests: bool,
    /// and of what is said in their own chats, or to them in a note.
    pub replies: bool,
    /// Times of the week without mail and sound; none is never.
    pub quiet: Option<WeekTimes>,
}

impl Default for Notices {
    fn default() -> Self {
        Self {
            mail: true,
            requests: true,
            replies: true,
            quiet: None,
        }
    }
}
