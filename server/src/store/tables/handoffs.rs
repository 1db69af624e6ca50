//! Rows of handoffs.

use domain::handoff::{Form, Holding, Waiting};
use domain::{Claim, Conversation, Handoff, HandoffState};
use protocol::card::{Offer, Snooze};
use protocol::rating::Rating;
use protocol::{AgentId, GroupId, HandoffId, LeadId, Timestamp};
use sea_orm::entity::prelude::*;
use sea_orm::{Set, sea_query};

use super::Reading;
use super::words::{FormKind, HandoffKind, Word};
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
    pub reason: String,
    pub declined_by: String,
    pub form: String,
    pub lead_id: Option<Uuid>,
    pub proposed_until: Option<i64>,
    pub pending_since: Option<i64>,
    pub offered_to: Option<Uuid>,
    pub offered_until: Option<i64>,
    pub group_id: Option<Uuid>,
    pub acknowledged: bool,
    pub lost_since: Option<i64>,
    pub warned_at: Option<i64>,
    pub missed_reason: Option<String>,
    pub snoozed: bool,
    pub snoozed_until: Option<i64>,
    pub woken_at: Option<i64>,
    pub participants: String,
    pub stars: Option<i64>,
    pub rating_comment: String,
    pub rated_at: Option<i64>,
    pub mailed_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(in crate::store) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Whether a handoff is open, in the words of the index that holds the open ones: what asks for some of
