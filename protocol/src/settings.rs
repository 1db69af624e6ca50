//! Settings of a chatbot, which its owner changes while Baton runs.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

/// How a chatbot greets, hands over and says goodbye. `domain` holds the defaults and the limits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatbotSettings {
    /// The first words in an empty conversation.
    pub greeting: String,
    /// Questions offered with the greeting.
    pub starters: Vec<String>,
    /// Whether "Talk to a human" is shown.
    pub handoff_button: bool,
    /// Told when a person was asked for.
    pub handover_message: String,
    /// Told when the assistant is back.
    pub restored_message: String,
    /// Told when a person closed the conversation.
    pub closing_message: String,
    /// Told when the AI has no answer.
    pub unknown_message: String,
}

/// What the widget shows of a chatbot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WidgetView {
    pub name: String,
    pub greeting: String,
    pub starters: Vec<String>,
    pub handoff_button: bool,
}
