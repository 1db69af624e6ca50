//! Groups of agents.

use domain::{Refusal, team};
use protocol::audit::{AuditField, AuditKind, AuditSubject};
use protocol::team::TeamGroup;
use protocol::{AgentId, GroupId, WorkspaceId};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect, Set,
};
use uuid::Uuid;

use super::apply::insert;
use super::audit::{By, Deed, Differ, record};
use super::tables::agent_groups::{ActiveModel, Column, Entity};
use super::tables::{agents, group_members, workspaces};
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

    /// The groups of a workspace with who is in each, by name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn team_groups(&self, workspace: WorkspaceId) -> Result<Vec<TeamGroup>, StoreError> {
        with_members(self.readers(), workspace).await
    }

    /// Saves a group that was typed: a new one, or one in place of what it is.
    ///
    /// # Errors
    /// [`Refusal::FieldInvalid`] for its name, [`Refusal::SettingInvalid`] for one too many,
    /// [`Refusal::NotFound`] for one that is not there or a member who is not on the team,
    /// [`Failed::Unavailable`].
    pub async fn save_group(
        &self,
        workspace: WorkspaceId,
        group: TeamGroup,
        new: bool,
    ) -> Result<(), Failed> {
        self.write(SaveGroup {
            workspace,
            group,
            new,
            by: self.by(),
        })
        .await
    }

    /// Deletes a group. Who waits for it waits for everybody.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Failed::Unavailable`].
    pub async fn delete_group(&self, workspace: WorkspaceId, group: GroupId) -> Result<(), Failed> {
        let by = self.by();
        self.write(DeleteGroup {
            workspace,
            group,
            by,
        })
        .await
    }
}

async fn with_members(
    db: &impl ConnectionTrait,
    workspace: WorkspaceId,
) -> Result<Vec<TeamGroup>, StoreError> {
    let rows = Entity::find()
        .filter(Column::WorkspaceId.eq(workspace.0))
        .order_by_asc(Column::Name)
        .all(db)
        .await?;
    let members = group_members::Entity::find()
        .filter(group_members::Column::WorkspaceId.eq(workspace.0))
        .order_by_asc(group_members::Column::AgentId)
        .all(db)
        .await?;
    let groups = rows.into_iter().map(|row| TeamGroup {
        id: GroupId(row.id),
        name: row.name,
        members: members
            .iter()
            .filter(|one| one.group_id == row.id)
            .map(|one| AgentId(one.agent_id))
            .collect(),
    });
    Ok(groups.collect())
}

/// Groups are saved one at a time, because each is compared with all others.
async fn lock(tx: &DatabaseTransaction, workspace: WorkspaceId) -> Result<(), StoreError> {
    if tx.get_database_backend() == DbBackend::Postgres {
        workspaces::Entity::find_by_id(workspace.0)
            .lock_exclusive()
            .one(tx)
            .await?;
    }
    Ok(())
}

struct SaveGroup {
    workspace: WorkspaceId,
    group: TeamGroup,
    new: bool,
    by: By,
}

impl Unit for SaveGroup {
    type Done = ();
    const NAME: &'static str = "save_group";

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        lock(tx, self.workspace).await?;
        let others = with_members(tx, self.workspace).await?;
        let group = team::checked_group(self.group.clone(), &others).map_err(Stop::Refused)?;
        let was = others.iter().find(|other| other.id == group.id);
        if was.is_some() == self.new {
            return Err(Stop::Refused(Refusal::NotFound));
        }
        let team = agents::Entity::find()
            .select_only()
            .columns([agents::Column::Id, agents::Column::Name])
            .filter(agents::Column::WorkspaceId.eq(self.workspace.0))
            .order_by_asc(agents::Column::Name)
            .into_tuple::<(Uuid, String)>()
            .all(tx)
            .await?;
        let mut members = group.members.clone();
        members.sort_unstable();
        members.dedup();
        let on_team = |member: &AgentId| team.iter().any(|(id, _)| *id == member.0);
        if !members.iter().all(on_team) {
            return Err(Stop::Refused(Refusal::NotFound));
        }
        let names = |members: &[AgentId]| {
            let these = team
                .iter()
                .filter(|(id, _)| members.contains(&AgentId(*id)));
            let these: Vec<_> = these.map(|(_, name)| name.as_str()).collect();
            these.join(", ")
        };
        // Those who come and go alone: a list of everybody is cut where it is long.
        let before = was.map_or(&[][..], |was| &was.members);
        let without = |these: &[AgentId], others: &[AgentId]| {
            let mut these = these.to_vec();
            these.retain(|member| !others.contains(member));
            names(&these)
        };
        let changes = Differ::default()
            .field(
                AuditField::Name,
                was.map_or("", |was| &was.name),
                &group.name,
            )
            .field(AuditField::MembersRemoved, without(before, &members), "")
            .field(AuditField::MembersAdded, "", without(&members, before))
            .done();
        if !changes.is_empty() {
            let subject = (AuditSubject::Group, group.id.0, group.name.as_str());
            let deed = Deed::new(self.workspace, AuditKind::Group, subject);
            record(tx, &self.by, deed.with(changes)).await?;
        }
        if self.new {
            let row = ActiveModel {
                id: Set(group.id.0),
                workspace_id: Set(self.workspace.0),
                name: Set(group.name),
            };
            insert(tx, vec![row]).await?;
        } else {
            Entity::update_many()
                .col_expr(Column::Name, Expr::value(group.name))
                .filter(Column::Id.eq(group.id.0))
                .exec(tx)
                .await?;
            group_members::Entity::delete_many()
                .filter(group_members::Column::GroupId.eq(group.id.0))
                .exec(tx)
                .await?;
        }
        let rows = members.into_iter().map(|agent| group_members::ActiveModel {
            group_id: Set(group.id.0),
            agent_id: Set(agent.0),
            workspace_id: Set(self.workspace.0),
        });
        insert(tx, rows.collect()).await?;
        Ok(())
    }
}

struct DeleteGroup {
    workspace: WorkspaceId,
    group: GroupId,
    by: By,
}

impl Unit for DeleteGroup {
    type Done = ();
    const NAME: &'static str = "delete_group";

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        lock(tx, self.workspace).await?;
        let found = Entity::find_by_id(self.group.0)
            .filter(Column::WorkspaceId.eq(self.workspace.0))
            .one(tx)
            .await?;
        let found = found.ok_or(Stop::Refused(Refusal::NotFound))?;
        group_members::Entity::delete_many()
            .filter(group_members::Column::GroupId.eq(found.id))
            .exec(tx)
            .await?;
        Entity::delete_by_id(found.id).exec(tx).await?;
        let subject = (AuditSubject::Group, found.id, found.name.as_str());
        let deed = Deed::new(self.workspace, AuditKind::Group, subject);
        let changes = Differ::default().field(AuditField::Name, &found.name, "");
        record(tx, &self.by, deed.with(changes.done())).await?;
        Ok(())
    }
}
