//! Invitations: made, renewed, taken back, and accepted once.

use domain::Refusal;
use protocol::audit::{AuditField, AuditKind, AuditSubject};
use protocol::person::Role;
use protocol::{AgentId, InviteId, RoleId, Timestamp, WorkspaceId, limits};
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{
    ColumnTrait, Condition, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, Select, Set, SqlErr,
};

use super::agents::{NewAgent, add};
use super::apply::insert;
use super::audit::{By, Deed, Differ, record};
use super::deliveries::{NewDelivery, enqueue};
use super::invite_rights::{may, of_row};
use super::invites_told::{kind_of, told};
use super::tables::agents;
use super::tables::invite_links;
use super::tables::invites::{ActiveModel, Column, Entity, Model};
use super::tables::words::Word as _;
use super::team_roles::{called, given};
use super::writer::{Stop, Unit};
use super::{Failed, Store, StoreError};

/// After so long an invitation that expired is forgotten.
const FORGOTTEN_MILLIS: i64 = 30 * 24 * 60 * 60 * 1000;

/// An invitation that nobody has answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InviteRow {
    pub id: InviteId,
    pub workspace: WorkspaceId,
    pub email: String,
    pub role: Role,
    /// The role of the workspace's own, which is like `role`.
    pub custom: Option<RoleId>,
    pub by: AgentId,
    pub expires_at: Timestamp,
}

/// An invitation that is made. An earlier one to the same address works no more.
#[derive(Clone, PartialEq, Eq)]
pub struct NewInvite {
    pub id: InviteId,
    pub workspace: WorkspaceId,
    /// In lower case.
    pub email: String,
    pub role: Role,
    /// The role of the workspace's own, which is like `role`.
    pub custom: Option<RoleId>,
    pub token_hash: [u8; 32],
    pub by: AgentId,
    pub at: Timestamp,
    pub expires_at: Timestamp,
    /// What takes the link there; none where whoever invites does that.
    pub mail: Option<NewDelivery>,
}

impl Store {
    /// The invitations of a workspace that nobody has answered, the newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn invites(&self, workspace: WorkspaceId) -> Result<Vec<InviteRow>, StoreError> {
        let rows = of(workspace).order_by_desc(Column::CreatedAt);
        let rows = rows.all(self.readers()).await?.into_iter();
        rows.map(InviteRow::try_from).collect()
    }

    /// The invitation of this token, while it may be accepted.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn invite_by_token(
        &self,
        token_hash: &[u8; 32],
        now: Timestamp,
    ) -> Result<Option<InviteRow>, StoreError> {
        let row = open(token_hash, now).one(self.readers()).await?;
        row.map(InviteRow::try_from).transpose()
    }

    /// Invites somebody.
    ///
    /// # Errors
    /// [`Refusal::EmailTaken`], [`Refusal::TooManyInvites`], [`Refusal::NotFound`] without such a
    /// role, [`Failed::Unavailable`].
    pub async fn add_invite(&self, invite: NewInvite) -> Result<(), Failed> {
        let by = self.by();
        self.write(AddInvite { invite, by }).await
    }

    /// Gives an invitation a new secret and time; the former links work no more.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Failed::Unavailable`].
    pub async fn renew_invite(
        &self,
        workspace: WorkspaceId,
        invite: InviteId,
        token_hash: [u8; 32],
        expires_at: Timestamp,
        mail: Option<NewDelivery>,
    ) -> Result<(), Failed> {
        self.write(Renew {
            workspace,
            invite,
            token_hash,
            expires_at,
            mail,
            doer: self.by(),
        })
        .await
    }

    /// Takes an invitation back.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Failed::Unavailable`].
    pub async fn revoke_invite(
        &self,
        workspace: WorkspaceId,
        invite: InviteId,
    ) -> Result<(), Failed> {
        let doer = self.by();
        self.write(Revoke {
            workspace,
            invite,
            doer,
        })
        .await
    }

    /// Whoever holds the token joins as this agent; it works once.
    ///
    /// # Errors
    /// [`Refusal::InviteOver`], [`Refusal::EmailTaken`], [`Failed::Unavailable`].
    pub async fn accept_invite(
        &self,
        token_hash: [u8; 32],
        agent: NewAgent,
        at: Timestamp,
    ) -> Result<(), Failed> {
        self.write(Accept {
            token_hash,
            agent,
            at,
            doer: self.by(),
        })
        .await
    }
}

