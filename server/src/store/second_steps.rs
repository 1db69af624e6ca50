//! The second step of signing in: offered, confirmed, asked for once per code, and turned off.

use domain::{Refusal, team};
use protocol::audit::{AuditKind, AuditSubject};
use protocol::{AgentId, Timestamp, WorkspaceId};
use sea_orm::sea_query::{Expr, ExprTrait as _, LockType, OnConflict};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect,
    Select, Set,
};

use super::apply::insert;
use super::audit::{By, Deed, record};
use super::members::rights;
use super::sign_ins::NewSignIn;
use super::tables::second_steps::{ActiveModel, Column, Entity};
use super::tables::{agents, recovery_codes, row_number};
use super::writer::{Stop, Unit};
use super::{Failed, Store, StoreError};

/// What codes are checked by.
#[derive(Clone, PartialEq, Eq)]
pub struct SecondStep {
    pub secret: Vec<u8>,
    /// Whether a first code was seen: only then is it asked for.
    pub confirmed: bool,
}

/// What somebody proved besides the password.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// Nothing, which is enough as long as no code is asked for.
    None,
    /// A code of this step of time.
    Step(u64),
    /// A recovery code with this hash.
    Recovery([u8; 32]),
}

impl Store {
    /// An agent's second step; none who has not begun with it.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn second_step(&self, agent: AgentId) -> Result<Option<SecondStep>, StoreError> {
        let row = Entity::find_by_id(agent.0).one(self.readers()).await?;
        Ok(row.map(|row| SecondStep {
            secret: row.secret,
            confirmed: row.confirmed_at.is_some(),
        }))
    }

    /// How many recovery codes an agent has left.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn recovery_codes(&self, agent: AgentId) -> Result<u64, StoreError> {
        Ok(codes_of(agent).count(self.readers()).await?)
    }

    /// Keeps a key that a first code has yet to confirm, in the place of an earlier one.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`] while a confirmed one is asked for, [`Failed::Unavailable`].
    pub async fn offer_second_step(
        &self,
        workspace: WorkspaceId,
        agent: AgentId,
        secret: Vec<u8>,
    ) -> Result<(), Failed> {
        self.write(Offer {
            workspace,
            agent,
            secret,
        })
        .await
    }

    /// A first code proved the key: it is asked for from now on. Keeps the hashes of recovery codes.
    ///
    /// # Errors
    /// [`Refusal::CodeWrong`] when the key was replaced meanwhile, [`Failed::Unavailable`].
    pub async fn confirm_second_step(
        &self,
        (workspace, agent): (WorkspaceId, AgentId),
        (secret, step): (Vec<u8>, u64),
        recovery: Vec<[u8; 32]>,
        at: Timestamp,
    ) -> Result<(), Failed> {
        self.write(Confirm {
            workspace,
            agent,
            secret,
            step,
            recovery,
            at,
            by: self.by(),
        })
        .await
    }

    /// Keeps the hashes of new recovery codes in the place of those there are.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`] while no code is asked for, [`Failed::Unavailable`].
    pub async fn renew_recovery(
        &self,
        (workspace, agent): (WorkspaceId, AgentId),
        recovery: Vec<[u8; 32]>,
    ) -> Result<(), Failed> {
        self.write(Renew {
            workspace,
            agent,
            recovery,
            by: self.by(),
        })
        .await
    }

    /// Lets a browser in by password, and by code where one is asked for. The password has to be the
    /// one that was checked, and the code counts once, whoever else sends it at the same moment.
    ///
    /// # Errors
    /// [`Refusal::CodeWrong`], [`Refusal::SignInOver`], [`Failed::Unavailable`].
    pub async fn begin_proven_sign_in(
        &self,
        sign_in: NewSignIn,
        password_hash: String,
        proof: Proof,
    ) -> Result<(), Failed> {
        self.write(Proven {
            sign_in,
            password_hash,
            proof,
        })
        .await
    }

    /// Turns an agent's second step off. `by` is somebody else who keeps the team.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`], [`Refusal::NotFound`], [`Failed::Unavailable`].
    pub async fn end_second_step(
        &self,
        workspace: WorkspaceId,
        agent: AgentId,
        by: Option<AgentId>,
    ) -> Result<(), Failed> {
        self.write(End {
            workspace,
            agent,
            by,
            doer: self.by(),
        })
        .await
    }
}

