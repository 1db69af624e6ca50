//! The owner of a playground's workspace. There is no workspace without one; this one is nobody, and goes
//! out of everybody's sight.

use protocol::{AgentId, Timestamp, WorkspaceId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};

use super::tables::agents::{Column, Entity};
use super::writer::{Stop, Unit};
use super::{Failed, Store};

impl Store {
    /// Takes the owner off the team of a workspace that nobody signs in to. Elsewhere the last one stays.
    ///
    /// # Errors
    /// [`Failed::Unavailable`] when the database cannot be written.
    pub async fn hide_keeper(
        &self,
        workspace: WorkspaceId,
        keeper: AgentId,
        at: Timestamp,
    ) -> Result<(), Failed> {
        self.write(HideKeeper {
            workspace,
            keeper,
            at,
        })
        .await
    }
}

struct HideKeeper {
    workspace: WorkspaceId,
    keeper: AgentId,
    at: Timestamp,
}

impl Unit for HideKeeper {
    type Done = ();
    const NAME: &'static str = "hide_keeper";

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        Entity::update_many()
            .col_expr(Column::DisabledAt, Expr::value(self.at.0))
            .filter(Column::Id.eq(self.keeper.0))
            .filter(Column::WorkspaceId.eq(self.workspace.0))
            .exec(tx)
            .await?;
        Ok(())
    }
}
