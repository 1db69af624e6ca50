//! A browser is let in.

use protocol::audit::AuditKind;
use protocol::{AgentId, Timestamp, WorkspaceId};
use sea_orm::{DatabaseTransaction, Set};

use super::{SignInId, told};
use crate::store::apply::insert;
use crate::store::audit::By;
use crate::store::tables::sign_ins::ActiveModel;
use crate::store::writer::{Stop, Unit};
use crate::store::{Failed, Store};

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
    /// Lets a browser in.
    ///
    /// # Errors
    /// [`Failed::Unavailable`] when the database cannot be written.
    pub async fn begin_sign_in(&self, sign_in: NewSignIn) -> Result<(), Failed> {
        self.write(sign_in).await
    }
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
        let from = self.ip.parse().ok().map(|ip| (ip, self.user_agent.clone()));
        let by = By::signing_in(self.agent, from, self.created_at);
        told(
            tx,
            (self.workspace, self.agent),
            (AuditKind::SignedIn, 1),
            &by,
        )
        .await
    }
}
