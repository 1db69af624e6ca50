//! What time changes: conversations whose time has come, and requests that look for an agent.

use std::time::Duration;

use protocol::card::Cursor;
use protocol::{ChatbotId, ConversationId, GroupId, Timestamp, WorkspaceId};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::tables::words::{HandoffKind, Word};
use super::tables::{agents, conversations, handoffs};
use super::{Store, StoreError};

/// Rows taken at once; more come with the next look.
pub(super) const AT_ONCE: u64 = 256;

/// The states of open handoffs.
const OPEN: [HandoffKind; 3] = [
    HandoffKind::Proposed,
    HandoffKind::Pending,
    HandoffKind::Active,
];

/// A pending handoff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub conversation: ConversationId,
    pub wants: Wants,
    /// Somebody is asked to take it.
    pub offered: bool,
    /// Where the next page begins.
    pub place: Cursor,
}

/// Who may take a pending handoff, as far as it does not change with the team: of two that want
/// the same, both find somebody or neither does.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Wants {
    pub chatbot: ChatbotId,
    pub group: Option<GroupId>,
    /// Who passed it on, as it is kept.
    declined_by: String,
}

impl Store {
    /// Conversations whose time has come, the longest due first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn due(&self, now: Timestamp) -> Result<Vec<ConversationId>, StoreError> {
        use conversations::{Column, Entity};
        let ids = Entity::find()
            .select_only()
            .column(Column::Id)
            .filter(Column::DueAt.is_not_null())
            .filter(Column::DueAt.lte(now.0))
            .order_by_asc(Column::DueAt)
            .limit(AT_ONCE)
            .into_tuple::<Uuid>()
            .all(self.readers())
            .await?;
        Ok(ids.into_iter().map(ConversationId).collect())
    }

    /// When the next conversation's time comes, or the grace of the next agent who left ends.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn next_due(
        &self,
        now: Timestamp,
        grace: Duration,
    ) -> Result<Option<Timestamp>, StoreError> {
        use conversations::{Column, Entity};
        let due = Entity::find()
            .select_only()
            .column(Column::DueAt)
            .filter(Column::DueAt.is_not_null())
            .order_by_asc(Column::DueAt)
            .limit(1)
            .into_tuple::<Option<i64>>()
            .one(self.readers())
            .await?;
        let left_after = now.before(grace);
        let gone = agents::Entity::find()
            .select_only()
            .column(agents::Column::GoneSince)
            .filter(agents::Column::GoneSince.gt(left_after.0))
            .order_by_asc(agents::Column::GoneSince)
            .limit(1)
            .into_tuple::<Option<i64>>()
            .one(self.readers())
            .await?;
        let due = due.flatten().map(Timestamp);
        let gone = gone.flatten().map(|since| Timestamp(since).after(grace));
        Ok(due.into_iter().chain(gone).min())
    }

    /// Whether the grace of somebody who left ended between two looks.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn left_for_good(
        &self,
        last: Timestamp,
        now: Timestamp,
        grace: Duration,
    ) -> Result<bool, StoreError> {
        use agents::{Column, Entity};
        let one = Entity::find()
            .select_only()
            .column(Column::Id)
            .filter(Column::GoneSince.gt(last.before(grace).0))
            .filter(Column::GoneSince.lte(now.before(grace).0))
            .limit(1)
            .into_tuple::<Uuid>()
            .one(self.readers())
            .await?;
        Ok(one.is_some())
    }

    /// The workspaces in which somebody waits.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn waited_in(&self) -> Result<Vec<WorkspaceId>, StoreError> {
        use handoffs::{Column, Entity};
        let ids = Entity::find()
            .select_only()
            .column(Column::WorkspaceId)
            .distinct()
            .filter(handoffs::is_open())
            .filter(Column::State.eq(HandoffKind::Pending.word()))
            .into_tuple::<Uuid>()
            .all(self.readers())
            .await?;
        Ok(ids.into_iter().map(WorkspaceId).collect())
    }

    /// The workspaces in which a handoff is open.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn open_in(&self) -> Result<Vec<WorkspaceId>, StoreError> {
        use handoffs::{Column, Entity};
        let ids = Entity::find()
            .select_only()
            .column(Column::WorkspaceId)
            .distinct()
            .filter(Column::Newest.into_expr())
            .filter(Column::State.is_in(OPEN.map(|kind| kind.word())))
            .into_tuple::<Uuid>()
            .all(self.readers())
            .await?;
        Ok(ids.into_iter().map(WorkspaceId).collect())
    }

    /// The conversations of a workspace with an open handoff, by their ids, from behind one of them.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn open_after(
        &self,
        workspace: WorkspaceId,
        after: Option<ConversationId>,
        limit: u64,
    ) -> Result<Vec<ConversationId>, StoreError> {
        use handoffs::{Column, Entity};
        let mut rows = Entity::find()
            .select_only()
            .column(Column::ConversationId)
            .filter(Column::Newest.into_expr())
            .filter(Column::WorkspaceId.eq(workspace.0))
            .filter(Column::State.is_in(OPEN.map(|kind| kind.word())))
            .order_by_asc(Column::ConversationId)
            .limit(limit);
        if let Some(after) = after {
            rows = rows.filter(Column::ConversationId.gt(after.0));
        }
        let ids = rows.into_tuple::<Uuid>().all(self.readers()).await?;
        Ok(ids.into_iter().map(ConversationId).collect())
    }

    /// A page of the pending handoffs of a workspace, the longest waiting first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn pending(
        &self,
        workspace: WorkspaceId,
        after: Option<Cursor>,
    ) -> Result<Vec<Request>, StoreError> {
        use handoffs::{Column, Entity};
        let mut page = Entity::find()
            .select_only()
            .column(Column::ConversationId)
            .column(Column::ChatbotId)
            .column(Column::GroupId)
            .column(Column::DeclinedBy)
            .column(Column::OfferedTo)
            .column(Column::ListedAt)
            .filter(Column::Newest.into_expr())
            .filter(Column::WorkspaceId.eq(workspace.0))
            .filter(Column::State.eq(HandoffKind::Pending.word()))
            .order_by_asc(Column::ListedAt)
            .order_by_asc(Column::ConversationId)
            .limit(AT_ONCE);
        if let Some(Cursor { at, conversation }) = after {
            let here = [Column::ListedAt, Column::ConversationId].map(ColumnTrait::into_expr);
            let there = Expr::tuple([at.0.into(), conversation.0.into()]);
            page = page.filter(Expr::tuple(here.map(Into::into)).gt(there));
        }
        let rows = page
            .into_tuple::<(Uuid, Uuid, Option<Uuid>, String, Option<Uuid>, i64)>()
            .all(self.readers())
            .await?;
        let rows =
            rows.into_iter()
                .map(|(conversation, chatbot, group, declined_by, offered, at)| {
                    let conversation = ConversationId(conversation);
                    Request {
                        conversation,
                        wants: Wants {
                            chatbot: ChatbotId(chatbot),
                            group: group.map(GroupId),
                            declined_by,
                        },
                        offered: offered.is_some(),
                        place: Cursor {
                            at: Timestamp(at),
                            conversation,
                        },
                    }
                });
        Ok(rows.collect())
    }
}
