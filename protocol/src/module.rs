//! The modules of the product: each can be switched off for a workspace, and for some roles.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::RoleId;
use crate::person::Role;
use crate::team::TeamRole;

/// A part of the product that can be switched off as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Module {
    /// People answer: nobody new can ask for one without it.
    LiveChat,
    /// The AI answers: whoever writes is passed on to people without it.
    Assistant,
    /// What visitors are known by is changed, their addresses seen, and they are blocked.
    Contacts,
    /// Saved replies and views of everybody are changed.
    Sharing,
    Embedding,
    Erasing,
    Audit,
    /// Programs act as agents, with tokens.
    Api,
}

impl Module {
    /// Every module, in the order in which they are shown.
    pub const ALL: [Self; 8] = [
        Self::LiveChat,
        Self::Assistant,
        Self::Contacts,
        Self::Sharing,
        Self::Embedding,
        Self::Erasing,
        Self::Audit,
        Self::Api,
    ];

    /// Its word in the record of changes.
    pub const fn word(self) -> &'static str {
        match self {
            Self::LiveChat => "live_chat",
            Self::Assistant => "assistant",
            Self::Contacts => "contacts",
            Self::Sharing => "sharing",
            Self::Embedding => "embedding",
            Self::Erasing => "erasing",
            Self::Audit => "audit",
            Self::Api => "api",
        }
    }
}

/// Whether a module is on, and who is without it all the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModuleRule {
    pub module: Module,
    /// For the workspace.
    pub on: bool,
    /// The presets without it; never the owner's.
    pub presets: Vec<Role>,
    /// The workspace's own roles without it.
    pub roles: Vec<RoleId>,
}

impl ModuleRule {
    /// On, for everybody.
    pub const fn new(module: Module) -> Self {
        Self {
            module,
            on: true,
            presets: Vec::new(),
            roles: Vec::new(),
        }
    }
}

/// The page of the modules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModulesView {
    /// One for each module, in the order in which they are shown.
    pub rules: Vec<ModuleRule>,
    /// The workspace's own roles, by name.
    pub roles: Vec<TeamRole>,
    /// Whether this agent may say what admins are without.
    pub keeps_owners: bool,
}

/// Why somebody does not get what belongs to a module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SwitchedOff {
    pub module: Module,
    /// For the whole workspace, and not for their role alone.
    pub everywhere: bool,
    /// Who can switch it on, by name; a few of them.
    pub by: Vec<String>,
}
