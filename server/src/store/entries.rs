//! The lines of a conversation, in pages; and the same for visitors, who get public rows only.

use domain::Entry;
use protocol::{AgentId, ConversationId, PublicSeq, Seq, WorkspaceId};

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

use super::tables::entries::{Column, Entity};
use super::tables::row_number;
use super::tables::words::{AuthorKind, Word as _};
use super::{Store, StoreError};

impl Store {
    /// The entries that follow one, oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn entries_after(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
        after: Seq,
        limit: usize,
    ) -> Result<Vec<Entry>, StoreError> {
        let page = of(workspace, conversation).filter(Column::Seq.gt(row_number(after.0)));
        self.forwards(page, Column::Seq, limit).await
    }

    /// The newest entries, oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn newest_entries(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
        limit: usize,
    ) -> Result<Vec<Entry>, StoreError> {
        let page = of(workspace, conversation);
        self.backwards(page, Column::Seq, limit).await
    }

    /// The entries right before one, oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn entries_before(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
        before: Seq,
        limit: usize,
    ) -> Result<Vec<Entry>, StoreError> {
        let page = of(workspace, conversation).filter(Column::Seq.lt(row_number(before.0)));
        self.backwards(page, Column::Seq, limit).await
    }

    /// Everything that was written in a workspace after an entry, in the order in which it was written, with
    /// the number of each. On PostgreSQL what commits later may have an earlier number.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn entries_written(
        &self,
        workspace: WorkspaceId,
        after: i64,
        limit: u64,
    ) -> Result<Vec<(i64, Entry)>, StoreError> {
        let rows = Entity::find()
            .filter(Column::WorkspaceId.eq(workspace.0))
            .filter(Column::Id.gt(after))
            .order_by_asc(Column::Id)
            .limit(limit)
            .all(self.readers())
            .await?;
        let entries = rows.into_iter();
        let entries = entries.map(|row| Ok((row.id, Entry::try_from(row)?)));
        entries.collect()
    }

    /// The agents who wrote what the visitor may see.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn public_writers(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
    ) -> Result<Vec<AgentId>, StoreError> {
        let found = of(workspace, conversation)
            .filter(Column::PublicSeq.is_not_null())
            .filter(Column::AuthorKind.eq(AuthorKind::Agent.word()))
            .filter(Column::AuthorId.is_not_null())
            .select_only()
            .column(Column::AuthorId)
            .distinct()
            .into_tuple::<Uuid>()
            .all(self.readers())
            .await?;
        Ok(found.into_iter().map(AgentId).collect())
    }

    /// What the visitor may see after one entry, oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn public_entries_after(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
        after: PublicSeq,
        limit: usize,
    ) -> Result<Vec<Entry>, StoreError> {
        let page = of(workspace, conversation).filter(Column::PublicSeq.gt(row_number(after.0)));
        self.forwards(page, Column::PublicSeq, limit).await
    }

    /// The newest entries that the visitor may see, oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn newest_public_entries(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
        limit: usize,
    ) -> Result<Vec<Entry>, StoreError> {
        let page = of(workspace, conversation).filter(Column::PublicSeq.is_not_null());
        self.backwards(page, Column::PublicSeq, limit).await
    }

    /// What the visitor may see right before one entry, oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn public_entries_before(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
        before: PublicSeq,
        limit: usize,
    ) -> Result<Vec<Entry>, StoreError> {
        let page = of(workspace, conversation).filter(Column::PublicSeq.lt(row_number(before.0)));
        self.backwards(page, Column::PublicSeq, limit).await
    }

    async fn forwards(
        &self,
        page: Select<Entity>,
        number: Column,
        limit: usize,
    ) -> Result<Vec<Entry>, StoreError> {
        let page = page.order_by_asc(number).limit(limit as u64);
        let rows = page.all(self.readers()).await?;
        rows.into_iter().map(Entry::try_from).collect()
    }

    async fn backwards(
        &self,
        page: Select<Entity>,
        number: Column,
        limit: usize,
    ) -> Result<Vec<Entry>, StoreError> {
        let page = page.order_by_desc(number).limit(limit as u64);
        let rows = page.all(self.readers()).await?;
        rows.into_iter().rev().map(Entry::try_from).collect()
    }
}

fn of(workspace: WorkspaceId, conversation: ConversationId) -> Select<Entity> {
    Entity::find()
        .filter(Column::ConversationId.eq(conversation.0))
        .filter(Column::WorkspaceId.eq(workspace.0))
}
