//! One episode of asking for a person: its states and the steps between them.

use protocol::card::{Offer, Snooze};
use protocol::entry::{MissedReason, Outcome, Trigger};
use protocol::rating::Rating;
use protocol::{AgentId, GroupId, HandoffId, LeadId, Refusal, Timestamp, limits};

/// One episode of asking for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handoff {
    pub id: HandoffId,
    pub trigger: Trigger,
    /// What set the trigger off; empty when the trigger says it all.
    pub reason: String,
    /// When a person was first asked for, or proposed.
    pub requested_at: Timestamp,
    /// How many claims there were, the present one included.
    pub claims: u32,
    /// Who passed it on, by hand or by letting an offer expire.
    pub declined_by: Vec<AgentId>,
    /// Who joined its holder, in that order; nobody unless it is active.
    pub participants: Vec<AgentId>,
    pub form: Form,
    pub state: HandoffState,
    /// How the visitor found it, once it was resolved.
    pub rating: Option<Rating>,
}

/// Where a handoff stands, with what that state needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HandoffState {
    /// The AI asked the visitor whether to fetch a person.
    Proposed {
        until: Timestamp,
    },
    Pending(Waiting),
    Active(Holding),
    Resolved {
        claim: Claim,
        outcome: Outcome,
        at: Timestamp,
    },
    /// Nobody took it. It can still be claimed.
    Missed {
        reason: MissedReason,
        at: Timestamp,
    },
    Cancelled {
        at: Timestamp,
    },
}

/// What a pending handoff waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// Since when it waits this time: its deadline counts from here, its place in the queue does not.
    pub since: Timestamp,
    /// Who is asked now; none when everybody may take it.
    pub offer: Option<Offer>,
    /// Routed to this group only.
    pub group: Option<GroupId>,
    /// The visitor was told that the message arrived.
    pub acknowledged: bool,
}

/// An agent's hold on an active handoff, and who of the two is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holding {
    pub claim: Claim,
    /// Since when the agent has no connection; none while they are there.
    pub lost_since: Option<Timestamp>,
    /// When the silent visitor was warned.
    pub warned_at: Option<Timestamp>,
    /// The agent put it aside.
    pub snooze: Option<Snooze>,
    /// When it last came back from being put aside: a silence counts from here.
    pub woken_at: Option<Timestamp>,
}

/// One agent's hold on a handoff.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// 1 for the first claim of its handoff.
    pub number: u32,
    pub agent: AgentId,
    pub at: Timestamp,
}

/// The details that the visitor may leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    NotAsked,
    /// The form is shown. A missed handoff has its lead all the same.
    Asked {
        lead: Option<LeadId>,
    },
    /// Missed, and nothing is asked: the lead is all there is.
    Kept {
        lead: LeadId,
    },
    Sent {
        lead: LeadId,
    },
}

impl Form {
    /// The lead that was made.
    pub fn lead(self) -> Option<LeadId> {
        match self {
            Self::NotAsked => None,
            Self::Asked { lead } => lead,
            Self::Kept { lead } | Self::Sent { lead } => Some(lead),
        }
    }
}

impl Waiting {
    /// It waits from now on, for everybody of the group.
    pub fn from(since: Timestamp, group: Option<GroupId>) -> Self {
        Self {
            since,
            offer: None,
            group,
            acknowledged: false,
        }
    }
}

impl Handoff {
    /// A handoff that begins in this state.
    pub fn begin(
        id: HandoffId,
        trigger: Trigger,
        reason: String,
        state: HandoffState,
        now: Timestamp,
    ) -> Self {
        Self {
            id,
            trigger,
            reason,
            requested_at: now,
            claims: 0,
            declined_by: Vec::new(),
            participants: Vec::new(),
            form: Form::NotAsked,
            state,
            rating: None,
        }
    }

    /// Since when the visitor waits. Starts once: neither a claim nor a release resets it.
    pub fn waiting_since(&self) -> Timestamp {
        self.requested_at
    }

    /// Whether it is proposed, pending or active: no other may begin meanwhile.
    pub fn is_open(&self) -> bool {
        match self.state {
            HandoffState::Proposed { .. } | HandoffState::Pending(_) | HandoffState::Active(_) => {
                true
            }
            HandoffState::Resolved { .. }
            | HandoffState::Missed { .. }
            | HandoffState::Cancelled { .. } => false,
        }
    }

    /// The claim that is open now.
    pub fn claim(&self) -> Option<Claim> {
        match self.state {
            HandoffState::Active(holding) => Some(holding.claim),
            _ => None,
        }
    }

    /// What a pending one waits for.
    pub fn waiting(&self) -> Option<Waiting> {
        match self.state {
            HandoffState::Pending(waiting) => Some(waiting),
            _ => None,
        }
    }

    /// An agent takes it: proposed, pending or missed → active.
    ///
    /// # Errors
    /// [`Refusal::HandoffOver`] when it is held or over.
    pub fn claimed(self, agent: AgentId, now: Timestamp) -> Result<Self, Refusal> {
        match self.state {
            HandoffState::Proposed { .. }
            | HandoffState::Pending(_)
            | HandoffState::Missed { .. } => {
                let number = self.claims + 1;
                let claim = Claim {
                    number,
                    agent,
                    at: now,
                };
                Ok(Self {
                    claims: number,
                    state: HandoffState::Active(Holding {
                        claim,
                        lost_since: None,
                        warned_at: None,
                        snooze: None,
                        woken_at: None,
                    }),
                    ..self
                })
            }
            HandoffState::Active(_)
            | HandoffState::Resolved { .. }
            | HandoffState::Cancelled { .. } => Err(Refusal::HandoffOver),
        }
    }

