//! Sign-ins: an agent's browser that was let in.

use protocol::{AgentId, Timestamp, WorkspaceId};
use uuid::Uuid;

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
        todo!()
    }

    /// Lets a browser in.
    ///
    /// # Errors
    /// [`Failed::Unavailable`] when the database cannot be written.
    pub async fn begin_sign_in(&self, sign_in: NewSignIn) -> Result<(), Failed> {
        todo!()
    }

    /// Notes that a sign-in was used.
    ///
    /// # Errors
    /// [`Failed::Unavailable`] when the database cannot be written.
    pub async fn touch_sign_in(
        &self,
        workspace: WorkspaceId,
        id: SignInId,
        at: Timestamp,
    ) -> Result<(), Failed> {
        todo!()
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
        todo!()
    }
}
