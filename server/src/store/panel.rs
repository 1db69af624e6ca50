//! What stands beside a conversation: earlier visits, other conversations, past handoffs.

use domain::{Conversation, HandoffState};
use protocol::contact::{CameTo, PastHandoff, Visits};
use protocol::{ConversationId, Timestamp, VisitorId, WorkspaceId, limits};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

use super::pad::pad;
use super::tables::{conversations, handoffs, sessions};
use super::{Store, StoreError};

impl Store {
    /// How often these visitors were here, who are one contact; none while they never were.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn past_visits(
        &self,
        workspace: WorkspaceId,
        visitors: &[VisitorId],
    ) -> Result<Option<Visits>, StoreError> {
        use sessions::{Column, Entity};
        let ids = pad(visitors.iter().map(|id| id.0).collect());
        let all = Entity::find()
            .filter(Column::WorkspaceId.eq(workspace.0))
            .filter(Column::VisitorId.is_in(ids))
            .order_by_desc(Column::FirstSeenAt)
            .order_by_desc(Column::Id);
        let count = all.clone().count(self.readers()).await?;
        let newest = all.limit(2).all(self.readers()).await?;
        let mut newest = newest.into_iter().map(|row| self.visit_row(row));
        let Some(last) = newest.next() else {
            return Ok(None);
        };
        Ok(Some(Visits {
            count: u32::try_from(count).unwrap_or(u32::MAX),
            until: last.last_seen_at,
            before: newest.next().map(|visit| visit.last_seen_at),
        }))
    }

    /// Some conversations, those first that were written in last.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn newest_of(
        &self,
        workspace: WorkspaceId,
        ids: Vec<ConversationId>,
    ) -> Result<Vec<Conversation>, StoreError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let ids = pad(ids.into_iter().map(|id| id.0).collect());
        let query = conversations::whole()
            .filter(conversations::Column::Id.is_in(ids))
            .filter(conversations::Column::WorkspaceId.eq(workspace.0));
        let mut found = conversations::read(self.readers(), query).await?;
        let last = |one: &Conversation| one.last.as_ref().map_or(one.created_at, |last| last.at);
        found.sort_by_key(|one| std::cmp::Reverse((last(one), one.id)));
        Ok(found)
    }

    /// The handoffs of a conversation, the newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn past_handoffs(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
    ) -> Result<Vec<PastHandoff>, StoreError> {
        use handoffs::{Column, Entity};
        let rows = Entity::find()
            .filter(Column::ConversationId.eq(conversation.0))
            .filter(Column::WorkspaceId.eq(workspace.0))
            .order_by_desc(Column::RequestedAt)
            .order_by_desc(Column::Id)
            .limit(limits::ELSEWHERE as u64)
            .all(self.readers())
            .await?;
        rows.iter().map(past_handoff).collect()
    }
}

fn past_handoff(row: &handoffs::Model) -> Result<PastHandoff, StoreError> {
    let handoff = row.handoff()?;
    let came_to = match handoff.state {
        HandoffState::Proposed { .. } | HandoffState::Pending(_) | HandoffState::Active(_) => {
            CameTo::Open
        }
        HandoffState::Resolved { claim, outcome, .. } => CameTo::Resolved {
            agent: claim.agent,
            outcome,
        },
        HandoffState::Missed { reason, .. } => CameTo::Missed(reason),
        HandoffState::Cancelled { .. } => CameTo::Cancelled,
    };
    Ok(PastHandoff {
        handoff: handoff.id,
        trigger: handoff.trigger,
        at: Timestamp(row.requested_at),
        came_to,
        stars: handoff.rating.map(|rating| rating.stars),
    })
}
