//! The members of a team as those who keep it see and change them.

use domain::agent::Assigned;
use domain::permissions::Rights;
use domain::{Refusal, team};
use protocol::audit::{AuditField, AuditKind, AuditSubject};
use protocol::person::Role;
use protocol::team::{MemberForm, MemberView};
use protocol::{AgentId, RoleId, Timestamp, WorkspaceId};
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::api_tokens::end_tokens;
use super::assignments::{assigned_names, replace_assigned};
use super::audit::{By, Deed, Differ, record};
use super::load::{assigned, assigned_chatbots};
use super::tables::agents::{Column, Entity, Model};
use super::tables::words::Word as _;
use super::tables::{row_number, second_steps, sign_ins};
use super::team_roles::{called, given, kept};
use super::writer::{Stop, Unit};
use super::{Failed, Store, StoreError};
use crate::faults::{self, Fault};
use crate::wire::face::face;

impl Store {
    /// Everybody who is or was on the team: the active first, each by name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn members(&self, workspace: WorkspaceId) -> Result<Vec<MemberView>, StoreError> {
        let of = match faults::on(Fault::TeamOfAll) {
            true => Column::WorkspaceId.is_not_null(),
            false => Column::WorkspaceId.eq(workspace.0),
        };
        let rows = Entity::find()
            .filter(of)
            .order_by_asc(Column::Name)
            .order_by_asc(Column::Id)
            .all(self.readers())
            .await?;
        let lists = assigned_chatbots(self.readers(), &rows).await?;
        let two_steps = second_steps::Entity::find()
            .filter(second_steps::Column::WorkspaceId.eq(workspace.0))
            .filter(second_steps::Column::ConfirmedAt.is_not_null())
            .select_only()
            .column(second_steps::Column::AgentId)
            .into_tuple::<Uuid>()
            .all(self.readers())
            .await?;
        let pictures = self.pictures(workspace).await?;
        let members = rows.into_iter().map(|row| {
            let reading = row.reading();
            Ok(MemberView {
                id: AgentId(row.id),
                role: reading.word("role", &row.role)?,
                custom: row.team_role_id.map(RoleId),
                assigned: assigned(&row, &lists),
                chat_limit: reading.number("chat_limit", row.chat_limit)?,
                priority: reading.number("priority", row.priority)?,
                handoff_mail: row.handoff_mail,
                active: row.disabled_at.is_none(),
                hours: row.week()?,
                languages: row.spoken()?,
                two_steps: two_steps.contains(&row.id),
                face: face(&row.name, row.id),
                picture: pictures
                    .iter()
                    .find(|(agent, _)| agent.0 == row.id)
                    .map(|(_, picture)| *picture),
                version: reading.number("version", row.version)?,
                name: row.name,
                email: row.email,
            })
        });
        let mut members: Vec<_> = members.collect::<Result<_, StoreError>>()?;
        members.sort_by_key(|member| !member.active);
        Ok(members)
    }

    /// Saves a member who was checked, on the version that was looked at, by somebody who may. `mails`
    /// says whether mail leaves from here, so that it reaches them.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`], [`Refusal::MemberChanged`], [`Refusal::LastOwner`], [`Refusal::NotFound`],
    /// [`Failed::Unavailable`].
    pub async fn save_member(
        &self,
        workspace: WorkspaceId,
        by: AgentId,
        form: MemberForm,
        mails: bool,
    ) -> Result<(), Failed> {
        self.write(SaveMember {
            workspace,
            by,
            form,
            mails,
            doer: self.by(),
        })
        .await
    }

    /// Lets a member in again, or no more: then all their sign-ins end.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`], [`Refusal::MemberChanged`], [`Refusal::LastOwner`],
    /// [`Refusal::NotFound`], [`Failed::Unavailable`].
    pub async fn set_active(
        &self,
        (workspace, by): (WorkspaceId, AgentId),
        (agent, version): (AgentId, u64),
        active: bool,
        at: Timestamp,
    ) -> Result<(), Failed> {
        self.write(SetActive {
            workspace,
            by,
            agent,
            version,
            active,
            at,
            doer: self.by(),
        })
        .await
    }
}

/// The row of a member, locked, as it was looked at by somebody who may make it `becomes`, or take it
/// out with none. The last owner stays one.
async fn looked_at(
    tx: &DatabaseTransaction,
    (workspace, by): (WorkspaceId, AgentId),
    (agent, version): (AgentId, u64),
    becomes: Option<Rights>,
) -> Result<Model, Stop> {
    // Before the member, and always all of them: of two who go at once the second finds one less.
    let owners = Entity::find()
        .filter(Column::WorkspaceId.eq(workspace.0))
        .filter(Column::Role.eq(Role::Owner.word()))
        .filter(Column::DisabledAt.is_null())
        .order_by_asc(Column::Id)
        .lock(LockType::NoKeyUpdate)
        .all(tx)
        .await?;
    let row = Entity::find_by_id(agent.0)
        .filter(Column::WorkspaceId.eq(workspace.0))
        .lock(LockType::NoKeyUpdate)
        .one(tx)
        .await?;
    let row = row.ok_or(Stop::Refused(Refusal::NotFound))?;
    if row.version != row_number(version) {
        return Err(Stop::Refused(Refusal::MemberChanged));
    }
    let was = row.rights()?;
    let by = rights(tx, workspace, by)
        .await?
        .ok_or(Stop::Refused(Refusal::NotAllowed))?;
    team::may_change(by, was, becomes.unwrap_or(was)).map_err(Stop::Refused)?;
    if row.disabled_at.is_none() {
        let stays = becomes.is_some_and(|becomes| becomes.role == Role::Owner);
        let count = owners.len() as u64;
        team::keeps_an_owner(was.role, stays, count).map_err(Stop::Refused)?;
    }
    Ok(row)
}

