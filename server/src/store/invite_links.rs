//! The links that an invitation is mailed with: one for each attempt, all of them for the same.

use protocol::person::Role;
use protocol::{InviteId, Timestamp};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, Set};

use super::tables::invite_links::ActiveModel;
use super::tables::{agents, invite_links, invites, team_roles, workspaces};
use super::writer::{Stop, Unit};
use super::{Failed, Store};

/// What an invitation says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailedInvite {
    pub workspace: String,
    pub by: String,
    pub role: Role,
    /// What the workspace calls it, if it is one of its own.
    pub called: Option<String>,
}

impl Store {
    /// Makes a link for an invitation that is about to be mailed; none when it was accepted or taken
    /// back, or is too old.
    ///
    /// # Errors
    /// [`Failed::Unavailable`].
    pub async fn link_invite(
        &self,
        invite: InviteId,
        token_hash: [u8; 32],
        now: Timestamp,
    ) -> Result<Option<MailedInvite>, Failed> {
        self.write(Link {
            invite,
            token_hash,
            now,
        })
        .await
    }
}

struct Link {
    invite: InviteId,
    token_hash: [u8; 32],
    now: Timestamp,
}

impl Unit for Link {
    type Done = Option<MailedInvite>;
    const NAME: &'static str = "link_invite";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<Option<MailedInvite>, Stop> {
        let row = invites::Entity::find_by_id(self.invite.0)
            .filter(invites::Column::ExpiresAt.gt(self.now.0))
            .one(tx)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let by = agents::Entity::find_by_id(row.invited_by).one(tx).await?;
        let workspace = workspaces::Entity::find_by_id(row.workspace_id)
            .one(tx)
            .await?;
        let own = match row.team_role_id {
            Some(own) => team_roles::Entity::find_by_id(own).one(tx).await?,
            None => None,
        };
        let reading = row.reading();
        let link = ActiveModel {
            token_hash: Set(self.token_hash.to_vec()),
            invite_id: Set(row.id),
        };
        invite_links::Entity::insert(link)
            .exec_without_returning(tx)
            .await?;
        Ok(Some(MailedInvite {
            workspace: reading.some("workspace_id", workspace)?.name,
            by: by.map(|by| by.name).unwrap_or_default(),
            role: reading.word("role", &row.role)?,
            called: own.map(|own| own.name),
        }))
    }
}
