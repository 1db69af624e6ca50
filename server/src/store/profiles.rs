//! What agents change of themselves: name, phone number and password.

use domain::Refusal;
use protocol::audit::{AuditField, AuditKind, AuditSubject};
use protocol::person::Notices;
use protocol::profile::ProfileForm;
use protocol::{AgentId, AttachmentId, SignInId, Timestamp, WorkspaceId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, UpdateMany};

use super::api_tokens::end_tokens;
use super::audit::{By, Deed, Differ, record};
use super::sign_ins::{Which, end};
use super::tables::agents::{Column, Entity};
use super::tables::row_number;
use super::writer::{Stop, Unit};
use super::{Failed, Store, StoreError};

/// An agent as they see themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileRow {
    pub name: String,
    pub email: String,
    pub phone: String,
    pub notices: Notices,
    /// Whether whoever keeps the team lets mail tell them of who waits.
    pub handoff_mail: bool,
    pub version: u64,
    pub picture: Option<AttachmentId>,
}

impl Store {
    /// An agent's profile; none for one who does not exist or was disabled.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn profile(&self, agent: AgentId) -> Result<Option<ProfileRow>, StoreError> {
        let row = Entity::find_by_id(agent.0)
            .filter(Column::DisabledAt.is_null())
            .one(self.readers())
            .await?;
        let Some(row) = row else {
            return Ok(None);
        };
        let picture = self.picture_id(WorkspaceId(row.workspace_id), agent);
        Ok(Some(ProfileRow {
            picture: picture.await?,
            version: row.reading().number("version", row.version)?,
            notices: row.notices()?,
            handoff_mail: row.handoff_mail,
            phone: row.phone.unwrap_or_default(),
            name: row.name,
            email: row.email,
        }))
    }

    /// Saves a profile that was checked, on the version that was looked at.
    ///
    /// # Errors
    /// [`Refusal::MemberChanged`], [`Failed::Unavailable`].
    pub async fn save_profile(
        &self,
        workspace: WorkspaceId,
        agent: AgentId,
        form: ProfileForm,
    ) -> Result<(), Failed> {
        self.write(SaveProfile {
            workspace,
            agent,
            form,
            by: self.by(),
        })
        .await
    }

    /// Gives an agent another password in the place of the one that was checked, and ends all their
    /// sign-ins but one, and their tokens for programs. Says which sign-ins ended.
    ///
    /// # Errors
    /// [`Refusal::PasswordWrong`] when it was changed meanwhile, [`Failed::Unavailable`].
    pub async fn change_password(
        &self,
        (workspace, agent): (WorkspaceId, AgentId),
        (from, to): (String, String),
        stays: SignInId,
        at: Timestamp,
    ) -> Result<Vec<SignInId>, Failed> {
        self.write(ChangePassword {
            workspace,
            agent,
            from,
            to,
            stays,
            at,
            by: self.by(),
        })
        .await
    }
}

/// The row of an agent who may sign in.
pub(super) fn own(workspace: WorkspaceId, agent: AgentId) -> UpdateMany<Entity> {
    Entity::update_many()
        .filter(Column::Id.eq(agent.0))
        .filter(Column::WorkspaceId.eq(workspace.0))
        .filter(Column::DisabledAt.is_null())
}

struct SaveProfile {
    workspace: WorkspaceId,
    agent: AgentId,
    form: ProfileForm,
    by: By,
}

impl Unit for SaveProfile {
    type Done = ();
    const NAME: &'static str = "save_profile";

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        let form = &self.form;
        let before = Entity::find_by_id(self.agent.0).one(tx).await?;
        let phone = Some(form.phone.clone()).filter(|phone| !phone.is_empty());
        let version = row_number(form.version);
        let done = own(self.workspace, self.agent)
            .filter(Column::Version.eq(version))
            .col_expr(Column::Name, Expr::value(form.name.clone()))
            .col_expr(Column::Phone, Expr::value(phone))
            .col_expr(Column::Version, Expr::value(version.saturating_add(1)))
            .exec(tx)
            .await?;
        if done.rows_affected == 0 {
            return Err(Stop::Refused(Refusal::MemberChanged));
        }
        let Some(before) = before else { return Ok(()) };
        let was = before.phone.unwrap_or_default();
        let changes = Differ::default()
            .field(AuditField::Name, &before.name, &form.name)
            .field(AuditField::Phone, &was, &form.phone)
            .done();
        if !changes.is_empty() {
            let subject = (AuditSubject::Agent, before.id, form.name.as_str());
            let deed = Deed::new(self.workspace, AuditKind::Profile, subject);
            record(tx, &self.by, deed.with(changes)).await?;
        }
        Ok(())
    }
}

struct ChangePassword {
    workspace: WorkspaceId,
    agent: AgentId,
    /// The hashes.
    from: String,
    to: String,
    stays: SignInId,
    at: Timestamp,
    by: By,
}

impl Unit for ChangePassword {
    type Done = Vec<SignInId>;
    const NAME: &'static str = "change_password";

    async fn run(&self, tx: &DatabaseTransaction) -> Result<Vec<SignInId>, Stop> {
        let done = own(self.workspace, self.agent)
            .filter(Column::PasswordHash.eq(self.from.as_str()))
            .col_expr(Column::PasswordHash, Expr::value(self.to.clone()))
            .exec(tx)
            .await?;
        if done.rows_affected == 0 {
            return Err(Stop::Refused(Refusal::PasswordWrong));
        }
        let row = Entity::find_by_id(self.agent.0).one(tx).await?;
        let name = row.map(|row| row.name).unwrap_or_default();
        let subject = (AuditSubject::Agent, self.agent.0, name.as_str());
        let deed = Deed::new(self.workspace, AuditKind::PasswordChanged, subject);
        record(tx, &self.by, deed).await?;
        let of = (self.workspace, self.agent);
        end_tokens(tx, of, &self.by).await?;
        end(tx, of, Which::AllBut(self.stays), self.at).await
    }
}