fn of(workspace: WorkspaceId) -> Select<Entity> {
    Entity::find().filter(Column::WorkspaceId.eq(workspace.0))
}

/// The invitation that a link is for: the one that was shown last, or any that was mailed since.
fn open(token_hash: &[u8; 32], now: Timestamp) -> Select<Entity> {
    Entity::find().filter(opens(token_hash, now))
}

fn opens(token_hash: &[u8; 32], now: Timestamp) -> Condition {
    let mailed = Query::select()
        .column(invite_links::Column::InviteId)
        .from(invite_links::Entity)
        .and_where(invite_links::Column::TokenHash.eq(token_hash.to_vec()))
        .take();
    let of_link = Condition::any()
        .add(Column::TokenHash.eq(token_hash.to_vec()))
        .add(Column::Id.in_subquery(mailed));
    Condition::all()
        .add(of_link)
        .add(Column::ExpiresAt.gt(now.0))
}

impl TryFrom<Model> for InviteRow {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: InviteId(row.id),
            workspace: WorkspaceId(row.workspace_id),
            role: row.reading().word("role", &row.role)?,
            custom: row.team_role_id.map(RoleId),
            by: AgentId(row.invited_by),
            expires_at: Timestamp(row.expires_at),
            email: row.email,
        })
    }
}

struct AddInvite {
    invite: NewInvite,
    by: By,
}

impl Unit for AddInvite {
    type Done = ();
    const NAME: &'static str = "add_invite";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        self.invite.add(tx).await?;
        let (id, kind) = (self.invite.id, kind_of(self.invite.mail.as_ref()));
        told(tx, (self.invite.workspace, id), kind, &self.by).await
    }
}

impl NewInvite {
    async fn add(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        let taken = agents::Entity::find()
            .filter(agents::Column::Email.eq(self.email.as_str()))
            .count(tx)
            .await?;
        if taken > 0 {
            return Err(Stop::Refused(Refusal::EmailTaken));
        }
        let earlier = of(self.workspace)
            .filter(Column::Email.eq(self.email.as_str()))
            .one(tx)
            .await?;
        let becomes = (self.role, self.custom);
        // Its row stays until this is there, and whoever deletes it then ends this too.
        given(tx, self.workspace, becomes).await?;
        if let Some(earlier) = earlier {
            may(tx, self.workspace, self.by, (of_row(&earlier)?, becomes)).await?;
            Entity::delete_by_id(earlier.id).exec(tx).await?;
        }
        // What nobody answered for so long is of no use in the list either.
        Entity::delete_many()
            .filter(Column::WorkspaceId.eq(self.workspace.0))
            .filter(Column::ExpiresAt.lt(self.at.0 - FORGOTTEN_MILLIS))
            .exec(tx)
            .await?;
        let open = of(self.workspace).filter(Column::ExpiresAt.gt(self.at.0));
        if open.count(tx).await? >= limits::INVITES as u64 {
            let limit = limits::INVITES as u32;
            return Err(Stop::Refused(Refusal::TooManyInvites { limit }));
        }
        let row = ActiveModel {
            id: Set(self.id.0),
            workspace_id: Set(self.workspace.0),
            email: Set(self.email.clone()),
            role: Set(self.role.word().to_owned()),
            team_role_id: Set(self.custom.map(|role| role.0)),
            token_hash: Set(self.token_hash.to_vec()),
            invited_by: Set(self.by.0),
            created_at: Set(self.at.0),
            expires_at: Set(self.expires_at.0),
        };
        insert(tx, vec![row]).await?;
        if let Some(mail) = &self.mail {
            enqueue(tx, mail).await?;
        }
        Ok(())
    }
}

