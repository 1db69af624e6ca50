//! Sign-ins: an agent's browser that was let in.

use std::collections::HashSet;

use protocol::audit::{AuditField, AuditKind, AuditSubject};
use protocol::{AgentId, Timestamp, WorkspaceId};
use sea_orm::sea_query::{Expr, ExprTrait as _, LockType};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
    Select, Set, UpdateMany,
};
use uuid::Uuid;

use super::api_tokens::end_tokens;
use super::apply::insert;
use super::audit::{By, Deed, Differ, record};
use super::pad::pad;
use super::tables::agents;
use super::tables::sign_ins::{ActiveModel, Column, Entity};
use super::writer::{Stop, Unit};
use super::{Failed, Store, StoreError};
use crate::faults::{self, Fault};

/// Sign-ins that a page lists, at most: nobody has that many within half a day.
const LISTED: u64 = 100;
/// Sign-ins that say from where somebody comes.
const PLACES: u64 = 50;

pub use protocol::SignInId;

/// A sign-in that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignInRow {
    pub id: SignInId,
    pub agent: AgentId,
    pub workspace: WorkspaceId,
    pub last_seen_at: Timestamp,
    pub expires_at: Timestamp,
}

/// A sign-in as its agent sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedSignIn {
    pub id: SignInId,
    pub since: Timestamp,
    pub last_used: Timestamp,
    pub user_agent: String,
    pub ip: String,
}

/// Some of an agent's sign-ins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    Only(SignInId),
    AllBut(SignInId),
    All,
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

/// The sign-ins that hold.
fn holding(now: Timestamp) -> Select<Entity> {
    let agent = Entity::belongs_to(agents::Entity)
        .from(Column::AgentId)
        .to(agents::Column::Id)
        .into();
    if faults::on(Fault::GoneStays) {
        return Entity::find();
    }
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

/// Writes down that somebody is in, or out again with so many of their browsers.
async fn told(
    tx: &DatabaseTransaction,
    (workspace, agent): (WorkspaceId, AgentId),
    (kind, times): (AuditKind, usize),
    by: &By,
) -> Result<(), Stop> {
    let row = agents::Entity::find_by_id(agent.0).one(tx).await?;
    let name = row.map(|row| row.name).unwrap_or_default();
    let subject = (AuditSubject::Agent, agent.0, name.as_str());
    let changes = match times {
        1 => Differ::default(),
        times => Differ::default().field(AuditField::SignIns, "", times),
    };
    let deed = Deed::new(workspace, kind, subject);
    record(tx, by, deed.with(changes.done())).await?;
    Ok(())
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
pub(super) async fn end(
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
