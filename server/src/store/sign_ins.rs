//! Sign-ins: an agent's browser that was let in.

use std::collections::HashSet;

use protocol::{AgentId, Timestamp, WorkspaceId};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, JoinType, QueryFilter, QuerySelect, Select, Set,
    UpdateMany,
};
use uuid::Uuid;

use super::apply::insert;
use super::pad::pad;
use super::tables::agents;
use super::tables::sign_ins::{ActiveModel, Column, Entity};
use super::writer::{Stop, Unit};
use super::{Failed, Store, StoreError};

/// Names a sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SignInId(pub Uuid);

/// A sign-in that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignInRow {
    pub id: SignInId,
    pub agent: AgentId,
    pub workspace: WorkspaceId,
    pub last_seen_at: Timestamp,
    pub expires_at: Timestamp,
}

/// A sign-in that begins.
#[derive(Clone, PartialEq, Eq)]
pub struct NewSignIn {
    pub id: SignInId,
    pub workspace: WorkspaceId,
    pub agent: AgentId,
    pub token_hash: [u8; 32],
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub user_agent: String,
    pub ip: String,
}

impl Store {
    /// The sign-in of this token, if it holds: not ended, not expired, its agent not disabled.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn sign_in_by_token(
        &self,
        token_hash: &[u8; 32],
        now: Timestamp,
    ) -> Result<Option<SignInRow>, StoreError> {
        let row = holding(now)
            .filter(Column::TokenHash.eq(token_hash.to_vec()))
            .one(self.readers())
            .await?;
        Ok(row.map(|row| SignInRow {
            id: SignInId(row.id),
            agent: AgentId(row.agent_id),
            workspace: WorkspaceId(row.workspace_id),
            last_seen_at: Timestamp(row.last_seen_at),
            expires_at: Timestamp(row.expires_at),
        }))
    }

    /// The sign-in of this token as it was when it was looked up last, which may have ended since:
    /// who is let in by this alone has to be asked for with [`Self::holding_sign_ins`].
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn recall_sign_in(
        &self,
        token_hash: &[u8; 32],
        now: Timestamp,
    ) -> Result<Option<SignInRow>, StoreError> {
        let known = &self.inner.known_sign_ins;
        let generation = match known.recall(token_hash) {
            Ok(row) => return Ok(Some(row).filter(|row| now < row.expires_at)),
            Err(generation) => generation,
        };
        let found = self.sign_in_by_token(token_hash, now).await?;
        if let Some(row) = found {
            known.remember(*token_hash, row, generation);
        }
        Ok(found)
    }

    /// Those of these sign-ins that hold: not ended, not expired, their agents not disabled.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn holding_sign_ins(
        &self,
        ids: &[SignInId],
        now: Timestamp,
    ) -> Result<HashSet<SignInId>, StoreError> {
        let ids = pad(ids.iter().map(|id| id.0).collect());
        let rows = holding(now)
            .select_only()
            .column(Column::Id)
            .filter(Column::Id.is_in(ids))
            .into_tuple::<Uuid>()
            .all(self.readers())
            .await?;
        Ok(rows.into_iter().map(SignInId).collect())
    }

    /// Lets a browser in.
    ///
    /// # Errors
    /// [`Failed::Unavailable`] when the database cannot be written.
    pub async fn begin_sign_in(&self, sign_in: NewSignIn) -> Result<(), Failed> {
        self.write(sign_in).await
    }

    /// Notes that a sign-in was used; it is written a moment later. Never blocks.
    pub fn touch_sign_in(&self, workspace: WorkspaceId, id: SignInId, at: Timestamp) {
        self.inner.last_seen.sign_in_used(workspace, id, at);
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
        self.write(EndSignIn { workspace, id, at }).await
    }
}

/// The sign-ins that hold.
fn holding(now: Timestamp) -> Select<Entity> {
    let agent = Entity::belongs_to(agents::Entity)
        .from(Column::AgentId)
        .to(agents::Column::Id)
        .into();
    Entity::find()
        .join(JoinType::InnerJoin, agent)
        .filter(Column::ExpiresAt.gt(now.0))
        .filter(Column::RevokedAt.is_null())
        .filter(agents::Column::DisabledAt.is_null())
}

fn one(workspace: WorkspaceId, id: SignInId) -> UpdateMany<Entity> {
    Entity::update_many()
        .filter(Column::Id.eq(id.0))
        .filter(Column::WorkspaceId.eq(workspace.0))
}

impl Unit for NewSignIn {
    type Done = ();
    const NAME: &'static str = "begin_sign_in";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        let row = ActiveModel {
            id: Set(self.id.0),
            workspace_id: Set(self.workspace.0),
            agent_id: Set(self.agent.0),
            token_hash: Set(self.token_hash.to_vec()),
            created_at: Set(self.created_at.0),
            last_seen_at: Set(self.created_at.0),
            expires_at: Set(self.expires_at.0),
            revoked_at: Set(None),
            user_agent: Set(self.user_agent.clone()),
            ip: Set(self.ip.clone()),
        };
        insert(tx, vec![row]).await?;
        Ok(())
    }
}

struct EndSignIn {
    workspace: WorkspaceId,
    id: SignInId,
    at: Timestamp,
}

impl Unit for EndSignIn {
    type Done = ();
    const NAME: &'static str = "end_sign_in";

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        one(self.workspace, self.id)
            .filter(Column::RevokedAt.is_null())
            .col_expr(Column::RevokedAt, Expr::value(self.at.0))
            .exec(tx)
            .await?;
        Ok(())
    }
}
