//! What a search finds: conversations with the lines that hold the words.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::card::Card;
use crate::entry::Author;
use crate::{Seq, Timestamp};

/// A conversation in which something was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    pub card: Card,
    /// Where the words stand in the visitor's name.
    pub name_marks: Vec<Mark>,
    /// The newest lines that hold them, the newest first; at most [`crate::limits::FOUND_LINES`].
    pub lines: Vec<FoundLine>,
}

/// A line of a conversation that holds the words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundLine {
    pub seq: Seq,
    pub at: Timestamp,
    pub author: Author,
    pub found_in: FoundIn,
    /// Plain text, at most [`crate::limits::EXCERPT`] characters of it.
    pub text: String,
    /// Where the words stand in it, in order.
    pub marks: Vec<Mark>,
}

/// What holds the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FoundIn {
    Message,
    Note,
    /// What the visitor left of themselves.
    Details,
}

/// A part of a text, in Unicode scalar values: from the first to before the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Mark {
    pub from: u32,
    pub to: u32,
}
