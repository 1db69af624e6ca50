//! The roles that a workspace made itself. What one takes away stands in the rows of its members as
//! well, so that nobody who loads an agent can forget it.

use domain::permissions::{PermissionSet, Rights};
use domain::{Refusal, team};
use protocol::audit::{AuditField, AuditKind, AuditSubject};
use protocol::person::Role;
use protocol::team::{RoleEdit, TeamRole};
use protocol::{AgentId, RoleId, WorkspaceId};
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
};
use uuid::Uuid;

use super::apply::insert;
use super::audit::{By, Deed, Differ, record};
use super::invites_told::end_invites_to;
use super::members::rights;
use super::modules::{effective, locked, refresh};
use super::tables::agents;
use super::tables::team_roles::{ActiveModel, Column, Entity};
use super::tables::words::Word as _;
use super::writer::{Stop, Unit};
use super::{Failed, Store, StoreError};

impl Store {
    /// The roles that a workspace made itself, by name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn team_roles(&self, workspace: WorkspaceId) -> Result<Vec<TeamRole>, StoreError> {
        all(self.readers(), workspace).await
    }

    /// Adds, changes or deletes a role; `fresh` is the id of a new one. Returns whose rights changed.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`], [`Refusal::NotFound`], [`Refusal::FieldInvalid`],
    /// [`Refusal::SettingInvalid`], [`Failed::Unavailable`].
    pub async fn save_team_role(
        &self,
        (workspace, by): (WorkspaceId, AgentId),
        edit: RoleEdit,
        fresh: RoleId,
    ) -> Result<Vec<AgentId>, Failed> {
        self.write(SaveRole {
            workspace,
            by,
            edit,
            fresh,
            doer: self.by(),
        })
        .await
    }
}

/// A set of permissions as rows keep it.
pub(super) fn kept(without: PermissionSet) -> String {
    serde_json::to_string(&without).expect("a list of words always encodes")
}

/// What a member may do with a preset, or with one of the workspace's roles that is like it; its row is
/// locked, so that it stays as it is until they have it.
pub(super) async fn given(
    tx: &DatabaseTransaction,
    workspace: WorkspaceId,
    (role, custom): (Role, Option<RoleId>),
) -> Result<(Rights, Option<String>), Stop> {
    let rules = locked(tx, workspace).await?;
    let Some(custom) = custom else {
        return Ok((effective(&rules, role, None), None));
    };
    let row = Entity::find_by_id(custom.0)
        .filter(Column::WorkspaceId.eq(workspace.0))
        .filter(Column::Preset.eq(role.word()))
        .lock(LockType::NoKeyUpdate)
        .one(tx)
        .await?;
    let found = row.ok_or(Stop::Refused(Refusal::NotFound))?.role()?;
    let own = Some((found.id, found.without));
    Ok((effective(&rules, role, own), Some(found.name)))
}

/// What a role is called in the record of changes: one of the workspace's own by its name.
pub(super) async fn called(
    tx: &DatabaseTransaction,
    (role, custom): (&str, Option<Uuid>),
) -> Result<String, StoreError> {
    let Some(custom) = custom else {
        return Ok(role.to_owned());
    };
    let row = Entity::find_by_id(custom).one(tx).await?;
    Ok(row.map_or_else(|| role.to_owned(), |row| row.name))
}

