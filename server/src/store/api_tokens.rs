//! Tokens with which programs act as an agent: made, listed, looked up, revoked, and ended together.

use domain::{Refusal, api_token, team};
use protocol::api_token::{Scope, TokenView};
use protocol::audit::{AuditField, AuditKind, AuditSubject};
use protocol::{AgentId, ApiTokenId, SignInId, Timestamp, WorkspaceId};
use sea_orm::sea_query::{ExprTrait as _, LockType};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, JoinType, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Set,
};

use super::apply::insert;
use super::audit::{By, Deed, Differ, record};
use super::members::rights;
use super::tables::api_tokens::{ActiveModel, Column, Entity, Model};
use super::tables::{agents, sign_ins};
use super::writer::{Stop, Unit};
use super::{Failed, Store, StoreError};

/// A token that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiTokenRow {
    pub id: ApiTokenId,
    pub workspace: WorkspaceId,
    pub agent: AgentId,
    pub scopes: Vec<Scope>,
    pub last_used_at: Option<Timestamp>,
}

/// Whose tokens somebody takes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Their own.
    Own(AgentId),
    /// Anybody's, by this agent who keeps the team.
    OfTeam(AgentId),
}

/// A token that is made.
#[derive(Clone, PartialEq, Eq)]
pub struct NewApiToken {
    pub id: ApiTokenId,
    pub workspace: WorkspaceId,
    pub agent: AgentId,
    /// The browser that asks: with it ends what it may.
    pub sign_in: SignInId,
    /// What was proven: whoever chose another password meanwhile gets no token by this one.
    pub password_hash: String,
    pub name: String,
    pub token_hash: [u8; 32],
    pub beginning: String,
    pub scopes: Vec<Scope>,
    pub created_at: Timestamp,
    pub expires_at: Option<Timestamp>,
}

impl Store {
    /// The token with this hash, if it holds: not revoked, not expired, its agent not disabled.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn api_token(
        &self,
        token_hash: &[u8; 32],
        now: Timestamp,
    ) -> Result<Option<ApiTokenRow>, StoreError> {
        let agent = Entity::belongs_to(agents::Entity)
            .from(Column::AgentId)
            .to(agents::Column::Id)
            .into();
        let row = Entity::find()
            .join(JoinType::InnerJoin, agent)
            .filter(Column::TokenHash.eq(token_hash.to_vec()))
            .filter(agents::Column::DisabledAt.is_null())
            .one(self.readers())
            .await?;
        let holds = |end: Option<i64>| !api_token::is_over(end.map(Timestamp), now);
        let Some(row) = row.filter(|row| holds(row.expires_at)) else {
            return Ok(None);
        };
        Ok(Some(ApiTokenRow {
            id: ApiTokenId(row.id),
            workspace: WorkspaceId(row.workspace_id),
            agent: AgentId(row.agent_id),
            scopes: row.allows()?,
            last_used_at: row.last_used_at.map(Timestamp),
        }))
    }

    /// The tokens of an agent, the newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn api_tokens_of(
        &self,
        workspace: WorkspaceId,
        agent: AgentId,
        now: Timestamp,
    ) -> Result<Vec<TokenView>, StoreError> {
        let rows = Entity::find()
            .filter(Column::AgentId.eq(agent.0))
            .filter(Column::WorkspaceId.eq(workspace.0))
            .order_by_desc(Column::CreatedAt)
            .order_by_desc(Column::Id)
            .limit(u64::from(api_token::LIMIT))
            .all(self.readers())
            .await?;
        rows.into_iter().map(|row| view(row, now)).collect()
    }

    /// The tokens of everybody in a workspace, the newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn api_tokens_in(
        &self,
        workspace: WorkspaceId,
        now: Timestamp,
    ) -> Result<Vec<(AgentId, TokenView)>, StoreError> {
        let rows = Entity::find()
            .filter(Column::WorkspaceId.eq(workspace.0))
            .order_by_desc(Column::CreatedAt)
            .order_by_desc(Column::Id)
            .all(self.readers())
            .await?;
        let rows = rows.into_iter();
        rows.map(|row| Ok((AgentId(row.agent_id), view(row, now)?)))
            .collect()
    }

    /// Keeps a token.
    ///
    /// # Errors
    /// [`Refusal::SettingInvalid`] for one too many, [`Refusal::NotFound`] for an agent who is gone,
    /// [`Refusal::PasswordWrong`] when it was changed and [`Refusal::SignInOver`] when they were signed
    /// out meanwhile, [`Failed::Unavailable`].
    pub async fn make_api_token(&self, token: NewApiToken) -> Result<(), Failed> {
        let by = self.by();
        self.write(Make { token, by }).await
    }

    /// Takes a token back.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`] to take it from this member, [`Refusal::NotFound`] or
    /// [`Failed::Unavailable`].
    pub async fn revoke_api_token(
        &self,
        workspace: WorkspaceId,
        whose: Whose,
        id: ApiTokenId,
    ) -> Result<(), Failed> {
        let by = self.by();
        self.write(Revoke {
            workspace,
            whose,
            id,
            by,
        })
        .await
    }

    /// Notes that a token was used; it is written a moment later. Never blocks.
    pub fn touch_api_token(&self, workspace: WorkspaceId, id: ApiTokenId, at: Timestamp) {
        self.inner.last_seen.api_token_used(workspace, id, at);
    }
}