/// these reads none of all that ever were.
pub(in crate::store) fn is_open() -> sea_query::SimpleExpr {
    let open = [
        HandoffKind::Proposed,
        HandoffKind::Pending,
        HandoffKind::Active,
    ];
    let state = Expr::col((Entity, Column::State));
    sea_query::ExprTrait::is_in(state, open.map(Word::literal))
}

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
        let ended_at = || reading.some("ended_at", self.ended_at).map(Timestamp);
        let state = match reading.word("state", &self.state)? {
            HandoffKind::Proposed => HandoffState::Proposed {
                until: Timestamp(reading.some("proposed_until", self.proposed_until)?),
            },
            HandoffKind::Pending => HandoffState::Pending(self.waiting()?),
            HandoffKind::Active => HandoffState::Active(Holding {
                claim: self.claim()?,
                lost_since: self.lost_since.map(Timestamp),
                warned_at: self.warned_at.map(Timestamp),
                snooze: self.snoozed.then(|| Snooze {
                    until: self.snoozed_until.map(Timestamp),
                }),
                woken_at: self.woken_at.map(Timestamp),
            }),
            HandoffKind::Resolved => {
                let outcome = reading.some("outcome", self.outcome.as_deref())?;
                HandoffState::Resolved {
                    claim: self.claim()?,
                    outcome: reading.word("outcome", outcome)?,
                    at: ended_at()?,
                }
            }
            HandoffKind::Missed => {
                let reason = reading.some("missed_reason", self.missed_reason.as_deref())?;
                HandoffState::Missed {
                    reason: reading.word("missed_reason", reason)?,
                    at: ended_at()?,
                }
            }
            HandoffKind::Cancelled => HandoffState::Cancelled { at: ended_at()? },
        };
        Ok(Handoff {
            id: HandoffId(self.id),
            trigger: reading.word("trigger", &self.trigger)?,
            reason: self.reason.clone(),
            requested_at: Timestamp(self.requested_at),
            claims: reading.number("claims", self.claims)?,
            declined_by: reading.agents("declined_by", &self.declined_by)?,
            participants: reading.agents("participants", &self.participants)?,
            form: self.form()?,
            state,
            rating: self.rating()?,
        })
    }

    fn rating(&self) -> Result<Option<Rating>, StoreError> {
        let Some((stars, at)) = self.stars.zip(self.rated_at) else {
            return Ok(None);
        };
        Ok(Some(Rating {
            stars: self.reading().number("stars", stars)?,
            comment: self.rating_comment.clone(),
            at: Timestamp(at),
        }))
    }

    fn waiting(&self) -> Result<Waiting, StoreError> {
        let since = self.reading().some("pending_since", self.pending_since)?;
        let offer = self.offered_to.zip(self.offered_until);
        Ok(Waiting {
            since: Timestamp(since),
            offer: offer.map(|(agent, until)| Offer {
                agent: AgentId(agent),
                until: Timestamp(until),
            }),
            group: self.group_id.map(GroupId),
            acknowledged: self.acknowledged,
        })
    }

    fn form(&self) -> Result<Form, StoreError> {
        let lead = self.lead_id.map(LeadId);
        let some = || self.reading().some("lead_id", lead);
        Ok(match self.reading().word("form", &self.form)? {
            FormKind::NotAsked => Form::NotAsked,
            FormKind::Asked => Form::Asked { lead },
            FormKind::Kept => Form::Kept { lead: some()? },
            FormKind::Sent => Form::Sent { lead: some()? },
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
        HandoffState::Proposed { .. } => (HandoffKind::Proposed, None, None, None),
        HandoffState::Pending(_) => (HandoffKind::Pending, None, None, None),
        HandoffState::Active(holding) => (HandoffKind::Active, Some(&holding.claim), None, None),
        HandoffState::Resolved { claim, outcome, at } => (
            HandoffKind::Resolved,
            Some(claim),
            Some(*outcome),
            Some(*at),
        ),
        HandoffState::Missed { at, .. } => (HandoffKind::Missed, None, None, Some(*at)),
        HandoffState::Cancelled { at } => (HandoffKind::Cancelled, None, None, Some(*at)),
    };
    let waiting = handoff.waiting();
    let offer = waiting.and_then(|waiting| waiting.offer);
    let (proposed_until, missed_reason) = match &handoff.state {
        HandoffState::Proposed { until } => (Some(until.0), None),
        HandoffState::Missed { reason, .. } => (None, Some(reason.word().to_owned())),
        _ => (None, None),
    };
    let holding = match handoff.state {
        HandoffState::Active(holding) => Some(holding),
        _ => None,
    };
    let snooze = holding.and_then(|holding| holding.snooze);
    let form = match handoff.form {
        Form::NotAsked => FormKind::NotAsked,
        Form::Asked { .. } => FormKind::Asked,
        Form::Kept { .. } => FormKind::Kept,
        Form::Sent { .. } => FormKind::Sent,
    };
    let rating = handoff.rating.as_ref();
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
        reason: Set(handoff.reason.clone()),
        declined_by: Set(list_of(&handoff.declined_by)),
        form: Set(form.word().to_owned()),
        lead_id: Set(handoff.form.lead().map(|lead| lead.0)),
        proposed_until: Set(proposed_until),
        pending_since: Set(waiting.map(|waiting| waiting.since.0)),
        offered_to: Set(offer.map(|offer| offer.agent.0)),
        offered_until: Set(offer.map(|offer| offer.until.0)),
        group_id: Set(waiting
            .and_then(|waiting| waiting.group)
            .map(|group| group.0)),
        acknowledged: Set(waiting.is_some_and(|waiting| waiting.acknowledged)),
        lost_since: Set(holding
            .and_then(|holding| holding.lost_since)
            .map(|at| at.0)),
        warned_at: Set(holding.and_then(|holding| holding.warned_at).map(|at| at.0)),
        missed_reason: Set(missed_reason),
        snoozed: Set(snooze.is_some()),
        snoozed_until: Set(snooze.and_then(|snooze| snooze.until).map(|at| at.0)),
        woken_at: Set(holding.and_then(|holding| holding.woken_at).map(|at| at.0)),
        participants: Set(list_of(&handoff.participants)),
        stars: Set(rating.map(|rating| rating.stars.into())),
        rating_comment: Set(rating.map_or_else(String::new, |rating| rating.comment.clone())),
        rated_at: Set(rating.map(|rating| rating.at.0)),
        // Written by `store/handoff_mails.rs` alone, which is why it is none of those that change.
        mailed_at: Set(None),
    }
}

/// Agents as a list of JSON.
fn list_of(agents: &[AgentId]) -> String {
    let ids: Vec<Uuid> = agents.iter().map(|agent| agent.0).collect();
    serde_json::to_string(&ids).expect("ids are plain text")
}

/// The columns that change in the life of a handoff.
pub(in crate::store) const CHANGING: [Column; 28] = [
    Column::Newest,
    Column::State,
    Column::Claims,
    Column::ClaimedBy,
    Column::ClaimedAt,
    Column::Outcome,
    Column::EndedAt,
    Column::ListedAt,
    // An accepted proposal begins to wait when it is accepted.
    Column::RequestedAt,
    Column::DeclinedBy,
    Column::Form,
    Column::LeadId,
    Column::ProposedUntil,
    Column::PendingSince,
    Column::OfferedTo,
    Column::OfferedUntil,
    Column::GroupId,
    Column::Acknowledged,
    Column::LostSince,
    Column::WarnedAt,
    Column::MissedReason,
    Column::Snoozed,
    Column::SnoozedUntil,
    Column::WokenAt,
    Column::Participants,
    Column::Stars,
    Column::RatingComment,
    Column::RatedAt,
];
