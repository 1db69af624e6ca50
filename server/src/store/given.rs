//! What visitors said about themselves.

use std::collections::{BTreeSet, HashMap};

use protocol::{ConversationId, WorkspaceId};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};

use super::pad::pad;
use super::tables::leads;
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

    /// What the visitors of these conversations wrote last into the form, of those who did.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn given_in(
        &self,
        ids: &BTreeSet<ConversationId>,
    ) -> Result<HashMap<ConversationId, Given>, StoreError> {
        use leads::{Column, Entity};
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let said = Condition::any()
            .add(Column::Name.is_not_null())
            .add(Column::Email.is_not_null());
        let leads = Entity::find()
            .filter(Column::ConversationId.is_in(pad(ids.iter().map(|id| id.0).collect())))
            .filter(said)
            .order_by_asc(Column::ChangedAt)
            .all(self.readers())
            .await?;
        // The newest of a conversation comes last, and stays.
        let given = leads.into_iter().map(|lead| {
            let given = Given {
                name: lead.name.unwrap_or_default(),
                email: lead.email.unwrap_or_default(),
            };
            (ConversationId(lead.conversation_id), given)
        });
        Ok(given.collect())
    }
}
