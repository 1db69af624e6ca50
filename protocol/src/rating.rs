//! What a visitor thinks of what they were told: a thumb for an answer of the AI, stars for a person.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::{HandoffId, PublicSeq, Timestamp};

/// What a visitor thinks of one answer of the AI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Thumb {
    /// It helped.
    Up,
    /// It did not.
    Down,
}

/// What a visitor says of an answer: the body of `POST /visitors/thumb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thumbing {
    /// The answer, by its number on the visitor's side.
    pub seq: PublicSeq,
    /// None takes it back.
    pub thumb: Option<Thumb>,
}

/// How it was with a person, and when the visitor said so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    /// 1 to 5.
    pub stars: u8,
    /// Empty when the visitor added nothing.
    pub comment: String,
    pub at: Timestamp,
}

/// What a visitor says of a handoff: the body of `POST /visitors/rating`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rated {
    pub handoff: HandoffId,
    /// 1 to 5.
    pub stars: u8,
    /// Up to [`crate::limits::RATING_COMMENT`] characters.
    #[serde(default)]
    pub comment: String,
}

/// The handoff that a visitor may rate now: in the answer to `GET /visitors/rating`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ratable {
    pub handoff: HandoffId,
    /// The person it was with.
    pub name: String,
    /// What the visitor said before.
    pub rating: Option<Rating>,
}
