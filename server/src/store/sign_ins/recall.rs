//! Whose browser a token stands for, and whether it may still be.

use std::collections::HashSet;

use protocol::{AgentId, Timestamp, WorkspaceId};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::{SignInId, SignInRow, holding};
use crate::store::pad::pad;
use crate::store::tables::sign_ins::Column;
use crate::store::{Store, StoreError};

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

    /// Notes that a sign-in was used; it is written a moment later. Never blocks.
    pub fn touch_sign_in(&self, workspace: WorkspaceId, id: SignInId, at: Timestamp) {
        self.inner.last_seen.sign_in_used(workspace, id, at);
    }
}