fn codes_of(agent: AgentId) -> Select<recovery_codes::Entity> {
    recovery_codes::Entity::find().filter(recovery_codes::Column::AgentId.eq(agent.0))
}

struct Offer {
    workspace: WorkspaceId,
    agent: AgentId,
    secret: Vec<u8>,
}

impl Unit for Offer {
    type Done = ();
    const NAME: &'static str = "offer_second_step";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        let row = ActiveModel {
            agent_id: Set(self.agent.0),
            workspace_id: Set(self.workspace.0),
            secret: Set(self.secret.clone()),
            confirmed_at: Set(None),
            used_step: Set(0),
        };
        let again = OnConflict::column(Column::AgentId)
            .update_column(Column::Secret)
            .action_and_where(Expr::col((Entity, Column::ConfirmedAt)).is_null())
            .to_owned();
        let done = Entity::insert(row)
            .on_conflict(again)
            .exec_without_returning(tx)
            .await?;
        if done == 0 {
            return Err(Stop::Refused(Refusal::NotAllowed));
        }
        Ok(())
    }
}

struct Confirm {
    workspace: WorkspaceId,
    agent: AgentId,
    secret: Vec<u8>,
    step: u64,
    recovery: Vec<[u8; 32]>,
    at: Timestamp,
    by: By,
}

impl Unit for Confirm {
    type Done = ();
    const NAME: &'static str = "confirm_second_step";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        let done = Entity::update_many()
            .filter(Column::AgentId.eq(self.agent.0))
            .filter(Column::WorkspaceId.eq(self.workspace.0))
            .filter(Column::Secret.eq(self.secret.clone()))
            .filter(Column::ConfirmedAt.is_null())
            .col_expr(Column::ConfirmedAt, Expr::value(self.at.0))
            .col_expr(Column::UsedStep, Expr::value(row_number(self.step)))
            .exec(tx)
            .await?;
        if done.rows_affected == 0 {
            return Err(Stop::Refused(Refusal::CodeWrong));
        }
        let of = (self.workspace, self.agent);
        keep(tx, of, &self.recovery).await?;
        told(tx, of, AuditKind::TwoStepsOn, &self.by).await
    }
}

struct Renew {
    workspace: WorkspaceId,
    agent: AgentId,
    recovery: Vec<[u8; 32]>,
    by: By,
}

impl Unit for Renew {
    type Done = ();
    const NAME: &'static str = "renew_recovery";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        // Locked, so that two who do so at once do not leave the codes of both.
        let row = Entity::find_by_id(self.agent.0)
            .filter(Column::WorkspaceId.eq(self.workspace.0))
            .filter(Column::ConfirmedAt.is_not_null())
            .lock(LockType::Update)
            .one(tx)
            .await?;
        row.ok_or(Stop::Refused(Refusal::NotAllowed))?;
        let of = (self.workspace, self.agent);
        forget_codes(tx, of).await?;
        keep(tx, of, &self.recovery).await?;
        told(tx, of, AuditKind::RecoveryRenewed, &self.by).await
    }
}

/// Keeps the hashes of recovery codes.
async fn keep(
    tx: &DatabaseTransaction,
    (workspace, agent): (WorkspaceId, AgentId),
    recovery: &[[u8; 32]],
) -> Result<(), StoreError> {
    let codes = recovery.iter().map(|hash| recovery_codes::ActiveModel {
        code_hash: Set(hash.to_vec()),
        workspace_id: Set(workspace.0),
        agent_id: Set(agent.0),
    });
    insert(tx, codes.collect()).await?;
    Ok(())
}

/// Forgets an agent's recovery codes: none of them lets anybody in any more.
async fn forget_codes(
    tx: &DatabaseTransaction,
    (workspace, agent): (WorkspaceId, AgentId),
) -> Result<(), StoreError> {
    recovery_codes::Entity::delete_many()
        .filter(recovery_codes::Column::AgentId.eq(agent.0))
        .filter(recovery_codes::Column::WorkspaceId.eq(workspace.0))
        .exec(tx)
        .await?;
    Ok(())
}

