//! How a chatbot looks on a site, where it may stand, and what is kept of who comes.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

/// How the chat looks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookSettings {
    /// As `#0f7180`. All of the chat's accent follows from it.
    pub colour: String,
    /// How round the panel's corners are, in pixels.
    pub radius: u32,
    pub side: Side,
    /// From that side of the window, in pixels.
    pub across: u32,
    /// From its lower edge, in pixels.
    pub up: u32,
    /// Beside the launcher's icon; empty for the icon alone.
    pub launcher_text: String,
    pub launcher_icon: LauncherIcon,
    /// In the assistant's face; empty for its sign.
    pub initials: String,
    /// What visitors see it called; empty for the chatbot's own name.
    pub name: String,
    pub theme: Theme,
    /// The owner's own values, by their names.
    pub properties: Vec<Property>,
}

/// Where the launcher stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    Right,
    Left,
}

/// What the launcher shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LauncherIcon {
    Chat,
    Question,
    Person,
    Mail,
    /// The chatbot's picture; one that has none shows what `Chat` does.
    Picture,
}

/// Light, dark, or as the visitor's system says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    Auto,
    Light,
    Dark,
}

/// A value of the owner's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Property {
    /// Such as `--baton-surface`.
    pub name: String,
    pub value: String,
}

/// Where the chat may stand.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteSettings {
    /// Such as `shop.example` or `https://*.shop.example`; none for every site.
    pub allowed: Vec<String>,
}

/// What is kept of who comes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrivacySettings {
    pub addresses: KeepAddresses,
    /// Where visitors read about their privacy; none shows no link.
    pub page: Option<String>,
    /// A conversation is erased with its visitor so many days after the last word and the last visit; none
    /// keeps it until somebody erases it.
    #[serde(default)]
    pub erase_after_days: Option<u32>,
}

/// How much of a visitor's address is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeepAddresses {
    Whole,
    /// The network alone: the first 24 bits of an IPv4 address, 48 of an IPv6 one.
    Truncated,
    Off,
}
