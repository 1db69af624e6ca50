//! What was erased: the page of it, and the files whose objects still have to go.

use protocol::erasure::ErasureView;
use protocol::{AttachmentId, ErasureId, Timestamp, WorkspaceId};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, Statement,
};
use uuid::Uuid;

use super::erase::overwrite;
use super::pad::pad;
use super::tables::attachments;
use super::tables::erasures::{Column, Entity};
use super::writer::{Stop, Unit};
use super::{Failed, Store, StoreError};

/// Files that are named at once.
const FILES: u64 = 100;

impl Store {
    /// The newest erasures of a workspace, or those before one.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn erasures(
        &self,
        workspace: WorkspaceId,
        before: Option<ErasureId>,
        limit: u64,
    ) -> Result<Vec<ErasureView>, StoreError> {
        let mut rows = Entity::find()
            .filter(Column::WorkspaceId.eq(workspace.0))
            // Their ids begin with the time.
            .order_by_desc(Column::Id)
            .limit(limit);
        if let Some(before) = before {
            rows = rows.filter(Column::Id.lt(before.0));
        }
        let rows = rows.all(self.readers()).await?;
        rows.into_iter().map(ErasureView::try_from).collect()
    }

    /// Erasures of which files may be left, the oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn erasures_under_way(&self) -> Result<Vec<ErasureId>, StoreError> {
        let rows = Entity::find()
            .select_only()
            .column(Column::Id)
            .filter(Column::DoneAt.is_null())
            .order_by_asc(Column::At)
            .limit(FILES)
            .into_tuple::<Uuid>()
            .all(self.readers())
            .await?;
        Ok(rows.into_iter().map(ErasureId).collect())
    }

    /// Some of the files whose objects have to go for an erasure.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn erased_files(
        &self,
        erasure: ErasureId,
    ) -> Result<Vec<(WorkspaceId, AttachmentId)>, StoreError> {
        use attachments::{Column, Entity};
        let rows = Entity::find()
            .select_only()
            .columns([Column::WorkspaceId, Column::Id])
            .filter(Column::ErasureId.eq(erasure.0))
            .order_by_asc(Column::Id)
            .limit(FILES)
            .into_tuple::<(Uuid, Uuid)>()
            .all(self.readers())
            .await?;
        let files = rows.into_iter();
        let files = files.map(|(workspace, id)| (WorkspaceId(workspace), AttachmentId(id)));
        Ok(files.collect())
    }

    /// Merges the index of the search a little, so that the words of what was erased go from the file too;
    /// true when there is nothing to merge. Only SQLite needs it, whose index keeps deleted words until then.
    ///
    /// # Errors
    /// [`Failed::Unavailable`].
    pub async fn merge_search(&self, first: bool) -> Result<bool, Failed> {
        self.write(Merge { first }).await
    }

    /// Forgets files whose objects are gone; true when they were the last of the erasure.
    ///
    /// # Errors
    /// [`Failed::Unavailable`].
    pub async fn erased_files_are_gone(
        &self,
        erasure: ErasureId,
        gone: Vec<AttachmentId>,
        at: Timestamp,
    ) -> Result<bool, Failed> {
        self.write(Gone { erasure, gone, at }).await
    }
}

struct Gone {
    erasure: ErasureId,
    gone: Vec<AttachmentId>,
    at: Timestamp,
}

impl Unit for Gone {
    type Done = bool;
    const NAME: &'static str = "erased_files_are_gone";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<bool, Stop> {
        let gone: Vec<Uuid> = self.gone.iter().map(|id| id.0).collect();
        attachments::Entity::delete_many()
            .filter(attachments::Column::ErasureId.eq(self.erasure.0))
            .filter(attachments::Column::Id.is_in(pad(gone)))
            .exec(tx)
            .await?;
        let left = attachments::Entity::find()
            .filter(attachments::Column::ErasureId.eq(self.erasure.0))
            .count(tx)
            .await?;
        if left > 0 {
            return Ok(false);
        }
        Entity::update_many()
            .col_expr(Column::DoneAt, Expr::value(self.at.0))
            .filter(Column::Id.eq(self.erasure.0))
            .filter(Column::DoneAt.is_null())
            .exec(tx)
            .await?;
        Ok(true)
    }
}

/// Pages of the index that are merged in one transaction.
const PAGES: i64 = 64;

struct Merge {
    /// Whether everything is to be merged into one, or only what was begun goes on.
    first: bool,
}

impl Unit for Merge {
    type Done = bool;
    const NAME: &'static str = "merge_search";
    const CHANGES_ROSTER: bool = false;

    /// As the manual says (sqlite.org/fts5.html, section 6.7): a negative number first, then positive ones
    /// until fewer than two rows change.
    async fn run(&self, tx: &DatabaseTransaction) -> Result<bool, Stop> {
        if tx.get_database_backend() != DbBackend::Sqlite {
            return Ok(true);
        }
        overwrite(tx, true).await?;
        let before = changes(tx).await?;
        let pages = if self.first { -PAGES } else { PAGES };
        tx.execute_unprepared(&format!(
            "INSERT INTO entry_words (entry_words, rank) VALUES ('merge', {pages})"
        ))
        .await?;
        let after = changes(tx).await?;
        overwrite(tx, false).await?;
        Ok(after - before < 2)
    }
}

async fn changes(tx: &DatabaseTransaction) -> Result<i64, StoreError> {
    let question = Statement::from_string(DbBackend::Sqlite, "SELECT total_changes() AS changes");
    let row = tx.query_one_raw(question).await?;
    let changes = row.map(|row| row.try_get("", "changes")).transpose()?;
    Ok(changes.unwrap_or_default())
}