fn view(row: Model, now: Timestamp) -> Result<TokenView, StoreError> {
    let expires_at = row.expires_at.map(Timestamp);
    Ok(TokenView {
        id: ApiTokenId(row.id),
        scopes: row.allows()?,
        name: row.name,
        beginning: row.beginning,
        created_at: Timestamp(row.created_at),
        last_used_at: row.last_used_at.map(Timestamp),
        expires_at,
        expired: api_token::is_over(expires_at, now),
    })
}

/// What is written down of a token: what it is for, and what it allows.
fn words(name: &str, scopes: &[Scope]) -> String {
    let scopes: Vec<_> = scopes.iter().map(|scope| scope.word()).collect();
    format!("{name} ({})", scopes.join(", "))
}

struct Make {
    token: NewApiToken,
    by: By,
}

impl Unit for Make {
    type Done = ();
    const NAME: &'static str = "make_api_token";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        let token = &self.token;
        // Locked, so that two at once are not one too many.
        let agent = agents::Entity::find_by_id(token.agent.0)
            .filter(agents::Column::WorkspaceId.eq(token.workspace.0))
            .filter(agents::Column::DisabledAt.is_null())
            .lock(LockType::NoKeyUpdate)
            .one(tx)
            .await?;
        let agent = agent.ok_or(Stop::Refused(Refusal::NotFound))?;
        if agent.password_hash != token.password_hash {
            return Err(Stop::Refused(Refusal::PasswordWrong));
        }
        let signed_in = sign_ins::Entity::find_by_id(token.sign_in.0)
            .filter(sign_ins::Column::AgentId.eq(token.agent.0))
            .filter(sign_ins::Column::RevokedAt.is_null());
        if signed_in.count(tx).await? == 0 {
            return Err(Stop::Refused(Refusal::SignInOver));
        }
        let has = Entity::find().filter(Column::AgentId.eq(token.agent.0));
        api_token::check_room(has.count(tx).await?).map_err(Stop::Refused)?;
        let scopes = serde_json::to_string(&token.scopes).expect("scopes always encode");
        let row = ActiveModel {
            id: Set(token.id.0),
            workspace_id: Set(token.workspace.0),
            agent_id: Set(token.agent.0),
            name: Set(token.name.clone()),
            token_hash: Set(token.token_hash.to_vec()),
            beginning: Set(token.beginning.clone()),
            scopes: Set(scopes),
            created_at: Set(token.created_at.0),
            last_used_at: Set(None),
            expires_at: Set(token.expires_at.map(|end| end.0)),
        };
        insert(tx, vec![row]).await?;
        let subject = (AuditSubject::Agent, token.agent.0, agent.name.as_str());
        let changes =
            Differ::default().field(AuditField::Token, "", words(&token.name, &token.scopes));
        let deed = Deed::new(token.workspace, AuditKind::TokenMade, subject);
        record(tx, &self.by, deed.with(changes.done())).await?;
        Ok(())
    }
}

struct Revoke {
    workspace: WorkspaceId,
    whose: Whose,
    id: ApiTokenId,
    by: By,
}

impl Unit for Revoke {
    type Done = ();
    const NAME: &'static str = "revoke_api_token";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        let not_found = Stop::Refused(Refusal::NotFound);
        let row = Entity::find_by_id(self.id.0)
            .filter(Column::WorkspaceId.eq(self.workspace.0))
            .one(tx)
            .await?;
        let Some(row) = row else {
            return Err(not_found);
        };
        let agent = agents::Entity::find_by_id(row.agent_id).one(tx).await?;
        let agent = row.reading().some("agent_id", agent)?;
        match self.whose {
            Whose::Own(own) if own.0 == row.agent_id => {}
            Whose::Own(_) => return Err(not_found),
            Whose::OfTeam(by) => {
                let by = rights(tx, self.workspace, by).await?;
                let by = by.ok_or(Stop::Refused(Refusal::NotAllowed))?;
                let theirs = agent.rights()?;
                team::may_change(by, theirs, theirs).map_err(Stop::Refused)?;
            }
        }
        let done = Entity::delete_by_id(self.id.0).exec(tx).await?;
        if done.rows_affected == 0 {
            return Err(not_found);
        }
        tell_end(tx, &agent, &[row], &self.by).await
    }
}

/// Ends every token of an agent, with what ends their sign-ins: whoever may have had their account keeps
/// no program in it.
pub(super) async fn end_tokens(
    tx: &DatabaseTransaction,
    (workspace, agent): (WorkspaceId, AgentId),
    by: &By,
) -> Result<(), Stop> {
    let of = Column::WorkspaceId
        .eq(workspace.0)
        .and(Column::AgentId.eq(agent.0));
    let found = Entity::find().filter(of.clone());
    let found = found.order_by_asc(Column::CreatedAt).all(tx).await?;
    let Some(first) = found.first() else {
        return Ok(());
    };
    let agent = agents::Entity::find_by_id(agent.0).one(tx).await?;
    let agent = first.reading().some("agent_id", agent)?;
    Entity::delete_many().filter(of).exec(tx).await?;
    tell_end(tx, &agent, &found, by).await
}

/// Writes down that tokens of an agent ended.
async fn tell_end(
    tx: &DatabaseTransaction,
    agent: &agents::Model,
    tokens: &[Model],
    by: &By,
) -> Result<(), Stop> {
    let mut changes = Differ::default();
    for token in tokens {
        changes = changes.field(AuditField::Token, words(&token.name, &token.allows()?), "");
    }
    let subject = (AuditSubject::Agent, agent.id, agent.name.as_str());
    let workspace = WorkspaceId(agent.workspace_id);
    let deed = Deed::new(workspace, AuditKind::TokenRevoked, subject);
    record(tx, by, deed.with(changes.done())).await?;
    Ok(())
}
