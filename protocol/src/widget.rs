//! What the widget shows of a chatbot, in the visitor's language.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

/// What the widget shows of a chatbot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WidgetView {
    pub name: String,
    pub greeting: String,
    pub starters: Vec<String>,
    /// After how many messages "Talk to a human" appears, 0 at once; none when it never does.
    pub handoff_button: Option<u32>,
    pub form: FormView,
    /// The largest file a visitor may send, in mebibytes; none when they may send none.
    pub file_limit: Option<u32>,
    /// Whether agents see what the visitor is typing. The visitor has to be told.
    pub preview: bool,
    /// Whether the visitor may say of answers of the AI that they helped or not.
    pub thumbs: bool,
}

/// The form for visitors whom nobody can answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormView {
    pub fields: Vec<FormField>,
    /// What the visitor agrees to; none asks for nothing.
    pub consent: Option<String>,
}

/// A field of the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormField {
    pub kind: FieldKind,
    pub required: bool,
}

/// What a field asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    Name,
    Email,
    Phone,
    Message,
    /// The owner's own, by its label.
    Custom(String),
}
