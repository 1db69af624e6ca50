//! The AI's attempts that wait for an answer.

use domain::Refusal;
use domain::conversation::Run;
use protocol::{ConversationId, RunId, WorkspaceId};

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder};

use super::tables::runs::{Column, Entity, Model, is_open};
use super::writer::{Stop, Unit};
use super::{Failed, Store, StoreError};

/// An attempt of the AI that is still open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenRun {
    pub workspace: WorkspaceId,
    pub conversation: ConversationId,
    pub run: Run,
    /// How often it was begun.
    pub attempts: u32,
}

impl Store {
    /// Every attempt that waits for an answer, the oldest first: what a crash left undone.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn open_runs(&self) -> Result<Vec<OpenRun>, StoreError> {
        let rows = Entity::find()
            .filter(is_open(Entity))
            .order_by_asc(Column::CreatedAt)
            .order_by_asc(Column::Id)
            .all(self.readers())
            .await?;
        rows.iter().map(open_run).collect()
    }

    /// Counts one more attempt of a run before it is made, so that a question which brings the
    /// process down is not tried for ever. Says how many there were, this one included.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when the run is not open any more; [`Failed::Unavailable`] when the
    /// database cannot be written.
    pub async fn begin_attempt(&self, workspace: WorkspaceId, run: RunId) -> Result<u32, Failed> {
        self.write(BeginAttempt { workspace, run }).await
    }
}

fn open_run(row: &Model) -> Result<OpenRun, StoreError> {
    Ok(OpenRun {
        workspace: WorkspaceId(row.workspace_id),
        conversation: ConversationId(row.conversation_id),
        run: row.run()?,
        attempts: row.reading().number("attempts", row.attempts)?,
    })
}

struct BeginAttempt {
    workspace: WorkspaceId,
    run: RunId,
}

impl Unit for BeginAttempt {
    type Done = u32;
    const NAME: &'static str = "begin_attempt";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<u32, Stop> {
        let rows = Entity::update_many()
            .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
            .filter(Column::Id.eq(self.run.0))
            .filter(Column::WorkspaceId.eq(self.workspace.0))
            .filter(is_open(Entity))
            .exec_with_returning(tx)
            .await?;
        let row = rows.first().ok_or(Stop::Refused(Refusal::NotFound))?;
        Ok(row.reading().number("attempts", row.attempts)?)
    }
}
