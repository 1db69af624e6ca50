//! New passwords by a link: made for who asked by mail or by an admin, used once.

use domain::{Refusal, team};
use protocol::audit::{AuditField, AuditKind, AuditSubject};
use protocol::{AgentId, DeliveryId, Timestamp, WorkspaceId};
use sea_orm::sea_query::{Expr, ExprTrait as _, LockType};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};

use super::api_tokens::end_tokens;
use super::audit::{By, Deed, record};
use super::deliveries::{NewDelivery, enqueue};
use super::members::rights;
use super::tables::resets::{ActiveModel, Column, Entity};
use super::tables::{agents, deliveries, sign_ins, workspaces};
use super::writer::{Stop, Unit};
use super::{Failed, Store, StoreError};

/// Links that work at once for one member; the oldest goes when there is one more.
const AT_ONCE: usize = 16;

/// Whose password a link is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResetOf {
    pub agent: AgentId,
    pub workspace: WorkspaceId,
    pub workspace_name: String,
    pub email: String,
}

/// A password that is chosen by a link.
#[derive(Clone, PartialEq, Eq)]
pub struct NewPassword {
    pub token_hash: [u8; 32],
    pub password_hash: String,
    pub at: Timestamp,
    /// What tells them; its workspace and address are filled in here.
    pub mail: Option<NewDelivery>,
}

impl Store {
    /// Makes a link for whoever signs in with this address, and says in the log of mails whose it is;
    /// none for nobody.
    ///
    /// # Errors
    /// [`Failed::Unavailable`].
    pub async fn link_reset(
        &self,
        delivery: DeliveryId,
        email: String,
        token_hash: [u8; 32],
        expires_at: Timestamp,
    ) -> Result<Option<ResetOf>, Failed> {
        self.write(Asked {
            delivery,
            email,
            token_hash,
            expires_at,
        })
        .await
    }

    /// Makes a link for a member, by somebody who may; the address they sign in with.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`], [`Refusal::NotFound`], [`Failed::Unavailable`].
    pub async fn make_reset(
        &self,
        (workspace, by): (WorkspaceId, AgentId),
        agent: AgentId,
        token_hash: [u8; 32],
        expires_at: Timestamp,
    ) -> Result<String, Failed> {
        self.write(Made {
            workspace,
            by,
            agent,
            token_hash,
            expires_at,
            doer: self.by(),
        })
        .await
    }

    /// Whose password this link is for, while it works.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn reset_by_token(
        &self,
        token_hash: &[u8; 32],
        now: Timestamp,
    ) -> Result<Option<ResetOf>, StoreError> {
        let row = Entity::find_by_id(token_hash.to_vec())
            .filter(Column::ExpiresAt.gt(now.0))
            .one(self.readers())
            .await?;
        let Some(row) = row else { return Ok(None) };
        let me = self.me(AgentId(row.agent_id)).await?;
        Ok(me.map(|me| ResetOf {
            agent: me.id,
            workspace: me.workspace,
            workspace_name: me.workspace_name,
            email: me.email,
        }))
    }

    /// Keeps a new password: every link to one ends, every sign-in, and every token for programs.
    ///
    /// # Errors
    /// [`Refusal::ResetOver`], [`Failed::Unavailable`].
    pub async fn reset_password(&self, new: NewPassword) -> Result<AgentId, Failed> {
        let by = self.by();
        self.write(ByLink { new, by }).await
    }

    /// Says of everybody whether mail reaches them, where it leaves from here.
    ///
    /// # Errors
    /// [`Failed::Unavailable`].
    pub async fn set_outlets(&self, mails: bool) -> Result<(), Failed> {
        self.write(SetOutlets { mails }).await
    }
}

async fn add(
    tx: &DatabaseTransaction,
    agent: &agents::Model,
    token_hash: &[u8; 32],
    expires_at: Timestamp,
) -> Result<(), StoreError> {
    let earlier = Entity::find()
        .filter(Column::AgentId.eq(agent.id))
        .order_by_desc(Column::ExpiresAt)
        .all(tx)
        .await?;
    let over = earlier.into_iter().skip(AT_ONCE - 1);
    let over: Vec<_> = over.map(|row| row.token_hash).collect();
    if !over.is_empty() {
        Entity::delete_many()
            .filter(Column::TokenHash.is_in(over))
            .exec(tx)
            .await?;
    }
    let row = ActiveModel {
        token_hash: Set(token_hash.to_vec()),
        workspace_id: Set(agent.workspace_id),
        agent_id: Set(agent.id),
        expires_at: Set(expires_at.0),
    };
    Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

struct Asked {
    delivery: DeliveryId,
    email: String,
    token_hash: [u8; 32],
    expires_at: Timestamp,
}

impl Unit for Asked {
    type Done = Option<ResetOf>;
    const NAME: &'static str = "link_reset";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<Option<ResetOf>, Stop> {
        let agent = agents::Entity::find()
            .filter(agents::Column::Email.eq(self.email.as_str()))
            .filter(agents::Column::DisabledAt.is_null())
            .one(tx)
            .await?;
        let Some(agent) = agent else { return Ok(None) };
        add(tx, &agent, &self.token_hash, self.expires_at).await?;
        deliveries::Entity::update_many()
            .col_expr(
                deliveries::Column::WorkspaceId,
                Expr::value(agent.workspace_id),
            )
            .filter(deliveries::Column::Id.eq(self.delivery.0))
            .exec(tx)
            .await?;
        let workspace = workspaces::Entity::find_by_id(agent.workspace_id)
            .one(tx)
            .await?;
        let workspace = agent.reading().some("workspace_id", workspace)?;
        Ok(Some(ResetOf {
            agent: AgentId(agent.id),
            workspace: WorkspaceId(agent.workspace_id),
            workspace_name: workspace.name,
            email: agent.email,
        }))
    }
}

