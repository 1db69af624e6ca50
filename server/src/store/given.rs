//! The name and the address of visitors, as saved replies name them.

use std::collections::{BTreeSet, HashMap};

use protocol::ConversationId;
use sea_orm::{ColumnTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, RelationDef};
use uuid::Uuid;

use super::pad::pad;
use super::tables::{contacts, visitors};
use super::{Store, StoreError};

/// What a visitor is called and where mail reaches them; empty for what is not known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    pub name: String,
    pub email: String,
}

impl Store {
    /// What is known of the visitors of these conversations, of those of whom anything is.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn given_in(
        &self,
        ids: &BTreeSet<ConversationId>,
    ) -> Result<HashMap<ConversationId, Given>, StoreError> {
        use visitors::{Column, Entity};
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let contact: RelationDef = Entity::belongs_to(contacts::Entity)
            .from(Column::ContactId)
            .to(contacts::Column::Id)
            .into();
        let rows = Entity::find()
            .join(JoinType::InnerJoin, contact)
            .select_only()
            .column(Column::ConversationId)
            .column(contacts::Column::Name)
            .column(contacts::Column::Email)
            .filter(Column::ConversationId.is_in(pad(ids.iter().map(|id| id.0).collect())))
            .into_tuple::<(Uuid, String, String)>()
            .all(self.readers())
            .await?;
        let given = rows
            .into_iter()
            .map(|(id, name, email)| (ConversationId(id), Given { name, email }));
        Ok(given.collect())
    }
}
