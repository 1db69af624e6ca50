//! Mentions that were not seen. They are written with their note.

use std::collections::BTreeSet;

use protocol::mention::Mention;
use protocol::{AgentId, ChatbotId, ConversationId, Seq, Timestamp, WorkspaceId, limits};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
    RelationDef,
};
use uuid::Uuid;

use super::pad::pad;
use super::tables::mentions::{Column, Entity};
use super::tables::{Reading, conversations};
use super::writer::{Stop, Unit};
use super::{Failed, Store, StoreError};

impl Store {
    /// The mentions that these agents have not seen, the newest first, with the chatbot of each
    /// conversation. So many for each agent on average, and no more.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn mentions_of(
        &self,
        agents: &BTreeSet<AgentId>,
    ) -> Result<Vec<(AgentId, ChatbotId, Mention)>, StoreError> {
        let conversation: RelationDef = Entity::belongs_to(conversations::Entity)
            .from(Column::ConversationId)
            .to(conversations::Column::Id)
            .into();
        let most = limits::MENTIONS_PAGE * agents.len();
        let agents = pad(agents.iter().map(|agent| agent.0).collect());
        let rows = Entity::find()
            .join(JoinType::InnerJoin, conversation)
            .select_only()
            .columns([
                Column::AgentId,
                Column::ConversationId,
                Column::Seq,
                Column::ByAgentId,
                Column::At,
            ])
            .column(conversations::Column::ChatbotId)
            .filter(Column::AgentId.is_in(agents))
            .order_by_desc(Column::At)
            .limit(most as u64)
            .into_tuple::<(Uuid, Uuid, i64, Uuid, i64, Uuid)>()
            .all(self.readers())
            .await?;
        let rows = rows.into_iter();
        rows.map(|(agent, conversation, seq, by, at, chatbot)| {
            let reading = Reading {
                table: "mentions",
                id: conversation,
            };
            let mention = Mention {
                conversation: ConversationId(conversation),
                seq: Seq(reading.number("seq", seq)?),
                by: AgentId(by),
                at: Timestamp(at),
            };
            Ok((AgentId(agent), ChatbotId(chatbot), mention))
        })
        .collect()
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

struct SeeMentions {
    workspace: WorkspaceId,
    agent: AgentId,
    conversation: ConversationId,
}

impl Unit for SeeMentions {
    type Done = bool;
    const NAME: &'static str = "see_mentions";
    const CHANGES_ROSTER: bool = false;

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
