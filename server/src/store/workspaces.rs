//! The workspace that was set up, and the names of everybody in any.

use protocol::{AgentId, WorkspaceId};
use sea_orm::{EntityTrait, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::tables::{agents, workspaces};
use super::{Store, StoreError};

/// A workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkspaceRow {
    pub id: WorkspaceId,
    pub name: String,
}

impl Store {
    /// The workspace of the first run; none before it.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn first_workspace(&self) -> Result<Option<WorkspaceRow>, StoreError> {
        // By the id too: which of two was first must not change with what is written since.
        let oldest = workspaces::Entity::find()
            .order_by_asc(workspaces::Column::CreatedAt)
            .order_by_asc(workspaces::Column::Id);
        let row = oldest.one(self.readers()).await?;
        Ok(row.map(|row| WorkspaceRow {
            id: WorkspaceId(row.id),
            name: row.name,
        }))
    }

    /// What a workspace is called.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn workspace_name(&self, id: WorkspaceId) -> Result<Option<String>, StoreError> {
        let row = workspaces::Entity::find_by_id(id.0)
            .one(self.readers())
            .await?;
        Ok(row.map(|row| row.name))
    }

    /// The names of all agents there ever were: entries name them long after they left.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn agent_names(&self) -> Result<Vec<(AgentId, String)>, StoreError> {
        let rows = agents::Entity::find()
            .select_only()
            .columns([agents::Column::Id, agents::Column::Name])
            .into_tuple::<(Uuid, String)>()
            .all(self.readers())
            .await?;
        let names = rows.into_iter().map(|(id, name)| (AgentId(id), name));
        Ok(names.collect())
    }
}
