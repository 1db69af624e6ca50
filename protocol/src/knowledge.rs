//! What a chatbot answers from, as those who teach it see it.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::{ChatbotId, Timestamp};

/// Names a source, together with when it was learned: the number of one that was forgotten may be
/// another's later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceId(pub i64);

/// What a chatbot knows, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnowledgeView {
    pub sources: Vec<SourceView>,
    /// Whether there are older ones.
    pub more: bool,
}

/// A text or page that it learned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceView {
    pub id: SourceId,
    pub title: String,
    /// Where people can read it.
    pub url: Option<String>,
    /// In how many pieces it can be answered from.
    pub passages: u32,
    pub learned_at: Timestamp,
}

/// A source that a chatbot is to answer from no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForgetForm {
    pub chatbot: ChatbotId,
    pub source: SourceId,
    pub learned_at: Timestamp,
}
