//! What the pages send and load over server functions.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde::{Deserialize, Serialize};

use crate::agent::{ChatbotView, GroupView};
use crate::label::Labels;
use crate::module::SwitchedOff;
use crate::permission::{PermissionSet, Rights};
use crate::person::{Face, Role};
use crate::reply::{SavedReply, Share, Step};
use crate::settings::{Day, Settings, SettingsLayer, TargetSettings};
use crate::{AgentId, AttachmentId, ChatbotId, ReplyId};

/// The sign-in page's form.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInForm {
    pub email: String,
    pub password: String,
    /// The secret of the first step, for the second one, which needs neither of them.
    #[serde(default)]
    pub token: String,
    /// Six digits of the moment, or a recovery code.
    #[serde(default)]
    pub code: String,
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

/// What signing in with e-mail and password came to.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FirstStep {
    /// The browser is let in.
    In,
    /// A code is asked for as well. The secret stands for what was proven so far, for a few minutes.
    CodeAsked(String),
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

impl fmt::Debug for FirstStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::In => "In",
            Self::CodeAsked(_) => "CodeAsked",
        })
    }
}

/// The agent who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    pub id: AgentId,
    pub face: Face,
    /// The picture in the face's place.
    pub picture: Option<AttachmentId>,
    pub email: String,
    pub role: Role,
    /// What a custom role takes away from what the role gives.
    #[serde(default)]
    pub without: PermissionSet,
    pub workspace: String,
}

impl Me {
    /// What they may do.
    pub const fn rights(&self) -> Rights {
        let (role, without) = (self.role, self.without);
        Rights { role, without }
    }
}

/// How far a new workspace is on the way to its first conversation. None where there is no chatbot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BeginView {
    /// The oldest chatbot, and how to put it on a site.
    pub embed: EmbedView,
    /// It was taught something.
    pub taught: bool,
    /// Somebody wrote to it.
    pub tested: bool,
    /// A person took over a conversation.
    pub answered: bool,
    /// Somebody came on a page that is not the server's own.
    pub embedded: bool,
}

/// A text that a chatbot is to answer from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeachForm {
    pub chatbot: ChatbotId,
    /// Markdown or plain text.
    pub text: String,
}

/// A chatbot and how to put it on a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmbedView {
    pub chatbot: ChatbotId,
    pub name: String,
    /// The script tag, ready to paste.
    pub snippet: String,
    /// The chat as a page of its own.
    pub link: String,
    /// Whether this agent may see and renew what proves who visitors are.
    pub proves: bool,
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
    /// What would hold if nothing were set here.
    pub below: Settings,
    /// The chatbot's name; empty for the workspace.
    pub name: String,
    /// Whether it is archived.
    pub archived: bool,
    /// The chatbot's picture; none for the workspace.
    pub picture: Option<AttachmentId>,
    /// The groups that requests can go to.
    pub groups: Vec<GroupView>,
    /// The modules that are off for the workspace: what is set for one waits until it is on again.
    pub off: Vec<SwitchedOff>,
}

/// What opening hours come to at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoursOutlook {
    pub open: bool,
    /// The moment itself as a day and minute on the clock of the place.
    pub at: Option<(Day, u16)>,
    /// The day and minute on the clock of the place when that changes; none when it does not soon.
    pub changes: Option<(Day, u16)>,
}

/// A chatbot in the list of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatbotRow {
    pub id: ChatbotId,
    pub name: String,
    pub archived: bool,
    /// Whether far more strangers than usual come to it, who are let in slowly for now.
    pub under_attack: bool,
    /// What it has of its own, by the names of the parts.
    pub own: Vec<String>,
}

/// What is done to the list of chatbots.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChatbotEdit {
    Add {
        name: String,
    },
    Rename {
        chatbot: ChatbotId,
        name: String,
    },
    /// Makes another one with the same settings and the same knowledge.
    Duplicate {
        chatbot: ChatbotId,
        name: String,
    },
    /// Takes it off all sites, or brings it back.
    Archive {
        chatbot: ChatbotId,
        archived: bool,
    },
    /// Takes out the picture that its assistant is shown by.
    RemovePicture {
        chatbot: ChatbotId,
    },
}

/// The targets of the workspace or of one of its chatbots, as those who change them see them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetsView {
    /// None for the workspace's.
    pub chatbot: Option<ChatbotId>,
    /// The chatbot's name; empty for the workspace.
    pub name: String,
    /// What is set here; none where it comes from the layer below.
    pub own: Option<TargetSettings>,
    /// What holds.
    pub effective: TargetSettings,
    /// Whether only opening hours count.
    pub in_hours: bool,
    /// To be named when saving.
    pub version: u64,
}

/// Targets as they are typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetsForm {
    pub chatbot: Option<ChatbotId>,
    /// The version that was looked at.
    pub version: u64,
    /// None goes back to the layer below.
    pub own: Option<TargetSettings>,
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
    /// What a macro can put on.
    pub labels: Labels,
    /// Whom it can pass a conversation on to.
    pub groups: Vec<GroupView>,
    pub team: Vec<(AgentId, String)>,
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
    #[serde(default)]
    pub steps: Vec<Step>,
    /// Its files, in order: those that it has already, and those that were uploaded for it.
    #[serde(default)]
    pub files: Vec<AttachmentId>,
}
