//! Which modules are on, and what members may do by their roles and by them.

use std::collections::HashMap;

use domain::permissions::{PermissionSet, Rights};
use domain::{Refusal, modules};
use protocol::audit::{AuditKind, AuditSubject};
use protocol::module::ModuleRule;
use protocol::person::Role;
use protocol::{AgentId, RoleId, WorkspaceId};
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{
    ColumnTrait, ConnectionTrait as _, DatabaseTransaction, DbBackend, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
};

use super::audit::{By, Deed, Differ, record};
use super::members::rights;
use super::tables::{agents, workspaces};
use super::team_roles;
use super::writer::{Stop, Unit};
use super::{Failed, Store, StoreError};

impl Store {
    /// One rule for each module.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn module_rules(
        &self,
        workspace: WorkspaceId,
    ) -> Result<Vec<ModuleRule>, StoreError> {
        let row = workspaces::Entity::find_by_id(workspace.0);
        let row = row.one(self.readers()).await?;
        let known = row.map(|row| row.rules()).transpose()?;
        Ok(modules::all(&known.unwrap_or_default()))
    }

    /// What somebody would be who joined with a preset, or with a role of the workspace's own that is
    /// like it, and what that is called; none when there is no such role.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn would_be(
        &self,
        workspace: WorkspaceId,
        (role, custom): (Role, Option<RoleId>),
    ) -> Result<Option<(Rights, Option<String>)>, StoreError> {
        let rules = self.module_rules(workspace).await?;
        let Some(custom) = custom else {
            return Ok(Some((effective(&rules, role, None), None)));
        };
        let mut own = self.team_roles(workspace).await?.into_iter();
        let own = own.find(|own| own.id == custom && own.like == role);
        Ok(own.map(|own| {
            let rights = effective(&rules, role, Some((own.id, own.without)));
            (rights, Some(own.name))
        }))
    }

    /// Switches a module. Returns whose rights changed.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`], [`Refusal::SettingInvalid`], [`Failed::Unavailable`].
    pub async fn save_module(
        &self,
        (workspace, by): (WorkspaceId, AgentId),
        rule: ModuleRule,
    ) -> Result<Vec<AgentId>, Failed> {
        let doer = self.by();
        let done = self
            .write(SaveModule {
                workspace,
                by,
                rule,
                doer,
            })
            .await;
        // Whatever came of it: what is remembered may be old.
        self.inner.chatbots.forget();
        done
    }
}

/// The rules of a workspace, which stay as they are until this transaction ends.
pub(super) async fn locked(
    tx: &DatabaseTransaction,
    workspace: WorkspaceId,
) -> Result<Vec<ModuleRule>, StoreError> {
    let row = workspaces::Entity::find_by_id(workspace.0);
    let row = match tx.get_database_backend() {
        DbBackend::Postgres => row.lock(LockType::NoKeyUpdate).one(tx).await?,
        _ => row.one(tx).await?,
    };
    row.map_or_else(|| Ok(Vec::new()), |row| row.rules())
}

/// What a role may do, of the preset or of the workspace's own with what that takes away.
pub(super) fn effective(
    rules: &[ModuleRule],
    role: Role,
    own: Option<(RoleId, PermissionSet)>,
) -> Rights {
    let taken = modules::taken(rules, role, own.map(|(id, _)| id));
    let less = own.map(|(_, without)| without).unwrap_or_default();
    let without = taken.and(less);
    Rights { role, without }
}

/// Writes down what each member may do by now. Returns whose rights changed.
pub(super) async fn refresh(
    tx: &DatabaseTransaction,
    workspace: WorkspaceId,
) -> Result<Vec<AgentId>, StoreError> {
    let rules = locked(tx, workspace).await?;
    let roles = team_roles::all(tx, workspace).await?.into_iter();
    let roles: HashMap<_, _> = roles.map(|role| (role.id.0, role)).collect();
    // In the order in which commands lock them.
    let members = agents::Entity::find()
        .filter(agents::Column::WorkspaceId.eq(workspace.0))
        .order_by_asc(agents::Column::Id)
        .lock(LockType::NoKeyUpdate)
        .all(tx)
        .await?;
    let mut changed = Vec::new();
    for member in members {
        let was = member.rights()?;
        let own = member.team_role_id.and_then(|id| roles.get(&id));
        let own = own.map(|role| (role.id, role.without));
        let now = effective(&rules, was.role, own);
        if was != now {
            agents::Entity::update_many()
                .col_expr(
                    agents::Column::Without,
                    Expr::value(team_roles::kept(now.without)),
                )
                .filter(agents::Column::Id.eq(member.id))
                .exec(tx)
                .await?;
            changed.push(AgentId(member.id));
        }
    }
    Ok(changed)
}

pub(super) struct SaveModule {
    workspace: WorkspaceId,
    by: AgentId,
    rule: ModuleRule,
    doer: By,
}

impl SaveModule {
    pub(super) fn new((workspace, by): (WorkspaceId, AgentId), rule: ModuleRule, doer: By) -> Self {
        Self {
            workspace,
            by,
            rule,
            doer,
        }
    }
}

impl Unit for SaveModule {
    type Done = Vec<AgentId>;
    const NAME: &'static str = "save_module";

    async fn run(&self, tx: &DatabaseTransaction) -> Result<Vec<AgentId>, Stop> {
        let mut rules = modules::all(&locked(tx, self.workspace).await?);
        let by = rights(tx, self.workspace, self.by).await?;
        let by = by.ok_or(Stop::Refused(Refusal::NotAllowed))?;
        let roles = team_roles::all(tx, self.workspace).await?;
        let module = self.rule.module;
        let known = rules.iter_mut().find(|rule| rule.module == module);
        let known = known.ok_or(Stop::Refused(Refusal::NotFound))?;
        let rule = modules::checked(by, known, self.rule.clone(), &roles).map_err(Stop::Refused)?;
        let words = |rule: &ModuleRule| {
            let on = if rule.on { "on" } else { "off" };
            let own = roles.iter().filter(|role| rule.roles.contains(&role.id));
            let own = own.map(|role| role.name.clone());
            let presets = rule.presets.iter();
            let presets = presets.map(|role| super::tables::words::Word::word(*role).to_owned());
            let without: Vec<_> = presets.chain(own).collect();
            match without.is_empty() {
                true => on.to_owned(),
                false => format!("{on}, without: {}", without.join(", ")),
            }
        };
        let changes = Differ::default().module(module, words(known), words(&rule));
        let changes = changes.done();
        *known = rule;
        let text = serde_json::to_string(&rules).expect("rules always encode");
        workspaces::Entity::update_many()
            .col_expr(workspaces::Column::Modules, Expr::value(text))
            .filter(workspaces::Column::Id.eq(self.workspace.0))
            .exec(tx)
            .await?;
        if !changes.is_empty() {
            let subject = (AuditSubject::Workspace, self.workspace.0, "");
            let deed = Deed::new(self.workspace, AuditKind::ModuleSwitched, subject);
            record(tx, &self.doer, deed.with(changes)).await?;
        }
        Ok(refresh(tx, self.workspace).await?)
    }
}
