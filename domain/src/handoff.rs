//! One episode of asking for a person: its states and the steps between them.

use protocol::entry::{Outcome, Trigger};
use protocol::{AgentId, HandoffId, Refusal, Timestamp};

/// One episode of asking for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handoff {
    pub id: HandoffId,
    pub trigger: Trigger,
    pub requested_at: Timestamp,
    /// How many claims there were, the present one included.
    pub claims: u32,
    pub state: HandoffState,
}

/// Where a handoff stands, with what that state needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HandoffState {
    Pending,
    Active(Claim),
    Resolved {
        claim: Claim,
        outcome: Outcome,
        at: Timestamp,
    },
    Cancelled {
        at: Timestamp,
    },
}

/// One agent's hold on a handoff.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// 1 for the first claim of its handoff.
    pub number: u32,
    pub agent: AgentId,
    pub at: Timestamp,
}

impl Handoff {
    /// A person is asked for now.
    pub fn request(id: HandoffId, trigger: Trigger, now: Timestamp) -> Self {
        Self {
            id,
            trigger,
            requested_at: now,
            claims: 0,
            state: HandoffState::Pending,
        }
    }

    /// Since when the visitor waits. Starts once: neither a claim nor a release resets it.
    pub fn waiting_since(&self) -> Timestamp {
        self.requested_at
    }

    /// Whether it is pending or active.
    pub fn is_open(&self) -> bool {
        match self.state {
            HandoffState::Pending | HandoffState::Active(_) => true,
            HandoffState::Resolved { .. } | HandoffState::Cancelled { .. } => false,
        }
    }

    /// The claim that is open now.
    pub fn claim(&self) -> Option<Claim> {
        match self.state {
            HandoffState::Active(claim) => Some(claim),
            HandoffState::Pending
            | HandoffState::Resolved { .. }
            | HandoffState::Cancelled { .. } => None,
        }
    }

    /// An agent takes it: pending → active.
    ///
    /// # Errors
    /// [`Refusal::HandoffOver`] unless it is pending.
    pub fn claimed(self, agent: AgentId, now: Timestamp) -> Result<Self, Refusal> {
        match self.state {
            HandoffState::Pending => {
                let number = self.claims + 1;
                let claim = Claim {
                    number,
                    agent,
                    at: now,
                };
                Ok(Self {
                    claims: number,
                    state: HandoffState::Active(claim),
                    ..self
                })
            }
            HandoffState::Active(_)
            | HandoffState::Resolved { .. }
            | HandoffState::Cancelled { .. } => Err(Refusal::HandoffOver),
        }
    }

    /// The claim is given back: active → pending.
    ///
    /// # Errors
    /// [`Refusal::NotHeld`] unless it is active.
    pub fn released(self) -> Result<Self, Refusal> {
        match self.state {
            HandoffState::Active(_) => Ok(Self {
                state: HandoffState::Pending,
                ..self
            }),
            HandoffState::Pending
            | HandoffState::Resolved { .. }
            | HandoffState::Cancelled { .. } => Err(Refusal::NotHeld),
        }
    }

    /// It ends: active → resolved.
    ///
    /// # Errors
    /// [`Refusal::NotHeld`] unless it is active.
    pub fn resolved(self, outcome: Outcome, now: Timestamp) -> Result<Self, Refusal> {
        match self.state {
            HandoffState::Active(claim) => Ok(Self {
                state: HandoffState::Resolved {
                    claim,
                    outcome,
                    at: now,
                },
                ..self
            }),
            HandoffState::Pending
            | HandoffState::Resolved { .. }
            | HandoffState::Cancelled { .. } => Err(Refusal::NotHeld),
        }
    }

    /// The visitor goes on with the AI: pending → cancelled.
    ///
    /// # Errors
    /// [`Refusal::NotWaiting`] unless it is pending.
    pub fn cancelled(self, now: Timestamp) -> Result<Self, Refusal> {
        match self.state {
            HandoffState::Pending => Ok(Self {
                state: HandoffState::Cancelled { at: now },
                ..self
            }),
            HandoffState::Active(_)
            | HandoffState::Resolved { .. }
            | HandoffState::Cancelled { .. } => Err(Refusal::NotWaiting),
        }
    }
}