pub(super) async fn all(
    db: &impl ConnectionTrait,
    workspace: WorkspaceId,
) -> Result<Vec<TeamRole>, StoreError> {
    let rows = Entity::find()
        .filter(Column::WorkspaceId.eq(workspace.0))
        .order_by_asc(Column::Name)
        .order_by_asc(Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(|row| row.role()).collect()
}

pub(super) struct SaveRole {
    workspace: WorkspaceId,
    by: AgentId,
    edit: RoleEdit,
    fresh: RoleId,
    doer: By,
}

impl Unit for SaveRole {
    type Done = Vec<AgentId>;
    const NAME: &'static str = "save_team_role";

    async fn run(&self, tx: &DatabaseTransaction) -> Result<Vec<AgentId>, Stop> {
        // One at a time, because each is compared with all others.
        let rules = locked(tx, self.workspace).await?;
        let by = rights(tx, self.workspace, self.by).await?;
        let by = by.ok_or(Stop::Refused(Refusal::NotAllowed))?;
        let others = all(tx, self.workspace).await?;
        let known = |id: RoleId| {
            let found = others.iter().find(|other| other.id == id);
            found.cloned().ok_or(Stop::Refused(Refusal::NotFound))
        };
        let may = |was: Rights, becomes: Rights| {
            team::may_change(by, was, becomes).map_err(Stop::Refused)
        };
        let rights_of = |role: &TeamRole| {
            let own = Some((role.id, role.without));
            effective(&rules, role.like, own)
        };
        let checked = |role| team::checked_role(role, &others).map_err(Stop::Refused);
        match &self.edit {
            RoleEdit::Add {
                name,
                like,
                without,
            } => {
                let role = checked(TeamRole {
                    id: self.fresh,
                    name: name.clone(),
                    like: *like,
                    without: *without,
                })?;
                // Nobody has it yet; who gives it to somebody is asked then.
                may(rights_of(&role), rights_of(&role))?;
                let row = ActiveModel {
                    id: Set(role.id.0),
                    workspace_id: Set(self.workspace.0),
                    name: Set(role.name.clone()),
                    preset: Set(role.like.word().to_owned()),
                    without: Set(kept(role.without)),
                };
                insert(tx, vec![row]).await?;
                self.told(tx, AuditKind::RoleMade, (None, &role)).await?;
                Ok(Vec::new())
            }
            RoleEdit::Save {
                role,
                name,
                without,
            } => {
                let was = known(*role)?;
                let role = checked(TeamRole {
                    name: name.clone(),
                    without: *without,
                    ..was.clone()
                })?;
                may(rights_of(&was), rights_of(&role))?;
                Entity::update_many()
                    .col_expr(Column::Name, Expr::value(role.name.clone()))
                    .col_expr(Column::Without, Expr::value(kept(role.without)))
                    .filter(Column::Id.eq(role.id.0))
                    .exec(tx)
                    .await?;
                self.told(tx, AuditKind::RoleChanged, (Some(&was), &role))
                    .await?;
                Ok(refresh(tx, self.workspace).await?)
            }
            RoleEdit::Delete { role } => {
                let was = known(*role)?;
                may(rights_of(&was), effective(&rules, was.like, None))?;
                // Locked like a change, so that nobody is given it meanwhile.
                Entity::find_by_id(role.0)
                    .lock(LockType::Update)
                    .one(tx)
                    .await?;
                agents::Entity::update_many()
                    .col_expr(agents::Column::TeamRoleId, Expr::value(None::<Uuid>))
                    .filter(agents::Column::TeamRoleId.eq(role.0))
                    .exec(tx)
                    .await?;
                end_invites_to(tx, self.workspace, *role, &self.doer).await?;
                Entity::delete_by_id(role.0).exec(tx).await?;
                let kind = AuditKind::RoleDeleted;
                self.told(tx, kind, (Some(&was), &was)).await?;
                Ok(refresh(tx, self.workspace).await?)
            }
        }
    }
}

impl SaveRole {
    pub(super) fn new(
        (workspace, by): (WorkspaceId, AgentId),
        (edit, fresh): (RoleEdit, RoleId),
        doer: By,
    ) -> Self {
        Self {
            workspace,
            by,
            edit,
            fresh,
            doer,
        }
    }

    async fn told(
        &self,
        tx: &DatabaseTransaction,
        kind: AuditKind,
        (was, role): (Option<&TeamRole>, &TeamRole),
    ) -> Result<(), StoreError> {
        let words = |role: &TeamRole| {
            let words = kept(role.without).replace(['[', ']', '"'], "");
            words.replace(',', ", ")
        };
        let changes = Differ::default()
            .field(
                AuditField::Name,
                was.map_or("", |was| &was.name),
                &role.name,
            )
            .field(
                AuditField::Without,
                was.map(words).unwrap_or_default(),
                words(role),
            );
        let subject = (AuditSubject::Role, role.id.0, role.name.as_str());
        let deed = Deed::new(self.workspace, kind, subject);
        record(tx, &self.doer, deed.with(changes.done())).await
    }
}
