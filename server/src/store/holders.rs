//! Chats whose holder has left them, or may not see them any more.

use std::time::Duration;

use protocol::person::Availability;
use protocol::{AgentId, ConversationId, Timestamp};
use sea_orm::sea_query::{Cond, Expr, ExprTrait as _, Query};
use sea_orm::{ColumnTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, Select};
use uuid::Uuid;

use super::load::with_assigned;
use super::tables::words::{HandoffKind, Word};
use super::tables::{agent_chatbots, agents, handoffs};
use super::timers::AT_ONCE;
use super::{Store, StoreError};

/// A chat and who holds it.
pub(super) type Held = (ConversationId, AgentId);

impl Store {
    /// Chats whose holder is gone for longer than the grace or chose to be offline, and of which that
    /// is not known yet.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn lost(&self, now: Timestamp, grace: Duration) -> Result<Vec<Held>, StoreError> {
        use agents::Column;
        let left = Cond::any()
            .add(Column::GoneSince.lte(now.before(grace).0))
            .add(Column::Chosen.eq(Availability::Offline.word()));
        let rows = held()
            .filter(handoffs::Column::LostSince.is_null())
            .filter(left)
            .limit(AT_ONCE)
            .into_tuple::<(Uuid, Uuid)>()
            .all(self.readers())
            .await?;
        Ok(rows.into_iter().map(named).collect())
    }

    /// Chats whose holder's working hours ended, and of which that is not known yet. Their number is
    /// bounded by what agents may hold.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn off_hours(&self, now: Timestamp) -> Result<Vec<Held>, StoreError> {
        use handoffs::Column;
        let rows = held()
            .column(Column::ClaimedAt)
            .filter(Column::LostSince.is_null())
            .filter(agents::Column::Hours.is_not_null())
            .into_tuple::<(Uuid, Uuid, Option<i64>)>()
            .all(self.readers())
            .await?;
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let holders = agents::Entity::find()
            .filter(agents::Column::Hours.is_not_null())
            .all(self.readers())
            .await?;
        let holders = with_assigned(self.readers(), holders).await?;
        let left = rows.into_iter().filter(|(_, agent, claimed_at)| {
            let claimed_at = Timestamp(claimed_at.unwrap_or_default());
            let holder = holders.iter().find(|holder| holder.id.0 == *agent);
            holder.is_some_and(|holder| holder.has_left(claimed_at, now))
        });
        let left = left.map(|(conversation, agent, _)| named((conversation, agent)));
        Ok(left.collect())
    }

    /// Chats whose holder is not assigned to their chatbot, or not on the team any more.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn strays(&self) -> Result<Vec<Held>, StoreError> {
        use agents::Column;
        let assignment = Query::select()
            .expr(Expr::val(1))
            .from(agent_chatbots::Entity)
            .and_where(
                Expr::col((agent_chatbots::Entity, agent_chatbots::Column::AgentId))
                    .equals((agents::Entity, Column::Id)),
            )
            .and_where(
                Expr::col((agent_chatbots::Entity, agent_chatbots::Column::ChatbotId))
                    .equals((handoffs::Entity, handoffs::Column::ChatbotId)),
            )
            .take();
        let unassigned = Cond::all()
            .add(Column::AllChatbots.eq(false))
            .add(Expr::exists(assignment).not());
        let rows = held()
            .filter(
                Cond::any()
                    .add(Column::DisabledAt.is_not_null())
                    .add(unassigned),
            )
            .limit(AT_ONCE)
            .into_tuple::<(Uuid, Uuid)>()
            .all(self.readers())
            .await?;
        Ok(rows.into_iter().map(named).collect())
    }
}

/// Active handoffs with their holders.
pub(super) fn held() -> Select<handoffs::Entity> {
    use handoffs::{Column, Entity};
    let holder = Entity::belongs_to(agents::Entity)
        .from(Column::ClaimedBy)
        .to(agents::Column::Id);
    Entity::find()
        .select_only()
        .column(Column::ConversationId)
        .column(Column::ClaimedBy)
        .join(JoinType::InnerJoin, holder.into())
        .filter(handoffs::is_open())
        .filter(Column::State.eq(HandoffKind::Active.word()))
}

fn named((conversation, agent): (Uuid, Uuid)) -> Held {
    (ConversationId(conversation), AgentId(agent))
}
