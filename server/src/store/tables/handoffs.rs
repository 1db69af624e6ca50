//! Rows of handoffs.

use domain::{Claim, Conversation, Handoff, HandoffState};
use protocol::{AgentId, HandoffId, Timestamp};
use sea_orm::Set;
use sea_orm::entity::prelude::*;

use super::Reading;
use super::words::{HandoffKind, Word};
use crate::store::StoreError;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "handoffs")]
pub(in crate::store) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub workspace_id: Uuid,
    pub conversation_id: Uuid,
    pub chatbot_id: Uuid,
    pub newest: bool,
    pub trigger: String,
    pub requested_at: i64,
    pub state: String,
    pub claims: i64,
    pub claimed_by: Option<Uuid>,
    pub claimed_at: Option<i64>,
    pub outcome: Option<String>,
    pub ended_at: Option<i64>,
    pub listed_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(in crate::store) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Reads this row.
    pub(in crate::store) fn reading(&self) -> Reading {
        Reading {
            table: "handoffs",
            id: self.id,
        }
    }

    /// The handoff as the rules see one.
    pub(in crate::store) fn handoff(&self) -> Result<Handoff, StoreError> {
        let reading = self.reading();
        let state = match reading.word("state", &self.state)? {
            HandoffKind::Pending => HandoffState::Pending,
            HandoffKind::Active => HandoffState::Active(self.claim()?),
            HandoffKind::Resolved => {
                let outcome = reading.some("outcome", self.outcome.as_deref())?;
                HandoffState::Resolved {
                    claim: self.claim()?,
                    outcome: reading.word("outcome", outcome)?,
                    at: Timestamp(reading.some("ended_at", self.ended_at)?),
                }
            }
            HandoffKind::Cancelled => HandoffState::Cancelled {
                at: Timestamp(reading.some("ended_at", self.ended_at)?),
            },
        };
        Ok(Handoff {
            id: HandoffId(self.id),
            trigger: reading.word("trigger", &self.trigger)?,
            requested_at: Timestamp(self.requested_at),
            claims: reading.number("claims", self.claims)?,
            state,
        })
    }

    /// The claim that is open, or was when the handoff ended: always its last.
    fn claim(&self) -> Result<Claim, StoreError> {
        let reading = self.reading();
        Ok(Claim {
            number: reading.number("claims", self.claims)?,
            agent: AgentId(reading.some("claimed_by", self.claimed_by)?),
            at: Timestamp(reading.some("claimed_at", self.claimed_at)?),
        })
    }
}

/// A handoff of this conversation as its row.
pub(in crate::store) fn row(
    conversation: &Conversation,
    handoff: &Handoff,
    newest: bool,
) -> ActiveModel {
    let (kind, claim, outcome, ended_at) = match &handoff.state {
        HandoffState::Pending => (HandoffKind::Pending, None, None, None),
        HandoffState::Active(claim) => (HandoffKind::Active, Some(claim), None, None),
        HandoffState::Resolved { claim, outcome, at } => (
            HandoffKind::Resolved,
            Some(claim),
            Some(*outcome),
            Some(*at),
        ),
        HandoffState::Cancelled { at } => (HandoffKind::Cancelled, None, None, Some(*at)),
    };
    // As CardState::sorts_by has it, because pages go on from there.
    let listed_at = ended_at
        .or(claim.map(|claim| claim.at))
        .unwrap_or_else(|| handoff.waiting_since());
    ActiveModel {
        id: Set(handoff.id.0),
        workspace_id: Set(conversation.workspace.0),
        conversation_id: Set(conversation.id.0),
        chatbot_id: Set(conversation.chatbot.0),
        newest: Set(newest),
        trigger: Set(handoff.trigger.word().to_owned()),
        requested_at: Set(handoff.requested_at.0),
        state: Set(kind.word().to_owned()),
        claims: Set(handoff.claims.into()),
        claimed_by: Set(claim.map(|claim| claim.agent.0)),
        claimed_at: Set(claim.map(|claim| claim.at.0)),
        outcome: Set(outcome.map(|outcome| outcome.word().to_owned())),
        ended_at: Set(ended_at.map(|at| at.0)),
        listed_at: Set(listed_at.0),
    }
}

/// The columns that change in the life of a handoff.
pub(in crate::store) const CHANGING: [Column; 8] = [
    Column::Newest,
    Column::State,
    Column::Claims,
    Column::ClaimedBy,
    Column::ClaimedAt,
    Column::Outcome,
    Column::EndedAt,
    Column::ListedAt,
];
