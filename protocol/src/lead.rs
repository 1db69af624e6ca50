//! What visitors leave when nobody can answer them.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

/// What a visitor wrote into the form. What was not asked for is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadDetails {
    pub name: String,
    pub email: String,
    pub phone: String,
    pub message: String,
    #[serde(deserialize_with = "crate::list::short")]
    pub custom: Vec<Answer>,
    /// Whether the visitor agreed to what the form asks to agree to.
    pub consent: bool,
}

/// The answer to a field of the owner's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub label: String,
    pub text: String,
}
