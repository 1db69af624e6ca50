//! What leaves by mail, as those see it who look after it.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde::{Deserialize, Serialize};

use crate::{DeliveryId, Timestamp};

/// The page of what was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveriesView {
    /// The address that mail comes from; none where no mail leaves.
    pub from: Option<String>,
    /// Where a test would go to.
    pub me: String,
    /// The newest first.
    pub deliveries: Vec<DeliveryView>,
}

/// One mail on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryView {
    pub id: DeliveryId,
    pub kind: DeliveryKind,
    pub to: String,
    pub state: DeliveryState,
    pub created_at: Timestamp,
    /// How often it was tried.
    pub attempts: u32,
    /// The newest of them first.
    pub latest: Vec<AttemptView>,
}

/// What a mail tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryKind {
    /// Somebody is asked to join the team.
    Invite,
    /// Somebody forgot their password.
    Reset,
    /// A password was changed by such a link.
    PasswordChanged,
    /// Somebody waits for a person.
    Handoff,
    /// Whether mail leaves at all.
    Test,
}

/// Where a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// It is tried then.
    Waiting { due_at: Timestamp },
    /// The mail server took it.
    Sent { at: Timestamp },
    /// It is not tried again by itself.
    Failed { at: Timestamp },
    /// What it tells of was over before it left.
    Dropped { at: Timestamp },
}

/// One attempt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttemptView {
    pub at: Timestamp,
    /// None while it runs, and of one that was cut off.
    pub outcome: Option<Outcome>,
}

/// What an attempt came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The mail server took it.
    Accepted,
    /// It may be taken later. In the mail server's words, or the network's.
    Later { why: String },
    /// It will never be taken.
    Refused { why: String },
}

/// Asks for a link to choose a new password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForgotForm {
    pub email: String,
}

/// Whose password a link is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResetView {
    pub workspace: String,
    pub email: String,
}

/// A new password by a link.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResetForm {
    /// The secret of the link.
    pub token: String,
    pub password: String,
}

// Secrets must never reach a log.
impl fmt::Debug for ResetForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResetForm")
    }
}
