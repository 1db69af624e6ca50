//! What the pages send and load over server functions.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde::{Deserialize, Serialize};

use crate::agent::ChatbotView;
use crate::person::{Face, Role};
use crate::reply::{SavedReply, Share};
use crate::settings::{Settings, SettingsLayer};
use crate::{AgentId, ChatbotId, ReplyId};

/// The sign-in page's form.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInForm {
    pub email: String,
    pub password: String,
}

/// The first-run page's form.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetupForm {
    /// Printed once on the server's console.
    pub token: String,
    pub workspace: String,
    pub name: String,
    pub email: String,
    pub password: String,
    pub chatbot: String,
}

// Passwords and tokens must never reach a log, so neither form shows what it holds.
impl fmt::Debug for SignInForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SignInForm")
    }
}

impl fmt::Debug for SetupForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SetupForm")
    }
}

/// The agent who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    pub id: AgentId,
    pub face: Face,
    pub email: String,
    pub role: Role,
    pub workspace: String,
}

/// A chatbot and how to put it on a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmbedView {
    pub chatbot: ChatbotId,
    pub name: String,
    /// The script tag, ready to paste.
    pub snippet: String,
}

/// Settings as those who change them see them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsView {
    /// What is set here; the rest comes from the layer below.
    pub layer: SettingsLayer,
    /// What holds.
    pub effective: Settings,
    /// To be named when saving.
    pub version: u64,
}

/// The saved replies, as an agent's page shows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepliesView {
    /// Those this agent may use, in their order.
    pub replies: Vec<SavedReply>,
    /// The chatbots that replies can be limited to.
    pub chatbots: Vec<ChatbotView>,
    /// Whether this agent may change what others use.
    pub may_share: bool,
}

/// A saved reply as it is typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyForm {
    /// None for a new one.
    pub id: Option<ReplyId>,
    /// The version that was looked at; 0 for a new one.
    pub version: u64,
    pub share: Share,
    pub shortcut: String,
    pub title: String,
    pub text: String,
}