struct Made {
    workspace: WorkspaceId,
    by: AgentId,
    agent: AgentId,
    token_hash: [u8; 32],
    expires_at: Timestamp,
    doer: By,
}

impl Unit for Made {
    type Done = String;
    const NAME: &'static str = "make_reset";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<String, Stop> {
        let by = rights(tx, self.workspace, self.by).await?;
        let by = by.ok_or(Stop::Refused(Refusal::NotAllowed))?;
        let agent = agents::Entity::find_by_id(self.agent.0)
            .filter(agents::Column::WorkspaceId.eq(self.workspace.0))
            .filter(agents::Column::DisabledAt.is_null())
            .one(tx)
            .await?;
        let agent = agent.ok_or(Stop::Refused(Refusal::NotFound))?;
        team::may_let_in(by, agent.rights()?).map_err(Stop::Refused)?;
        add(tx, &agent, &self.token_hash, self.expires_at).await?;
        let subject = (AuditSubject::Agent, agent.id, agent.name.as_str());
        let deed = Deed::new(self.workspace, AuditKind::ResetMade, subject);
        record(tx, &self.doer, deed).await?;
        Ok(agent.email)
    }
}

struct ByLink {
    new: NewPassword,
    by: By,
}

impl Unit for ByLink {
    type Done = AgentId;
    const NAME: &'static str = "reset_password";

    async fn run(&self, tx: &DatabaseTransaction) -> Result<AgentId, Stop> {
        let agent = self.new.keep(tx).await?;
        let (id, workspace) = (AgentId(agent.id), WorkspaceId(agent.workspace_id));
        // Whoever holds the link is taken for its agent, as signing in does from here on.
        let by = self.by.clone().proven(id);
        let subject = (AuditSubject::Agent, agent.id, agent.name.as_str());
        let deed = Deed::new(workspace, AuditKind::PasswordChanged, subject);
        let changes = super::audit::Differ::default().field(AuditField::By, "", "link");
        record(tx, &by, deed.with(changes.done())).await?;
        end_tokens(tx, (workspace, id), &by).await?;
        Ok(id)
    }
}

impl NewPassword {
    async fn keep(&self, tx: &DatabaseTransaction) -> Result<agents::Model, Stop> {
        let over = || Stop::Refused(Refusal::ResetOver);
        let link = Entity::find_by_id(self.token_hash.to_vec())
            .filter(Column::ExpiresAt.gt(self.at.0))
            // Of two who hold one link the second waits here, and finds it gone.
            .lock(LockType::Update)
            .one(tx)
            .await?;
        let link = link.ok_or_else(over)?;
        let agent = agents::Entity::find_by_id(link.agent_id)
            .filter(agents::Column::DisabledAt.is_null())
            .lock(LockType::NoKeyUpdate)
            .one(tx)
            .await?;
        let agent = agent.ok_or_else(over)?;
        let gone = Entity::delete_many()
            .filter(Column::AgentId.eq(agent.id))
            .exec(tx)
            .await?;
        if gone.rows_affected == 0 {
            return Err(over());
        }
        agents::Entity::update_many()
            .col_expr(
                agents::Column::PasswordHash,
                Expr::value(self.password_hash.clone()),
            )
            .filter(agents::Column::Id.eq(agent.id))
            .exec(tx)
            .await?;
        sign_ins::Entity::update_many()
            .filter(sign_ins::Column::AgentId.eq(agent.id))
            .filter(sign_ins::Column::RevokedAt.is_null())
            .col_expr(sign_ins::Column::RevokedAt, Expr::value(self.at.0))
            .exec(tx)
            .await?;
        if let Some(mail) = &self.mail {
            let mail = NewDelivery {
                workspace: Some(WorkspaceId(agent.workspace_id)),
                recipient: agent.email.clone(),
                ..mail.clone()
            };
            enqueue(tx, &mail).await?;
        }
        Ok(agent)
    }
}

struct SetOutlets {
    mails: bool,
}

impl Unit for SetOutlets {
    type Done = ();
    const NAME: &'static str = "set_outlets";

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        use agents::Column;
        let reaches = match self.mails {
            true => Expr::col(Column::HandoffMail).and(Expr::col(Column::WantsMail)),
            false => Expr::value(false),
        };
        agents::Entity::update_many()
            .col_expr(Column::HasOutlet, reaches)
            .exec(tx)
            .await?;
        Ok(())
    }
}
