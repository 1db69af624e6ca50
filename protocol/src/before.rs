//! What a visitor is asked for before the chat begins.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::settings::Consent;
use crate::widget::FormField;

/// The form before the chat: in the answer to `GET /visitors/before`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BeforeView {
    /// What the chatbot is called.
    pub name: String,
    pub fields: Vec<FormField>,
    pub consent: Option<Consent>,
}
