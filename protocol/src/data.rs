//! The settings of a workspace as one file: what it holds, and what would become of one that is read in.
//! No people, no secrets, and names in the place of ids, so that it fits another workspace.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::Refusal;
use crate::audit::AuditSubject;
use crate::entry::Outcome;
use crate::module::Module;
use crate::permission::PermissionSet;
use crate::person::Role;
use crate::settings::SettingsLayer;

/// The version of the form that is written, and the newest that is read.
pub const VERSION: u32 = 1;
/// Bytes of a file, at most.
pub const FILE_BYTES: usize = 4 * 1024 * 1024;

/// All of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsFile {
    /// The version of the form.
    pub baton_settings: u32,
    /// What the workspace sets; none leaves it as it is.
    #[serde(default)]
    pub workspace: Option<FileLayer>,
    #[serde(default)]
    pub chatbots: Vec<FileChatbot>,
    #[serde(default)]
    pub categories: Vec<FileLabel>,
    #[serde(default)]
    pub tags: Vec<FileLabel>,
    /// Those that everybody uses.
    #[serde(default)]
    pub replies: Vec<FileReply>,
    /// The workspace's own roles.
    #[serde(default)]
    pub roles: Vec<FileRole>,
    /// Which modules are on, and for whom not; one that is left out stays as it is.
    #[serde(default)]
    pub modules: Vec<FileModule>,
}

/// A role of the workspace's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRole {
    pub name: String,
    /// Its preset, never the owner's.
    pub like: Role,
    /// What is taken away from it.
    #[serde(default)]
    pub without: PermissionSet,
}

/// A module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileModule {
    pub module: Module,
    pub on: bool,
    /// The presets without it.
    #[serde(default)]
    pub presets: Vec<Role>,
    /// The workspace's own roles without it, by name.
    #[serde(default)]
    pub roles: Vec<String>,
}

/// What is set on one layer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FileLayer {
    pub settings: SettingsLayer,
    /// The name of the group in `settings.routing`, which holds none.
    pub routing_group: Option<String>,
}

/// A chatbot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileChatbot {
    pub name: String,
    #[serde(default)]
    pub archived: bool,
    #[serde(default)]
    pub settings: SettingsLayer,
    #[serde(default)]
    pub routing_group: Option<String>,
}

/// A category or tag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileLabel {
    pub name: String,
    #[serde(default)]
    pub retired: bool,
}

/// A saved reply, without its files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileReply {
    pub shortcut: String,
    pub title: String,
    pub text: String,
    /// The chatbot that it is for; none for all.
    #[serde(default)]
    pub chatbot: Option<String>,
    #[serde(default)]
    pub steps: Vec<FileStep>,
}

/// What a saved reply does after it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileStep {
    Note(String),
    Category(String),
    AddTag(String),
    RemoveTag(String),
    /// To this group; to the queue without one, and where it went to a person.
    Transfer(Option<String>),
    Snooze(Option<u32>),
    Resolve(Outcome),
}

/// The page of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataView {
    /// What the file that this agent sent came to; none without one.
    pub read: Option<Result<ImportPlan, ImportTrouble>>,
}

/// What reading a file in would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportPlan {
    pub items: Vec<ImportItem>,
    /// Groups that are named and not there: what went to them goes to everybody.
    pub no_groups: Vec<String>,
    /// Names this very plan.
    pub digest: String,
}

/// One thing in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportItem {
    pub subject: AuditSubject,
    /// Empty for the workspace's settings; with a module's word that module.
    pub name: String,
    pub change: ImportChange,
}

/// What becomes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportChange {
    Made,
    Changed,
    Left,
}

/// Why a file is not read in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportTrouble {
    /// Such as `chatbots[2].settings.routing.offer_seconds`, or a line and column.
    pub place: String,
    pub wrong: ImportWrong,
}

/// What is wrong there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportWrong {
    /// Not JSON.
    NotJson,
    /// JSON, but something else belongs there, or a part of it is missing.
    OtherForm,
    /// Written by a newer Baton.
    Newer(u32),
    /// Nothing is called that.
    UnknownField,
    /// The same rule that the pages' forms go by.
    Refused(Refusal),
}
