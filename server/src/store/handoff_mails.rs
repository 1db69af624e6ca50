//! Which requests those who are away have not been told of by mail, and that they were.

use protocol::{AgentId, ConversationId, HandoffId, Timestamp, WorkspaceId};
use sea_orm::sea_query::{Expr, ExprTrait as _, LockType};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use uuid::Uuid;

use super::deliveries::{NewDelivery, enqueue};
use super::tables::agents;
use super::tables::handoffs::{Column, Entity};
use super::tables::words::{HandoffKind, Word as _};
use super::writer::{Stop, Unit};
use super::{Failed, Store, StoreError};

/// Requests taken at once; more come with the next look.
const AT_ONCE: u64 = 64;

/// A request that nobody was mailed about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unmailed {
    pub workspace: WorkspaceId,
    pub conversation: ConversationId,
    pub handoff: HandoffId,
    pub since: Timestamp,
}

/// Of those that wait, in the words of the index that holds the ones without a mail, the oldest first.
pub(super) fn unmailed_since(after: Timestamp) -> Select<Entity> {
    Entity::find()
        .filter(Column::State.into_expr().eq(HandoffKind::Pending.literal()))
        .filter(Column::MailedAt.is_null())
        .filter(Column::RequestedAt.gt(after.0))
        .order_by_asc(Column::RequestedAt)
}

impl Store {
    /// Requests that wait and nobody was mailed about, asked for after a time, the oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn unmailed(&self, after: Timestamp) -> Result<Vec<Unmailed>, StoreError> {
        let rows = unmailed_since(after)
            .select_only()
            .columns([Column::WorkspaceId, Column::ConversationId, Column::Id])
            .column(Column::RequestedAt)
            .limit(AT_ONCE)
            .into_tuple::<(Uuid, Uuid, Uuid, i64)>()
            .all(self.readers())
            .await?;
        let rows = rows.into_iter();
        Ok(rows
            .map(|(workspace, conversation, handoff, since)| Unmailed {
                workspace: WorkspaceId(workspace),
                conversation: ConversationId(conversation),
                handoff: HandoffId(handoff),
                since: Timestamp(since),
            })
            .collect())
    }

    /// Writes the mails of one request down, once; none when it was taken or ended meanwhile.
    ///
    /// # Errors
    /// [`Failed::Unavailable`].
    pub async fn mail_handoff(
        &self,
        handoff: HandoffId,
        mails: Vec<NewDelivery>,
        at: Timestamp,
    ) -> Result<(), Failed> {
        self.write(MailHandoff { handoff, mails, at }).await
    }

    /// The addresses of agents who may sign in.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn addresses(
        &self,
        workspace: WorkspaceId,
    ) -> Result<Vec<(AgentId, String)>, StoreError> {
        use agents::Column;
        let rows = agents::Entity::find()
            .select_only()
            .columns([Column::Id, Column::Email])
            .filter(Column::WorkspaceId.eq(workspace.0))
            .filter(Column::DisabledAt.is_null())
            .into_tuple::<(Uuid, String)>()
            .all(self.readers())
            .await?;
        let rows = rows.into_iter();
        Ok(rows.map(|(id, email)| (AgentId(id), email)).collect())
    }
}

struct MailHandoff {
    handoff: HandoffId,
    mails: Vec<NewDelivery>,
    at: Timestamp,
}

impl Unit for MailHandoff {
    type Done = ();
    const NAME: &'static str = "mail_handoff";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        // Locked, so that a claim comes before this or after it.
        let row = Entity::find_by_id(self.handoff.0)
            .select_only()
            .column(Column::Id)
            .filter(Column::State.eq(HandoffKind::Pending.word()))
            .filter(Column::MailedAt.is_null())
            .lock(LockType::NoKeyUpdate)
            .into_tuple::<Uuid>()
            .one(tx)
            .await?;
        if row.is_none() {
            return Ok(());
        }
        Entity::update_many()
            .col_expr(Column::MailedAt, Expr::value(self.at.0))
            .filter(Column::Id.eq(self.handoff.0))
            .exec(tx)
            .await?;
        for mail in &self.mails {
            enqueue(tx, mail).await?;
        }
        Ok(())
    }
}
