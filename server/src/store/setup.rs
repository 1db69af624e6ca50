//! The first run: a workspace, its owner and its first chatbot, once.

use protocol::settings::ChatbotSettings;
use protocol::{AgentId, ChatbotId, WorkspaceId};

use super::{Failed, Store, StoreError};

/// A workspace that begins, with its owner and its first chatbot.
#[derive(Clone, PartialEq, Eq)]
pub struct NewWorkspace {
    pub id: WorkspaceId,
    pub name: String,
    pub owner: NewOwner,
    pub chatbot: NewChatbot,
}

/// The workspace's first agent.
#[derive(Clone, PartialEq, Eq)]
pub struct NewOwner {
    pub id: AgentId,
    pub name: String,
    /// Kept in lower case.
    pub email: String,
    pub password_hash: String,
}

/// The workspace's first chatbot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewChatbot {
    pub id: ChatbotId,
    pub name: String,
    pub settings: ChatbotSettings,
}

impl Store {
    /// Whether the first run is over.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn workspace_exists(&self) -> Result<bool, StoreError> {
        todo!()
    }

    /// Makes the workspace, its owner and its chatbot.
    ///
    /// # Errors
    /// [`domain::Refusal::SetupOver`] when there is a workspace, whoever was first;
    /// [`Failed::Unavailable`] when the database cannot be written.
    pub async fn set_up(&self, workspace: NewWorkspace) -> Result<(), Failed> {
        todo!()
    }
}
