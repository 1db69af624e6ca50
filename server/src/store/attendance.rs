//! Whether agents are there: when they came and went, and what they chose besides.

use std::collections::BTreeSet;

use protocol::{AgentId, ConversationId, Timestamp, WorkspaceId};
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::apply::update;
use super::load::{offers, with_assigned};
use super::pad::pad;
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

    /// Keeps which agents have a connection, and since when others have none.
    ///
    /// # Errors
    /// [`Failed::Unavailable`] when the database cannot be written.
    pub async fn set_presence(
        &self,
        here: Vec<AgentId>,
        gone: Vec<(AgentId, Timestamp)>,
    ) -> Result<(), Failed> {
        self.write(SetPresence { here, gone }).await
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
            .filter(handoffs::is_open())
            .filter(handoffs::Column::State.eq(HandoffKind::Active.word()))
            .filter(handoffs::Column::ClaimedBy.eq(agent.0))
            .into_tuple::<Uuid>()
            .all(self.readers())
            .await?;
        Ok(ids.into_iter().map(ConversationId).collect())
    }

    /// The chats that these agents hold and were known to have left, each with its agent.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn left_by(
        &self,
        agents: &[AgentId],
    ) -> Result<Vec<(ConversationId, AgentId)>, StoreError> {
        use handoffs::Column;
        let agents = pad(agents.iter().map(|agent| agent.0).collect());
        let rows = handoffs::Entity::find()
            .select_only()
            .column(Column::ConversationId)
            .column(Column::ClaimedBy)
            .filter(handoffs::is_open())
            .filter(Column::State.eq(HandoffKind::Active.word()))
            .filter(Column::LostSince.is_not_null())
            .filter(Column::ClaimedBy.is_in(agents))
            .into_tuple::<(Uuid, Uuid)>()
            .all(self.readers())
            .await?;
        let named = |(conversation, agent)| (ConversationId(conversation), AgentId(agent));
        Ok(rows.into_iter().map(named).collect())
    }
}

struct SetPresence {
    here: Vec<AgentId>,
    gone: Vec<(AgentId, Timestamp)>,
}

impl Unit for SetPresence {
    type Done = ();
    const NAME: &'static str = "set_presence";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        // Locked in the order in which commands lock them, so that neither waits for the other.
        if tx.get_database_backend() == DbBackend::Postgres {
            let gone = self.gone.iter().map(|(agent, _)| agent.0);
            let all = gone.chain(self.here.iter().map(|agent| agent.0));
            let lock = Entity::find()
                .select_only()
                .column(Column::Id)
                .filter(Column::Id.is_in(pad(all.collect())))
                .order_by_asc(Column::Id)
                .lock(LockType::NoKeyUpdate);
            lock.into_tuple::<Uuid>().all(tx).await?;
        }
        if !self.here.is_empty() {
            let here = pad(self.here.iter().map(|agent| agent.0).collect());
            Entity::update_many()
                .col_expr(Column::GoneSince, Expr::value(None::<i64>))
                .filter(Column::Id.is_in(here))
                .exec(tx)
                .await?;
        }
        let gone = self.gone.iter();
        let gone = gone.map(|(agent, since)| vec![agent.0.into(), since.0.into()]);
        update::<Entity>(tx, &[Column::Id], &[Column::GoneSince], gone.collect()).await?;
        Ok(())
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
