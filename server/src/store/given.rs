//! What visitors said about themselves, and which conversations an agent sees of many.

use std::collections::HashSet;

use protocol::{ConversationId, WorkspaceId};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::pad::pad;
use super::tables::{conversations, leads};
use super::{Store, StoreError};

/// What a visitor said about themselves; empty for what they did not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    pub name: String,
    pub email: String,
}

impl Store {
    /// What the visitor of a conversation wrote last into the form.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn given(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
    ) -> Result<Given, StoreError> {
        use leads::{Column, Entity};
        let said = Condition::any()
            .add(Column::Name.is_not_null())
            .add(Column::Email.is_not_null());
        let newest = Entity::find()
            .filter(Column::WorkspaceId.eq(workspace.0))
            .filter(Column::ConversationId.eq(conversation.0))
            .filter(said)
            .order_by_desc(Column::ChangedAt)
            .one(self.readers())
            .await?;
        let given = newest.map(|lead| Given {
            name: lead.name.unwrap_or_default(),
            email: lead.email.unwrap_or_default(),
        });
        Ok(given.unwrap_or_default())
    }

    /// Those of these conversations that an agent may see, in the same order.
    pub(super) async fn only_seen(
        &self,
        agent: &domain::Agent,
        mut ids: Vec<ConversationId>,
    ) -> Result<Vec<ConversationId>, StoreError> {
        use conversations::{Column, Entity};
        if ids.is_empty() {
            return Ok(ids);
        }
        let wanted = ids.iter().map(|id| id.0).collect();
        let rows = Entity::find()
            .select_only()
            .columns([Column::Id, Column::ChatbotId])
            .filter(Column::WorkspaceId.eq(agent.workspace.0))
            .filter(Column::Id.is_in(pad(wanted)))
            .into_tuple::<(Uuid, Uuid)>()
            .all(self.readers())
            .await?;
        let sees = |chatbot: &Uuid| agent.assigned.includes(protocol::ChatbotId(*chatbot));
        let seen = rows.iter().filter(|(_, chatbot)| sees(chatbot));
        let seen: HashSet<Uuid> = seen.map(|(id, _)| *id).collect();
        ids.retain(|id| seen.contains(&id.0));
        Ok(ids)
    }
}
