//! Mentions that were not seen. They are written with their note.

use protocol::mention::Mention;
use protocol::{AgentId, ConversationId, Seq, Timestamp, WorkspaceId, limits};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::tables::Reading;
use super::tables::mentions::{Column, Entity, Model};
use super::writer::{Stop, Unit};
use super::{Failed, Store, StoreError};

impl Store {
    /// The mentions that an agent has not seen, the newest first, less those in conversations that they
    /// may not see any more.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn mentions(&self, agent: &domain::Agent) -> Result<Vec<Mention>, StoreError> {
        let rows = Entity::find()
            .filter(Column::WorkspaceId.eq(agent.workspace.0))
            .filter(Column::AgentId.eq(agent.id.0))
            .order_by_desc(Column::At)
            .limit(limits::MENTIONS_PAGE as u64)
            .all(self.readers())
            .await?;
        let mentions: Result<Vec<_>, _> = rows.into_iter().map(mention).collect();
        let mut mentions = mentions?;
        let named = mentions.iter().map(|mention| mention.conversation);
        let seen = self.only_seen(agent, named.collect()).await?;
        mentions.retain(|mention| seen.contains(&mention.conversation));
        Ok(mentions)
    }

    /// An agent has seen the mentions in a conversation. False when there were none.
    ///
    /// # Errors
    /// [`Failed::Unavailable`].
    pub async fn see_mentions(
        &self,
        workspace: WorkspaceId,
        agent: AgentId,
        conversation: ConversationId,
    ) -> Result<bool, Failed> {
        self.write(SeeMentions {
            workspace,
            agent,
            conversation,
        })
        .await
    }
}

fn mention(row: Model) -> Result<Mention, StoreError> {
    let reading = Reading {
        table: "mentions",
        id: row.conversation_id,
    };
    Ok(Mention {
        conversation: ConversationId(row.conversation_id),
        seq: Seq(reading.number("seq", row.seq)?),
        by: AgentId(row.by_agent_id),
        at: Timestamp(row.at),
    })
}

struct SeeMentions {
    workspace: WorkspaceId,
    agent: AgentId,
    conversation: ConversationId,
}

impl Unit for SeeMentions {
    type Done = bool;
    const NAME: &'static str = "see_mentions";

    async fn run(&self, tx: &DatabaseTransaction) -> Result<bool, Stop> {
        let done = Entity::delete_many()
            .filter(Column::WorkspaceId.eq(self.workspace.0))
            .filter(Column::AgentId.eq(self.agent.0))
            .filter(Column::ConversationId.eq(self.conversation.0))
            .exec(tx)
            .await?;
        Ok(done.rows_affected > 0)
    }
}
