//! A sign-in ends, or several of an agent's.

use protocol::audit::AuditKind;
use protocol::{AgentId, Timestamp, WorkspaceId};
use sea_orm::sea_query::{Expr, ExprTrait as _, LockType};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect, UpdateMany,
};
use uuid::Uuid;

use super::{SignInId, told};
use crate::store::api_tokens::end_tokens;
use crate::store::audit::By;
use crate::store::tables::agents;
use crate::store::tables::sign_ins::{Column, Entity};
use crate::store::writer::{Stop, Unit};
use crate::store::{Failed, Store};

/// Some of an agent's sign-ins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    Only(SignInId),
    AllBut(SignInId),
    All,
}

impl Store {
    /// Ends some of an agent's sign-ins, or all and the tokens of their programs as well, and says which.
    ///
    /// # Errors
    /// [`Failed::Unavailable`] when the database cannot be written.
    pub async fn end_sign_ins(
        &self,
        (workspace, agent): (WorkspaceId, AgentId),
        which: Which,
        at: Timestamp,
    ) -> Result<Vec<SignInId>, Failed> {
        self.write(EndSignIns {
            workspace,
            agent,
            which,
            at,
            by: self.by(),
        })
        .await
    }

    /// Ends a sign-in; ending it again changes nothing.
    ///
    /// # Errors
    /// [`Failed::Unavailable`] when the database cannot be written.
    pub async fn end_sign_in(
        &self,
        workspace: WorkspaceId,
        id: SignInId,
        at: Timestamp,
    ) -> Result<(), Failed> {
        let by = self.by();
        self.write(EndSignIn {
            workspace,
            id,
            at,
            by,
        })
        .await
    }
}

fn one(workspace: WorkspaceId, id: SignInId) -> UpdateMany<Entity> {
    Entity::update_many()
        .filter(Column::Id.eq(id.0))
        .filter(Column::WorkspaceId.eq(workspace.0))
}

struct EndSignIn {
    workspace: WorkspaceId,
    id: SignInId,
    at: Timestamp,
    by: By,
}

impl Unit for EndSignIn {
    type Done = ();
    const NAME: &'static str = "end_sign_in";

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        let done = one(self.workspace, self.id)
            .filter(Column::RevokedAt.is_null())
            .col_expr(Column::RevokedAt, Expr::value(self.at.0))
            .exec(tx)
            .await?;
        let row = Entity::find_by_id(self.id.0).one(tx).await?;
        let Some(row) = row.filter(|_| done.rows_affected > 0) else {
            return Ok(());
        };
        let of = (self.workspace, AgentId(row.agent_id));
        told(tx, of, (AuditKind::SignedOut, 1), &self.by).await
    }
}

struct EndSignIns {
    workspace: WorkspaceId,
    agent: AgentId,
    which: Which,
    at: Timestamp,
    by: By,
}

impl Unit for EndSignIns {
    type Done = Vec<SignInId>;
    const NAME: &'static str = "end_sign_ins";

    async fn run(&self, tx: &DatabaseTransaction) -> Result<Vec<SignInId>, Stop> {
        let of = (self.workspace, self.agent);
        if self.which == Which::All {
            // As by who makes a token: it is there to be ended, or finds its sign-in ended.
            agents::Entity::find_by_id(self.agent.0)
                .filter(agents::Column::WorkspaceId.eq(self.workspace.0))
                .lock(LockType::NoKeyUpdate)
                .one(tx)
                .await?;
        }
        let ended = end(tx, of, self.which, self.at).await?;
        if !ended.is_empty() {
            told(tx, of, (AuditKind::SignedOut, ended.len()), &self.by).await?;
        }
        if self.which == Which::All {
            end_tokens(tx, of, &self.by).await?;
        }
        Ok(ended)
    }
}

/// Ends sign-ins of an agent, and says which.
pub(in crate::store) async fn end(
    tx: &DatabaseTransaction,
    (workspace, agent): (WorkspaceId, AgentId),
    which: Which,
    at: Timestamp,
) -> Result<Vec<SignInId>, Stop> {
    let these = match which {
        Which::Only(id) => Column::Id.eq(id.0),
        Which::AllBut(id) => Column::Id.ne(id.0),
        Which::All => Column::Id.is_not_null(),
    };
    let of_agent = Column::WorkspaceId
        .eq(workspace.0)
        .and(Column::AgentId.eq(agent.0))
        .and(Column::RevokedAt.is_null())
        .and(these);
    let ended = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(of_agent.clone().and(Column::ExpiresAt.gt(at.0)))
        .into_tuple::<Uuid>()
        .all(tx)
        .await?;
    // One that begins meanwhile is ended by this as well, and asked for by its own connection.
    Entity::update_many()
        .filter(of_agent)
        .col_expr(Column::RevokedAt, Expr::value(at.0))
        .exec(tx)
        .await?;
    Ok(ended.into_iter().map(SignInId).collect())
}
