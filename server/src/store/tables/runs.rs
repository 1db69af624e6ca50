//! Rows of the AI's runs.

use domain::conversation::Run;
use protocol::{ConversationId, RunId, Seq, Timestamp, WorkspaceId};
use sea_orm::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait, IntoIden, SimpleExpr};

use super::words::{RunState, Word};
use super::{Reading, row_number};
use crate::store::StoreError;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "runs")]
pub(in crate::store) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub workspace_id: Uuid,
    pub conversation_id: Uuid,
    pub epoch: i64,
    pub question: i64,
    pub state: String,
    pub created_at: i64,
    pub attempts: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(in crate::store) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Reads this row.
    pub(in crate::store) fn reading(&self) -> Reading {
        Reading {
            table: "runs",
            id: self.id,
        }
    }

    /// The run as the rules see one.
    pub(in crate::store) fn run(&self) -> Result<Run, StoreError> {
        let reading = self.reading();
        Ok(Run {
            id: RunId(self.id),
            epoch: reading.number("epoch", self.epoch)?,
            question: Seq(reading.number("question", self.question)?),
        })
    }
}

/// A run that begins, as its row.
pub(in crate::store) fn row(
    workspace: WorkspaceId,
    conversation: ConversationId,
    run: &Run,
    state: RunState,
    now: Timestamp,
) -> ActiveModel {
    ActiveModel {
        id: Set(run.id.0),
        workspace_id: Set(workspace.0),
        conversation_id: Set(conversation.0),
        epoch: Set(row_number(run.epoch)),
        question: Set(row_number(run.question.0)),
        state: Set(state.word().to_owned()),
        created_at: Set(now.0),
        attempts: Set(0),
    }
}

/// Whether a run is open, in the words of the index that holds the open ones: only then does the
/// database see that the index will do.
pub(in crate::store) fn is_open(table: impl IntoIden) -> SimpleExpr {
    Expr::col((table.into_iden(), Column::State)).eq(RunState::Open.literal())
}