struct Renew {
    workspace: WorkspaceId,
    invite: InviteId,
    token_hash: [u8; 32],
    expires_at: Timestamp,
    mail: Option<NewDelivery>,
    doer: By,
}

impl Unit for Renew {
    type Done = ();
    const NAME: &'static str = "renew_invite";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        let done = Entity::update_many()
            .col_expr(Column::TokenHash, Expr::value(self.token_hash.to_vec()))
            .col_expr(Column::ExpiresAt, Expr::value(self.expires_at.0))
            .filter(Column::Id.eq(self.invite.0))
            .filter(Column::WorkspaceId.eq(self.workspace.0))
            .exec(tx)
            .await?;
        one(done.rows_affected)?;
        invite_links::Entity::delete_many()
            .filter(invite_links::Column::InviteId.eq(self.invite.0))
            .exec(tx)
            .await?;
        if let Some(mail) = &self.mail {
            enqueue(tx, mail).await?;
        }
        let kind = kind_of(self.mail.as_ref());
        told(tx, (self.workspace, self.invite), kind, &self.doer).await
    }
}

struct Revoke {
    workspace: WorkspaceId,
    invite: InviteId,
    doer: By,
}

impl Unit for Revoke {
    type Done = ();
    const NAME: &'static str = "revoke_invite";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        let of = (self.workspace, self.invite);
        told(tx, of, AuditKind::InviteRevoked, &self.doer).await?;
        let done = Entity::delete_many()
            .filter(Column::Id.eq(self.invite.0))
            .filter(Column::WorkspaceId.eq(self.workspace.0))
            .exec(tx)
            .await?;
        one(done.rows_affected)
    }
}

fn one(rows: u64) -> Result<(), Stop> {
    if rows == 0 {
        return Err(Stop::Refused(Refusal::NotFound));
    }
    Ok(())
}

struct Accept {
    token_hash: [u8; 32],
    agent: NewAgent,
    at: Timestamp,
    doer: By,
}

impl Unit for Accept {
    type Done = ();
    const NAME: &'static str = "accept_invite";

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        let invite = open(&self.token_hash, self.at).one(tx).await?;
        let invite = invite.ok_or(Stop::Refused(Refusal::InviteOver))?;
        // It is worth what who gave it may give now.
        let by = AgentId(invite.invited_by);
        let role = of_row(&invite)?;
        let given = may(tx, self.agent.workspace, by, (role, role)).await;
        given.map_err(|stop| match stop {
            Stop::Refused(_) => Stop::Refused(Refusal::InviteOver),
            broke @ Stop::Broke(_) => broke,
        })?;
        // Deleting is what makes it work once, whoever else holds the link.
        let done = Entity::delete_many()
            .filter(Column::Id.eq(invite.id))
            .filter(Column::WorkspaceId.eq(self.agent.workspace.0))
            .filter(opens(&self.token_hash, self.at))
            .exec(tx)
            .await?;
        if done.rows_affected == 0 {
            return Err(Stop::Refused(Refusal::InviteOver));
        }
        match add(tx, &self.agent, self.at).await {
            Ok(()) => {
                let agent = &self.agent;
                let subject = (AuditSubject::Agent, agent.id.0, agent.name.as_str());
                let deed = Deed::new(agent.workspace, AuditKind::InviteAccepted, subject);
                let role = called(tx, (&invite.role, invite.team_role_id)).await?;
                let changes = Differ::default().field(AuditField::Role, "", role).done();
                let by = self.doer.clone().proven(agent.id);
                record(tx, &by, deed.with(changes)).await?;
                Ok(())
            }
            Err(StoreError::Database(error))
                if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) =>
            {
                Err(Stop::Refused(Refusal::EmailTaken))
            }
            Err(error) => Err(Stop::Broke(error)),
        }
    }
}
