//! What agents chose to be, online, away or offline, and since when.

use std::collections::HashMap;

use protocol::person::Availability;
use protocol::{AgentId, Timestamp, WorkspaceId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::tables::agents::{Column, Entity};
use super::tables::words::Word;
use super::writer::{Stop, Unit};
use super::{Failed, Store, StoreError};

impl Store {
    /// Keeps what an agent chose. Choosing the same again changes nothing, the time included.
    ///
    /// # Errors
    /// [`Failed::Unavailable`] when the database cannot be written.
    pub async fn set_chosen(
        &self,
        workspace: WorkspaceId,
        agent: AgentId,
        chosen: Availability,
    ) -> Result<(), Failed> {
        let at = (self.inner.now)();
        self.write(SetChosen {
            workspace,
            agent,
            chosen,
            at,
        })
        .await
    }

    /// Since when the agents of a workspace are what they chose; without those who never chose.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn chosen_since(
        &self,
        workspace: WorkspaceId,
    ) -> Result<HashMap<AgentId, Timestamp>, StoreError> {
        let rows = Entity::find()
            .select_only()
            .column(Column::Id)
            .column(Column::ChosenAt)
            .filter(Column::WorkspaceId.eq(workspace.0))
            .filter(Column::ChosenAt.is_not_null())
            .into_tuple::<(Uuid, i64)>()
            .all(self.readers())
            .await?;
        let known = |(agent, at)| (AgentId(agent), Timestamp(at));
        Ok(rows.into_iter().map(known).collect())
    }
}

struct SetChosen {
    workspace: WorkspaceId,
    agent: AgentId,
    chosen: Availability,
    at: Timestamp,
}

impl Unit for SetChosen {
    type Done = ();
    const NAME: &'static str = "set_chosen";

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        Entity::update_many()
            .col_expr(Column::Chosen, Expr::value(self.chosen.word()))
            .col_expr(Column::ChosenAt, Expr::value(self.at.0))
            .filter(Column::Id.eq(self.agent.0))
            .filter(Column::WorkspaceId.eq(self.workspace.0))
            .filter(Column::Chosen.ne(self.chosen.word()))
            .exec(tx)
            .await?;
        Ok(())
    }
}
