//! Groups of agents.

use protocol::{AgentId, GroupId, WorkspaceId};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, Set};

use super::apply::insert;
use super::tables::agent_groups::{ActiveModel, Column, Entity};
use super::tables::group_members;
use super::writer::{Stop, Unit};
use super::{Failed, Store, StoreError};

/// A group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupRow {
    pub id: GroupId,
    pub name: String,
}

impl Store {
    /// The groups of a workspace, by name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn groups(&self, workspace: WorkspaceId) -> Result<Vec<GroupRow>, StoreError> {
        let rows = Entity::find()
            .filter(Column::WorkspaceId.eq(workspace.0))
            .order_by_asc(Column::Name)
            .all(self.readers())
            .await?;
        let rows = rows.into_iter().map(|row| GroupRow {
            id: GroupId(row.id),
            name: row.name,
        });
        Ok(rows.collect())
    }

    /// Makes a group of these agents.
    ///
    /// # Errors
    /// [`Failed::Unavailable`] when the database cannot be written.
    pub async fn add_group(
        &self,
        workspace: WorkspaceId,
        group: GroupRow,
        members: Vec<AgentId>,
    ) -> Result<(), Failed> {
        self.write(AddGroup {
            workspace,
            group,
            members,
        })
        .await
    }
}

struct AddGroup {
    workspace: WorkspaceId,
    group: GroupRow,
    members: Vec<AgentId>,
}

impl Unit for AddGroup {
    type Done = ();
    const NAME: &'static str = "add_group";

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        let row = ActiveModel {
            id: Set(self.group.id.0),
            workspace_id: Set(self.workspace.0),
            name: Set(self.group.name.clone()),
        };
        insert(tx, vec![row]).await?;
        let members = self.members.iter().map(|agent| group_members::ActiveModel {
            group_id: Set(self.group.id.0),
            agent_id: Set(agent.0),
            workspace_id: Set(self.workspace.0),
        });
        insert(tx, members.collect()).await?;
        Ok(())
    }
}
