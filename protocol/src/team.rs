//! The team as those who keep it see it: its members, and who is invited.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde::{Deserialize, Serialize};

use crate::api_token::TokenView;
use crate::module::ModuleRule;
use crate::permission::{PermissionSet, Rights};
use crate::person::{Assigned, Face, Role};
use crate::settings::WeekTimes;
use crate::{AgentId, AttachmentId, ChatbotId, GroupId, InviteId, RoleId, Timestamp};

/// The page of the team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamView {
    pub me: AgentId,
    /// Whether this agent may make owners and change those there are.
    pub keeps_owners: bool,
    /// Active ones first, each by name.
    pub members: Vec<MemberView>,
    /// The active ones at the moment.
    pub now: Vec<MemberNow>,
    /// What programs act as members with, the newest first.
    pub tokens: Vec<(AgentId, TokenView)>,
    /// The newest first.
    pub invites: Vec<InviteView>,
    /// Whether mail leaves from here.
    pub mails: bool,
    /// What members can be assigned to.
    pub chatbots: Vec<(ChatbotId, String)>,
    /// By name.
    pub groups: Vec<TeamGroup>,
    /// What this workspace made itself, by name.
    pub roles: Vec<TeamRole>,
    /// The modules that take something away from roles.
    pub rules: Vec<ModuleRule>,
}

/// A role that a workspace made itself: a preset, without some of what that gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamRole {
    pub id: RoleId,
    pub name: String,
    /// Its preset, never the owner's. Who may change whom goes by this.
    pub like: Role,
    /// What is taken away from it.
    pub without: PermissionSet,
}

impl TeamRole {
    /// What its members may do.
    pub const fn rights(&self) -> Rights {
        let (role, without) = (self.like, self.without);
        Rights { role, without }
    }
}

/// A change of the roles that a workspace made itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoleEdit {
    Add {
        name: String,
        like: Role,
        without: PermissionSet,
    },
    /// Its name and what is taken away, in place of what they are.
    Save {
        role: RoleId,
        name: String,
        without: PermissionSet,
    },
    /// Its members have its preset from then on, and invitations to it end.
    Delete { role: RoleId },
}

/// Members whom chats are passed on to together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamGroup {
    pub id: GroupId,
    pub name: String,
    pub members: Vec<AgentId>,
}

/// A change of the groups.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupEdit {
    Add {
        name: String,
    },
    /// Its name and who is in it, in place of what they are.
    Save(TeamGroup),
    /// Who waits for it waits for everybody from then on.
    Delete {
        group: GroupId,
    },
}

/// An owner makes somebody else the owner in their place.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOverForm {
    pub to: AgentId,
    /// The version of them that was looked at.
    pub version: u64,
    /// The owner's own, so that an open browser is not enough.
    pub password: String,
}

/// A member of the team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberView {
    pub id: AgentId,
    pub name: String,
    pub face: Face,
    /// The picture in the face's place.
    pub picture: Option<AttachmentId>,
    pub email: String,
    pub role: Role,
    /// Their role of this workspace's own, which is like `role`.
    pub custom: Option<RoleId>,
    pub assigned: Assigned,
    /// How many chats at once.
    pub chat_limit: u32,
    /// The higher is given chats first.
    pub priority: u32,
    /// Whether a mail tells them of who waits while they are away.
    pub handoff_mail: bool,
    /// When they work; none is always.
    pub hours: Option<WeekTimes>,
    /// What they speak, as `de` or `pt`.
    pub languages: Vec<String>,
    /// Whether they may sign in.
    pub active: bool,
    /// Whether signing in asks them for a code as well.
    pub two_steps: bool,
    /// To be named when saving.
    pub version: u64,
}

/// A member at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberNow {
    pub agent: AgentId,
    pub presence: MemberPresence,
    /// How many chats they hold, as routing counts them.
    pub load: u32,
}

/// Whether a member is there: by connection, choice and working hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemberPresence {
    Online,
    Away {
        /// When they chose to be, where it is known.
        since: Option<Timestamp>,
    },
    Offline {
        /// When they chose to be, or when their last connection ended, where it is known.
        since: Option<Timestamp>,
    },
    /// It is not their working time, whatever they chose.
    OutOfHours,
}

/// A member as they are typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberForm {
    pub agent: AgentId,
    /// The version that was looked at.
    pub version: u64,
    pub name: String,
    pub role: Role,
    /// One of the workspace's own roles that is like `role`.
    #[serde(default)]
    pub custom: Option<RoleId>,
    pub assigned: Assigned,
    pub chat_limit: u32,
    pub priority: u32,
    pub handoff_mail: bool,
    #[serde(default)]
    pub hours: Option<WeekTimes>,
    #[serde(default)]
    pub languages: Vec<String>,
}

/// Who was asked to join and has not answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteView {
    pub id: InviteId,
    pub email: String,
    pub role: Role,
    /// The role of this workspace's own, which is like `role`.
    pub custom: Option<RoleId>,
    /// The name of who invited them.
    pub by: String,
    pub expires_at: Timestamp,
    /// Whether the link works no more.
    pub expired: bool,
}

/// Whom to ask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteForm {
    pub email: String,
    pub role: Role,
    /// One of the workspace's own roles that is like `role`.
    #[serde(default)]
    pub custom: Option<RoleId>,
}

/// An invitation, or a new password for a member: its link, shown once, because only a hash of it
/// is kept.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteLink {
    pub email: String,
    /// The secret stands behind the `#`, which browsers send to nobody. None where it is mailed.
    pub link: Option<String>,
}

/// What an invitation says to whom it was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitedView {
    pub workspace: String,
    pub email: String,
    pub role: Role,
    /// What the workspace calls it, if it is one of its own.
    pub called: Option<String>,
    pub by: String,
}

/// Joining.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinForm {
    /// The secret of the link.
    pub token: String,
    pub name: String,
    pub password: String,
}

// Secrets must never reach a log, so none of them shows what it holds.
impl fmt::Debug for InviteLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InviteLink")
    }
}

impl fmt::Debug for HandOverForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HandOverForm")
    }
}

impl fmt::Debug for JoinForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JoinForm")
    }
}
