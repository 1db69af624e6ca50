//! The replies that the team owes, and until when: the clocks of the first and of the next reply.

use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// Behind every time at which anything is due: 9999-12-31, and exact in every client's numbers.
pub const NEVER: Timestamp = Timestamp(253_402_300_799_000);

/// Which reply is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Owed {
    /// The first words of a person since one was asked for.
    FirstReply,
    /// An answer to what the visitor wrote since.
    NextReply,
}

/// A clock that runs until a person replies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    pub owed: Owed,
    /// Since when it runs.
    pub since: Timestamp,
    /// When three quarters of the time are over.
    pub warn_at: Timestamp,
    pub due_at: Timestamp,
}

/// The first words of a person since one was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstReply {
    /// How long the visitor waited for them.
    pub seconds: u32,
    /// Whether they came after their time.
    pub late: bool,
}
