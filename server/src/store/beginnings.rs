//! How far a new workspace is: whether something ever happened there, found with its first row.

use protocol::{ChatbotId, WorkspaceId};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, Select};
use uuid::Uuid;

use super::tables::{claims, conversations, knowledge_sources, sessions};
use super::{Store, StoreError};

/// What has happened in a workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Beginnings {
    pub taught: bool,
    pub tested: bool,
    pub answered: bool,
    pub embedded: bool,
}

impl Store {
    /// What has happened: `base` is where the server's own pages are, which count for no site.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn beginnings(
        &self,
        workspace: WorkspaceId,
        chatbot: ChatbotId,
        base: &str,
    ) -> Result<Beginnings, StoreError> {
        let taught = knowledge_sources::Entity::find()
            .filter(knowledge_sources::Column::ChatbotId.eq(chatbot.0))
            .select_only()
            .column(knowledge_sources::Column::WorkspaceId);
        let tested = conversations::Entity::find()
            .filter(conversations::Column::WorkspaceId.eq(workspace.0))
            .select_only()
            .column(conversations::Column::Id);
        let answered = claims::Entity::find()
            .filter(claims::Column::WorkspaceId.eq(workspace.0))
            .select_only()
            .column(claims::Column::ConversationId);
        let elsewhere = Condition::all()
            .add(sessions::Column::PageUrl.ne(""))
            .add(sessions::Column::PageUrl.not_like(format!("{base}/%")));
        let embedded = sessions::Entity::find()
            .filter(sessions::Column::WorkspaceId.eq(workspace.0))
            .filter(elsewhere)
            .select_only()
            .column(sessions::Column::Id);
        Ok(Beginnings {
            taught: self.any(taught).await?,
            tested: self.any(tested).await?,
            answered: self.any(answered).await?,
            embedded: self.any(embedded).await?,
        })
    }

    async fn any<E: EntityTrait>(&self, rows: Select<E>) -> Result<bool, StoreError> {
        let first = rows.limit(1).into_tuple::<Uuid>().one(self.readers());
        Ok(first.await?.is_some())
    }
}
