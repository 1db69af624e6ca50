//! Conversations as lists and threads need them.

use domain::Conversation;
use domain::agent::Assigned;
use protocol::card::{Cursor, Tab};
use protocol::{AgentId, ChatbotId, ConversationId, Timestamp, WorkspaceId};

use super::{Store, StoreError};

/// A handoff that is pending or active.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenHandoff {
    pub conversation: ConversationId,
    pub chatbot: ChatbotId,
    pub waiting_since: Timestamp,
    /// Who holds it; none while it is pending.
    pub agent: Option<AgentId>,
}

impl Store {
    /// One conversation of a workspace.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn conversation(
        &self,
        workspace: WorkspaceId,
        id: ConversationId,
    ) -> Result<Option<Conversation>, StoreError> {
        todo!()
    }

    /// A page of a tab, less what the agent is not assigned to: pending and active oldest first,
    /// resolved newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn cards(
        &self,
        workspace: WorkspaceId,
        assigned: &Assigned,
        tab: Tab,
        after: Option<Cursor>,
        limit: usize,
    ) -> Result<Vec<Conversation>, StoreError> {
        todo!()
    }

    /// Every handoff of the workspace that is pending or active, the longest waiting first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn open_handoffs(
        &self,
        workspace: WorkspaceId,
    ) -> Result<Vec<OpenHandoff>, StoreError> {
        todo!()
    }
}
