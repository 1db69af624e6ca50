//! Which chatbots an agent is assigned to.

use domain::agent::Assigned;
use protocol::audit::{AuditField, AuditKind, AuditSubject};
use protocol::{AgentId, WorkspaceId};
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};
use uuid::Uuid;

use super::apply::insert;
use super::audit::{By, Deed, Differ, record};
use super::tables::{agent_chatbots, agents, chatbots};
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
            by: self.by(),
        })
        .await
    }
}

struct SaveAssignment {
    workspace: WorkspaceId,
    agent: AgentId,
    assigned: Assigned,
    by: By,
}

impl Unit for SaveAssignment {
    type Done = ();
    const NAME: &'static str = "save_assignment";

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        let row = agents::Entity::find_by_id(self.agent.0).one(tx).await?;
        let before = match &row {
            Some(row) => assigned_names(tx, self.workspace, row).await?,
            None => String::new(),
        };
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
        let row = agents::Entity::find_by_id(self.agent.0).one(tx).await?;
        let Some(row) = row else { return Ok(()) };
        let after = assigned_names(tx, self.workspace, &row).await?;
        let changes = Differ::default()
            .field(AuditField::Chatbots, before, after)
            .done();
        if !changes.is_empty() {
            let subject = (AuditSubject::Agent, row.id, row.name.as_str());
            let deed = Deed::new(self.workspace, AuditKind::Assignment, subject);
            record(tx, &self.by, deed.with(changes)).await?;
        }
        Ok(())
    }
}

/// What an agent is assigned to, by name.
pub(super) async fn assigned_names(
    tx: &DatabaseTransaction,
    workspace: WorkspaceId,
    agent: &agents::Model,
) -> Result<String, StoreError> {
    if agent.all_chatbots {
        return Ok("all".to_owned());
    }
    let ids = agent_chatbots::Entity::find()
        .filter(agent_chatbots::Column::AgentId.eq(agent.id))
        .select_only()
        .column(agent_chatbots::Column::ChatbotId)
        .into_tuple::<Uuid>()
        .all(tx)
        .await?;
    let names = chatbots::Entity::find()
        .filter(chatbots::Column::WorkspaceId.eq(workspace.0))
        .filter(chatbots::Column::Id.is_in(ids))
        .order_by_asc(chatbots::Column::Name)
        .select_only()
        .column(chatbots::Column::Name)
        .into_tuple::<String>()
        .all(tx)
        .await?;
    Ok(names.join(", "))
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
