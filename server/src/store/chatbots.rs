//! The chatbots, kept in memory because every command asks for one and hardly any changes one.

use std::sync::Arc;

use domain::Chatbot;
use protocol::{ChatbotId, WorkspaceId};

use super::{Store, StoreError};

impl Store {
    /// The chatbots of a workspace, by name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn chatbots(&self, workspace: WorkspaceId) -> Result<Vec<Arc<Chatbot>>, StoreError> {
        todo!()
    }

    /// One chatbot. Takes no workspace: visitors name a chatbot and nothing else.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn chatbot(&self, id: ChatbotId) -> Result<Option<Arc<Chatbot>>, StoreError> {
        todo!()
    }
}
