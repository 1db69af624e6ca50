//! Whether agents are there: when they came and went, and what they chose besides.

use std::collections::BTreeSet;

use protocol::{AgentId, ConversationId, Timestamp, WorkspaceId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::load::{offers, with_assigned};
use super::tables::agents::{Column, Entity};
use super::tables::handoffs;
use super::tables::words::{HandoffKind, Word};
use super::writer::{Stop, Unit};
use super::{Failed, Store, StoreError};

impl Store {
    /// Everybody of a workspace as the rules see them.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn staff(&self, workspace: WorkspaceId) -> Result<Vec<domain::Agent>, StoreError> {
        let rows = Entity::find()
            .filter(Column::DisabledAt.is_null())
            .filter(Column::WorkspaceId.eq(workspace.0))
            .all(self.readers())
            .await?;
        let mut staff = with_assigned(self.readers(), rows).await?;
        let asked = offers(self.readers(), &BTreeSet::from([workspace])).await?;
        for (agent, conversation) in asked {
            if let Some(agent) = staff.iter_mut().find(|one| one.id == agent) {
                agent.offers.push(conversation);
            }
        }
        Ok(staff)
    }

    /// Keeps that an agent has a connection, or since when none. Says whether that is news.
    ///
    /// # Errors
    /// [`Failed::Unavailable`] when the database cannot be written.
    pub async fn set_presence(
        &self,
        agent: AgentId,
        gone_since: Option<Timestamp>,
    ) -> Result<bool, Failed> {
        self.write(SetPresence { agent, gone_since }).await
    }

    /// Nobody is connected when the server starts. Whoever was when it ended has left now.
    ///
    /// # Errors
    /// [`Failed::Unavailable`] when the database cannot be written.
    pub async fn all_gone(&self) -> Result<(), Failed> {
        let since = (self.inner.now)();
        self.write(AllGone { since }).await
    }

    /// Keeps whether routing may give an agent chats.
    ///
    /// # Errors
    /// [`Failed::Unavailable`] when the database cannot be written.
    pub async fn set_accepting(
        &self,
        workspace: WorkspaceId,
        agent: AgentId,
        accepting: bool,
    ) -> Result<(), Failed> {
        self.write(SetAccepting {
            workspace,
            agent,
            accepting,
        })
        .await
    }

    /// The chats that an agent holds.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn held_by(&self, agent: AgentId) -> Result<Vec<ConversationId>, StoreError> {
        let ids = handoffs::Entity::find()
            .select_only()
            .column(handoffs::Column::ConversationId)
            .filter(handoffs::Column::State.eq(HandoffKind::Active.word()))
            .filter(handoffs::Column::ClaimedBy.eq(agent.0))
            .into_tuple::<Uuid>()
            .all(self.readers())
            .await?;
        Ok(ids.into_iter().map(ConversationId).collect())
    }
}

struct SetPresence {
    agent: AgentId,
    gone_since: Option<Timestamp>,
}

impl Unit for SetPresence {
    type Done = bool;
    const NAME: &'static str = "set_presence";

    async fn run(&self, tx: &DatabaseTransaction) -> Result<bool, Stop> {
        let was = match self.gone_since {
            Some(_) => Column::GoneSince.is_null(),
            None => Column::GoneSince.is_not_null(),
        };
        let gone_since = self.gone_since.map(|at| at.0);
        let done = Entity::update_many()
            .col_expr(Column::GoneSince, Expr::value(gone_since))
            .filter(Column::Id.eq(self.agent.0))
            .filter(was)
            .exec(tx)
            .await?;
        Ok(done.rows_affected > 0)
    }
}

struct AllGone {
    since: Timestamp,
}

impl Unit for AllGone {
    type Done = ();
    const NAME: &'static str = "all_gone";

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        Entity::update_many()
            .col_expr(Column::GoneSince, Expr::value(self.since.0))
            .filter(Column::GoneSince.is_null())
            .exec(tx)
            .await?;
        Ok(())
    }
}

struct SetAccepting {
    workspace: WorkspaceId,
    agent: AgentId,
    accepting: bool,
}

impl Unit for SetAccepting {
    type Done = ();
    const NAME: &'static str = "set_accepting";

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        Entity::update_many()
            .col_expr(Column::Accepting, Expr::value(self.accepting))
            .filter(Column::Id.eq(self.agent.0))
            .filter(Column::WorkspaceId.eq(self.workspace.0))
            .exec(tx)
            .await?;
        Ok(())
    }
}
