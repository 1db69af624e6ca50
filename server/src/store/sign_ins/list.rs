//! Where somebody is signed in, and from where they came.

use protocol::{AgentId, Timestamp, WorkspaceId};
use sea_orm::{ColumnTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect};

use super::{SignInId, holding};
use crate::store::tables::agents;
use crate::store::tables::sign_ins::{Column, Entity};
use crate::store::{Store, StoreError};

/// Sign-ins that a page lists, at most: nobody has that many within half a day.
const LISTED: u64 = 100;
/// Sign-ins that say from where somebody comes.
const PLACES: u64 = 50;

/// A sign-in as its agent sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedSignIn {
    pub id: SignInId,
    pub since: Timestamp,
    pub last_used: Timestamp,
    pub user_agent: String,
    pub ip: String,
}

impl Store {
    /// The sign-ins of an agent that hold, those used last first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn sign_ins_of(
        &self,
        workspace: WorkspaceId,
        agent: AgentId,
        now: Timestamp,
    ) -> Result<Vec<ListedSignIn>, StoreError> {
        let rows = holding(now)
            .filter(Column::AgentId.eq(agent.0))
            .filter(Column::WorkspaceId.eq(workspace.0))
            .order_by_desc(Column::LastSeenAt)
            .limit(LISTED)
            .all(self.readers())
            .await?;
        let rows = rows.into_iter().map(|row| ListedSignIn {
            id: SignInId(row.id),
            since: Timestamp(row.created_at),
            last_used: Timestamp(row.last_seen_at),
            user_agent: row.user_agent,
            ip: row.ip,
        });
        Ok(rows.collect())
    }

    /// The addresses from which whoever has this e-mail address was let in last.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn places_of(&self, email: &str) -> Result<Vec<String>, StoreError> {
        let agent = Entity::belongs_to(agents::Entity)
            .from(Column::AgentId)
            .to(agents::Column::Id)
            .into();
        let places = Entity::find()
            .join(JoinType::InnerJoin, agent)
            .filter(agents::Column::Email.eq(email))
            .order_by_desc(Column::CreatedAt)
            .limit(PLACES)
            .select_only()
            .column(Column::Ip)
            .into_tuple::<String>();
        Ok(places.all(self.readers()).await?)
    }
}