/// What somebody may do now; none for who may not sign in any more.
pub(super) async fn rights(
    tx: &DatabaseTransaction,
    workspace: WorkspaceId,
    agent: AgentId,
) -> Result<Option<Rights>, StoreError> {
    let row = Entity::find_by_id(agent.0)
        .filter(Column::WorkspaceId.eq(workspace.0))
        .filter(Column::DisabledAt.is_null())
        .one(tx)
        .await?;
    row.map(|row| row.rights()).transpose()
}

struct SaveMember {
    workspace: WorkspaceId,
    by: AgentId,
    form: MemberForm,
    mails: bool,
    doer: By,
}

impl Unit for SaveMember {
    type Done = ();
    const NAME: &'static str = "save_member";

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        let form = &self.form;
        let member = (form.agent, form.version);
        // Before the members, in the order in which a role is changed.
        let custom = (form.role, form.custom);
        let (becomes, called_now) = given(tx, self.workspace, custom).await?;
        let row = looked_at(tx, (self.workspace, self.by), member, Some(becomes)).await?;
        let was_called = called(tx, (&row.role, row.team_role_id)).await?;
        let chatbots = assigned_names(tx, self.workspace, &row).await?;
        Entity::update_many()
            .col_expr(Column::Name, Expr::value(form.name.clone()))
            .col_expr(Column::Role, Expr::value(form.role.word()))
            .col_expr(
                Column::TeamRoleId,
                Expr::value(form.custom.map(|role| role.0)),
            )
            .col_expr(Column::Without, Expr::value(kept(becomes.without)))
            .col_expr(Column::ChatLimit, Expr::value(i64::from(form.chat_limit)))
            .col_expr(Column::Priority, Expr::value(i64::from(form.priority)))
            .col_expr(
                Column::AllChatbots,
                Expr::value(form.assigned == Assigned::All),
            )
            .col_expr(Column::HandoffMail, Expr::value(form.handoff_mail))
            .col_expr(
                Column::HasOutlet,
                Expr::value(self.mails && form.handoff_mail && row.wants_mail),
            )
            .col_expr(Column::Hours, Expr::value(text(form.hours.as_ref())))
            .col_expr(Column::Languages, Expr::value(text(Some(&form.languages))))
            .col_expr(Column::Version, Expr::value(row.version + 1))
            .filter(Column::Id.eq(row.id))
            .exec(tx)
            .await?;
        replace_assigned(tx, self.workspace, form.agent, &form.assigned).await?;
        let after = Entity::find_by_id(row.id).one(tx).await?;
        let after = row.reading().some("id", after)?;
        let chatbots_now = assigned_names(tx, self.workspace, &after).await?;
        let changes = Differ::default()
            .field(AuditField::Name, &row.name, &after.name)
            .field(
                AuditField::Role,
                was_called,
                called_now.unwrap_or(after.role),
            )
            .field(AuditField::Chatbots, chatbots, chatbots_now)
            .field(AuditField::ChatLimit, row.chat_limit, after.chat_limit)
            .field(AuditField::Priority, row.priority, after.priority)
            .field(
                AuditField::HandoffMail,
                row.handoff_mail,
                after.handoff_mail,
            )
            .done();
        if !changes.is_empty() {
            let subject = (AuditSubject::Agent, row.id, after.name.as_str());
            let deed = Deed::new(self.workspace, AuditKind::Member, subject);
            record(tx, &self.doer, deed.with(changes)).await?;
        }
        Ok(())
    }
}

/// What is kept as JSON; none for none.
pub(super) fn text<T: serde::Serialize>(value: Option<T>) -> Option<String> {
    value.map(|value| serde_json::to_string(&value).expect("settings always encode"))
}

struct SetActive {
    workspace: WorkspaceId,
    by: AgentId,
    agent: AgentId,
    version: u64,
    active: bool,
    at: Timestamp,
    doer: By,
}

impl Unit for SetActive {
    type Done = ();
    const NAME: &'static str = "set_active";

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        let member = (self.agent, self.version);
        let row = looked_at(tx, (self.workspace, self.by), member, None).await?;
        let disabled_at = (!self.active).then_some(self.at.0);
        Entity::update_many()
            .col_expr(Column::DisabledAt, Expr::value(disabled_at))
            .col_expr(Column::Version, Expr::value(row.version + 1))
            .filter(Column::Id.eq(row.id))
            .exec(tx)
            .await?;
        if !self.active {
            sign_ins::Entity::update_many()
                .filter(sign_ins::Column::AgentId.eq(self.agent.0))
                .filter(sign_ins::Column::WorkspaceId.eq(self.workspace.0))
                .filter(sign_ins::Column::RevokedAt.is_null())
                .col_expr(sign_ins::Column::RevokedAt, Expr::value(self.at.0))
                .exec(tx)
                .await?;
            // Whoever comes back proves who they are first, and so do their programs.
            end_tokens(tx, (self.workspace, self.agent), &self.doer).await?;
        }
        let kind = match self.active {
            true => AuditKind::Activated,
            false => AuditKind::Deactivated,
        };
        if row.disabled_at.is_none() != self.active {
            let subject = (AuditSubject::Agent, row.id, row.name.as_str());
            record(tx, &self.doer, Deed::new(self.workspace, kind, subject)).await?;
        }
        Ok(())
    }
}