/// Writes down that signing in asks for a code from now on, or no more.
async fn told(
    tx: &DatabaseTransaction,
    (workspace, agent): (WorkspaceId, AgentId),
    kind: AuditKind,
    by: &By,
) -> Result<(), Stop> {
    let row = agents::Entity::find_by_id(agent.0).one(tx).await?;
    let name = row.map(|row| row.name).unwrap_or_default();
    let subject = (AuditSubject::Agent, agent.0, name.as_str());
    record(tx, by, Deed::new(workspace, kind, subject)).await?;
    Ok(())
}

struct Proven {
    sign_in: NewSignIn,
    password_hash: String,
    proof: Proof,
}

impl Unit for Proven {
    type Done = ();
    const NAME: &'static str = "begin_proven_sign_in";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        let (workspace, agent) = (self.sign_in.workspace.0, self.sign_in.agent.0);
        // Locked, so that a password that is changed at this moment ends this sign-in or refuses it.
        let row = agents::Entity::find_by_id(agent)
            .filter(agents::Column::WorkspaceId.eq(workspace))
            .filter(agents::Column::DisabledAt.is_null())
            .filter(agents::Column::PasswordHash.eq(self.password_hash.as_str()))
            .lock(LockType::NoKeyUpdate)
            .one(tx)
            .await?;
        if row.is_none() {
            return Err(Stop::Refused(Refusal::SignInOver));
        }
        let used = match self.proof {
            Proof::None => {
                let asked = Entity::find_by_id(agent).filter(Column::ConfirmedAt.is_not_null());
                if asked.count(tx).await? > 0 {
                    return Err(Stop::Refused(Refusal::SignInOver));
                }
                1
            }
            Proof::Step(step) => {
                Entity::update_many()
                    .filter(Column::AgentId.eq(agent))
                    .filter(Column::WorkspaceId.eq(workspace))
                    .filter(Column::ConfirmedAt.is_not_null())
                    .filter(Column::UsedStep.lt(row_number(step)))
                    .col_expr(Column::UsedStep, Expr::value(row_number(step)))
                    .exec(tx)
                    .await?
                    .rows_affected
            }
            Proof::Recovery(hash) => {
                recovery_codes::Entity::delete_many()
                    .filter(recovery_codes::Column::CodeHash.eq(hash.to_vec()))
                    .filter(recovery_codes::Column::AgentId.eq(agent))
                    .filter(recovery_codes::Column::WorkspaceId.eq(workspace))
                    .exec(tx)
                    .await?
                    .rows_affected
            }
        };
        if used == 0 {
            return Err(Stop::Refused(Refusal::CodeWrong));
        }
        self.sign_in.run(tx).await
    }
}

struct End {
    workspace: WorkspaceId,
    agent: AgentId,
    by: Option<AgentId>,
    doer: By,
}

impl Unit for End {
    type Done = ();
    const NAME: &'static str = "end_second_step";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        if let Some(by) = self.by {
            let row = agents::Entity::find_by_id(self.agent.0)
                .filter(agents::Column::WorkspaceId.eq(self.workspace.0))
                .one(tx)
                .await?;
            let row = row.ok_or(Stop::Refused(Refusal::NotFound))?;
            let by = rights(tx, self.workspace, by).await?;
            let by = by.ok_or(Stop::Refused(Refusal::NotAllowed))?;
            team::may_let_in(by, row.rights()?).map_err(Stop::Refused)?;
        }
        let was_on = Entity::find_by_id(self.agent.0).filter(Column::ConfirmedAt.is_not_null());
        let was_on = was_on.count(tx).await? > 0;
        Entity::delete_many()
            .filter(Column::AgentId.eq(self.agent.0))
            .filter(Column::WorkspaceId.eq(self.workspace.0))
            .exec(tx)
            .await?;
        let of = (self.workspace, self.agent);
        forget_codes(tx, of).await?;
        if was_on {
            told(tx, of, AuditKind::TwoStepsOff, &self.doer).await?;
        }
        Ok(())
    }
}