    /// The holder gives it back and the visitor waits again: active → pending. Routing does not ask
    /// them again.
    ///
    /// # Errors
    /// [`Refusal::NotHeld`] unless it is active.
    pub fn released(mut self, group: Option<GroupId>, now: Timestamp) -> Result<Self, Refusal> {
        if let Some(claim) = self.claim() {
            self.declined_by.retain(|agent| *agent != claim.agent);
            self.declined_by.push(claim.agent);
        }
        self.lost(group, now)
    }

    /// The holder is gone and the visitor waits again: active → pending. Who comes back may be asked
    /// like anybody else.
    ///
    /// # Errors
    /// [`Refusal::NotHeld`] unless it is active.
    pub fn lost(mut self, group: Option<GroupId>, now: Timestamp) -> Result<Self, Refusal> {
        let HandoffState::Active(_) = self.state else {
            return Err(Refusal::NotHeld);
        };
        self.participants.clear();
        self.state = HandoffState::Pending(Waiting::from(now, group));
        Ok(self)
    }

    /// It ends: active → resolved.
    ///
    /// # Errors
    /// [`Refusal::NotHeld`] unless it is active.
    pub fn resolved(self, outcome: Outcome, now: Timestamp) -> Result<Self, Refusal> {
        match self.state {
            HandoffState::Active(Holding { claim, .. }) => Ok(Self {
                state: HandoffState::Resolved {
                    claim,
                    outcome,
                    at: now,
                },
                participants: Vec::new(),
                ..self
            }),
            _ => Err(Refusal::NotHeld),
        }
    }

    /// The visitor goes on with the AI: proposed or pending → cancelled. One with a lead is missed
    /// for this reason instead: the answer is still owed, and somebody may still take it.
    ///
    /// # Errors
    /// [`Refusal::NotWaiting`] in every other state.
    pub fn cancelled(self, owed: MissedReason, now: Timestamp) -> Result<Self, Refusal> {
        let state = match (self.state, self.form.lead()) {
            (HandoffState::Pending(_), Some(_)) => HandoffState::Missed {
                reason: owed,
                at: now,
            },
            (HandoffState::Proposed { .. } | HandoffState::Pending(_), _) => {
                HandoffState::Cancelled { at: now }
            }
            _ => return Err(Refusal::NotWaiting),
        };
        Ok(Self { state, ..self })
    }

    /// Nobody took it: pending → missed.
    ///
    /// # Errors
    /// [`Refusal::NotPending`] unless it is pending.
    pub fn missed(self, reason: MissedReason, now: Timestamp) -> Result<Self, Refusal> {
        match self.state {
            HandoffState::Pending(_) => Ok(Self {
                state: HandoffState::Missed { reason, at: now },
                ..self
            }),
            _ => Err(Refusal::NotPending),
        }
    }

    /// An agent joins the holder. Joining again, or as the holder, changes nothing.
    ///
    /// # Errors
    /// [`Refusal::NotHeld`] unless it is active, [`Refusal::TooManyParticipants`] when there is no room.
    pub fn joined(mut self, agent: AgentId) -> Result<Self, Refusal> {
        let claim = self.claim().ok_or(Refusal::NotHeld)?;
        if claim.agent == agent || self.participants.contains(&agent) {
            return Ok(self);
        }
        if self.participants.len() >= limits::PARTICIPANTS {
            return Err(Refusal::TooManyParticipants {
                limit: limits::PARTICIPANTS as u32,
            });
        }
        self.participants.push(agent);
        Ok(self)
    }

    /// A participant leaves the holder alone. Nothing changes for anybody else.
    pub fn left(mut self, agent: AgentId) -> Self {
        self.participants
            .retain(|participant| *participant != agent);
        self
    }

    /// Whether this agent may answer: as the holder, or as who joined them.
    pub fn is_answered_by(&self, agent: AgentId) -> bool {
        self.claim().is_some_and(|claim| claim.agent == agent) || self.participants.contains(&agent)
    }

    /// The offer is taken back; whoever was asked may be asked again. Nothing else changes.
    pub fn withdrawn(mut self) -> Self {
        if let HandoffState::Pending(waiting) = &mut self.state {
            waiting.offer = None;
        }
        self
    }

    /// An agent passes it on, and is not asked again. An offer to them ends.
    ///
    /// # Errors
    /// [`Refusal::NotPending`] unless it is pending.
    pub fn declined(mut self, agent: AgentId) -> Result<Self, Refusal> {
        let HandoffState::Pending(mut waiting) = self.state else {
            return Err(Refusal::NotPending);
        };
        if waiting.offer.is_some_and(|offer| offer.agent == agent) {
            waiting.offer = None;
        }
        self.state = HandoffState::Pending(waiting);
        if !self.declined_by.contains(&agent) {
            self.declined_by.push(agent);
        }
        Ok(self)
    }
}
