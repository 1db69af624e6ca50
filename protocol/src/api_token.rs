//! Tokens with which programs act as an agent, and what each of them may.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde::{Deserialize, Serialize};

use crate::{ApiTokenId, Timestamp};

/// Something that a token allows, of what its agent may do anyway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Read conversations and what was said in them, notes too.
    Read,
    /// Write messages to visitors, and notes.
    Reply,
    /// Claim, release and resolve.
    Handoffs,
    /// Read what visitors are known by.
    Contacts,
}

impl Scope {
    /// Every scope, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Read, Self::Reply, Self::Handoffs, Self::Contacts];

    /// Its word in JSON, and in the record of changes.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Reply => "reply",
            Self::Handoffs => "handoffs",
            Self::Contacts => "contacts",
        }
    }
}

/// For how long a token is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lasts {
    Month,
    Quarter,
    Year,
    /// Until it is revoked.
    Always,
}

impl Lasts {
    /// Every choice, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Month, Self::Quarter, Self::Year, Self::Always];

    /// Days until it ends; none for never.
    pub const fn days(self) -> Option<i64> {
        match self {
            Self::Month => Some(30),
            Self::Quarter => Some(90),
            Self::Year => Some(365),
            Self::Always => None,
        }
    }
}

/// A token that an agent wants.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenForm {
    /// What it is for, in the agent's words.
    pub name: String,
    pub scopes: Vec<Scope>,
    pub lasts: Lasts,
    /// The agent's own: an open browser is not yet its owner.
    pub password: String,
}

/// A token as its agent sees it afterwards: never the whole of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenView {
    pub id: ApiTokenId,
    pub name: String,
    /// Its first characters.
    pub beginning: String,
    pub scopes: Vec<Scope>,
    pub created_at: Timestamp,
    /// To the minute; none before its first use.
    pub last_used_at: Option<Timestamp>,
    /// None until it is revoked.
    pub expires_at: Option<Timestamp>,
    /// Whether that is over.
    pub expired: bool,
}

// It holds a password.
impl fmt::Debug for TokenForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenForm")
    }
}
