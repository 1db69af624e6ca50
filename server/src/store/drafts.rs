//! What agents have typed and not sent. Only the agent who typed it ever gets it.

use std::collections::BTreeSet;

use domain::Refusal;
use protocol::draft::{Draft, DraftMode};
use protocol::{AgentId, ChatbotId, ConversationId, Timestamp, WorkspaceId, limits};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, JoinType, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, RelationDef, Select, Set,
};
use uuid::Uuid;

use super::pad::pad;
use super::tables::Reading;
use super::tables::conversations;
use super::tables::drafts::{ActiveModel, Column, Entity};
use super::tables::words::Word;
use super::writer::{Stop, Unit};
use super::{Failed, Store, StoreError};
use crate::faults::{self, Fault};

/// Whose draft it is, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DraftOf {
    pub workspace: WorkspaceId,
    pub agent: AgentId,
    pub conversation: ConversationId,
    pub mode: DraftMode,
}

/// A draft, whose it is, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnDraft {
    pub agent: AgentId,
    pub conversation: ConversationId,
    pub chatbot: ChatbotId,
    pub draft: Draft,
}

impl Store {
    /// An agent's drafts in a conversation.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn drafts(
        &self,
        workspace: WorkspaceId,
        agent: AgentId,
        conversation: ConversationId,
    ) -> Result<Vec<Draft>, StoreError> {
        let own = match faults::on(Fault::DraftsOfAll) {
            true => Entity::find(),
            false => of(workspace, agent),
        };
        let rows = own
            .filter(Column::ConversationId.eq(conversation.0))
            .all(self.readers())
            .await?;
        let draft = |row: super::tables::drafts::Model| {
            let reading = Reading {
                table: "drafts",
                id: row.conversation_id,
            };
            Ok(Draft {
                mode: reading.word("mode", &row.mode)?,
                text: row.text,
                at: Timestamp(row.saved_at),
            })
        };
        rows.into_iter().map(draft).collect()
    }

    /// All drafts of these agents, the newest first, with the chatbot of each conversation.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn drafts_of(&self, agents: &BTreeSet<AgentId>) -> Result<Vec<OwnDraft>, StoreError> {
        let conversation: RelationDef = Entity::belongs_to(conversations::Entity)
            .from(Column::ConversationId)
            .to(conversations::Column::Id)
            .into();
        let agents = pad(agents.iter().map(|agent| agent.0).collect());
        let rows = Entity::find()
            .join(JoinType::InnerJoin, conversation)
            .select_only()
            .columns([
                Column::AgentId,
                Column::ConversationId,
                Column::Mode,
                Column::Text,
                Column::SavedAt,
            ])
            .column(conversations::Column::ChatbotId)
            .filter(Column::AgentId.is_in(agents))
            .order_by_desc(Column::SavedAt)
            .into_tuple::<(Uuid, Uuid, String, String, i64, Uuid)>()
            .all(self.readers())
            .await?;
        let own = |(agent, conversation, mode, text, saved_at, chatbot): (
            Uuid,
            Uuid,
            String,
            String,
            i64,
            Uuid,
        )| {
            let reading = Reading {
                table: "drafts",
                id: conversation,
            };
            Ok(OwnDraft {
                agent: AgentId(agent),
                conversation: ConversationId(conversation),
                chatbot: ChatbotId(chatbot),
                draft: Draft {
                    mode: reading.word("mode", &mode)?,
                    text,
                    at: Timestamp(saved_at),
                },
            })
        };
        rows.into_iter().map(own).collect()
    }

    /// Keeps a draft, or nothing of it when it is empty. Says since when it holds, which is later than
    /// whatever was kept before.
    ///
    /// # Errors
    /// [`Refusal::TooManyDrafts`], [`Failed::Unavailable`].
    pub async fn save_draft(&self, of: DraftOf, text: String) -> Result<Timestamp, Failed> {
        let now = (self.inner.now)();
        self.write(SaveDraft { of, text, now }).await
    }

    /// What was typed until then was sent. Says when there was such a draft.
    ///
    /// # Errors
    /// [`Failed::Unavailable`].
    pub async fn send_draft(
        &self,
        of: DraftOf,
        until: Timestamp,
    ) -> Result<Option<Timestamp>, Failed> {
        self.write(SendDraft { of, until }).await
    }
}

fn of(workspace: WorkspaceId, agent: AgentId) -> Select<Entity> {
    Entity::find()
        .filter(Column::WorkspaceId.eq(workspace.0))
        .filter(Column::AgentId.eq(agent.0))
}

fn one(of_draft: DraftOf) -> Select<Entity> {
    of(of_draft.workspace, of_draft.agent)
        .filter(Column::ConversationId.eq(of_draft.conversation.0))
        .filter(Column::Mode.eq(of_draft.mode.word()))
}

async fn delete(tx: &DatabaseTransaction, of: DraftOf) -> Result<(), Stop> {
    Entity::delete_many()
        .filter(Column::WorkspaceId.eq(of.workspace.0))
        .filter(Column::AgentId.eq(of.agent.0))
        .filter(Column::ConversationId.eq(of.conversation.0))
        .filter(Column::Mode.eq(of.mode.word()))
        .exec(tx)
        .await?;
    Ok(())
}

struct SaveDraft {
    of: DraftOf,
    text: String,
    now: Timestamp,
}

impl Unit for SaveDraft {
    type Done = Timestamp;
    const NAME: &'static str = "save_draft";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<Timestamp, Stop> {
        let of_draft = self.of;
        let old = one(of_draft).one(tx).await?;
        // Later than what was there, whatever the clock says.
        let at = old.as_ref().map_or(self.now.0, |old| {
            self.now.0.max(old.saved_at.saturating_add(1))
        });
        if self.text.is_empty() {
            delete(tx, of_draft).await?;
            return Ok(Timestamp(at));
        }
        if old.is_none() {
            let drafts = of(of_draft.workspace, of_draft.agent).count(tx).await?;
            if drafts >= limits::DRAFTS as u64 {
                return Err(Stop::Refused(Refusal::TooManyDrafts {
                    limit: limits::DRAFTS as u32,
                }));
            }
        }
        let row = ActiveModel {
            agent_id: Set(of_draft.agent.0),
            conversation_id: Set(of_draft.conversation.0),
            mode: Set(of_draft.mode.word().to_owned()),
            workspace_id: Set(of_draft.workspace.0),
            text: Set(self.text.clone()),
            saved_at: Set(at),
        };
        let keys = [Column::AgentId, Column::ConversationId, Column::Mode];
        let mut known = OnConflict::columns(keys);
        known.update_columns([Column::Text, Column::SavedAt]);
        Entity::insert(row)
            .on_conflict(known)
            .exec_without_returning(tx)
            .await?;
        Ok(Timestamp(at))
    }
}

struct SendDraft {
    of: DraftOf,
    until: Timestamp,
}

impl Unit for SendDraft {
    type Done = Option<Timestamp>;
    const NAME: &'static str = "send_draft";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<Option<Timestamp>, Stop> {
        let kept = one(self.of).one(tx).await?;
        let Some(kept) = kept.filter(|kept| kept.saved_at <= self.until.0) else {
            return Ok(None);
        };
        delete(tx, self.of).await?;
        Ok(Some(Timestamp(self.until.0.max(kept.saved_at + 1))))
    }
}
