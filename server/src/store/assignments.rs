//! Which chatbots an agent is assigned to.

use domain::agent::Assigned;
use protocol::{AgentId, WorkspaceId};
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, Set};

use super::apply::insert;
use super::tables::{agent_chatbots, agents};
use super::writer::{Stop, Unit};
use super::{Failed, Store, StoreError};

impl Store {
    /// Keeps what an agent is assigned to. The chatbots are of the agent's workspace.
    ///
    /// # Errors
    /// [`Failed::Unavailable`] when the database cannot be written.
    pub async fn save_assignment(
        &self,
        workspace: WorkspaceId,
        agent: AgentId,
        assigned: Assigned,
    ) -> Result<(), Failed> {
        self.write(SaveAssignment {
            workspace,
            agent,
            assigned,
        })
        .await
    }
}

struct SaveAssignment {
    workspace: WorkspaceId,
    agent: AgentId,
    assigned: Assigned,
}

impl Unit for SaveAssignment {
    type Done = ();
    const NAME: &'static str = "save_assignment";

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        // First the agent's row, which commands lock as well: who decides with it sees both.
        agents::Entity::update_many()
            .col_expr(
                agents::Column::AllChatbots,
                Expr::value(self.assigned == Assigned::All),
            )
            .col_expr(
                agents::Column::Version,
                Expr::col(agents::Column::Version).add(1),
            )
            .filter(agents::Column::Id.eq(self.agent.0))
            .filter(agents::Column::WorkspaceId.eq(self.workspace.0))
            .exec(tx)
            .await?;
        replace_assigned(tx, self.workspace, self.agent, &self.assigned).await?;
        Ok(())
    }
}

/// Writes the chatbots of an agent in the place of those they had.
pub(super) async fn replace_assigned(
    tx: &DatabaseTransaction,
    workspace: WorkspaceId,
    agent: AgentId,
    assigned: &Assigned,
) -> Result<(), StoreError> {
    agent_chatbots::Entity::delete_many()
        .filter(agent_chatbots::Column::AgentId.eq(agent.0))
        .filter(agent_chatbots::Column::WorkspaceId.eq(workspace.0))
        .exec(tx)
        .await?;
    insert_assigned(tx, workspace, agent, assigned).await
}

/// Writes the chatbots of an agent who has none yet.
pub(super) async fn insert_assigned(
    tx: &DatabaseTransaction,
    workspace: WorkspaceId,
    agent: AgentId,
    assigned: &Assigned,
) -> Result<(), StoreError> {
    let Assigned::Only(chatbots) = assigned else {
        return Ok(());
    };
    let rows = chatbots.iter().map(|chatbot| agent_chatbots::ActiveModel {
        agent_id: Set(agent.0),
        chatbot_id: Set(chatbot.0),
        workspace_id: Set(workspace.0),
    });
    insert(tx, rows.collect()).await?;
    Ok(())
}
