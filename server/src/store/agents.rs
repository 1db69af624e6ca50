//! The team: who they are, how they sign in, and what they chose.

use domain::agent::{Agent, Assigned};
use protocol::person::{Availability, Role};
use protocol::{AgentId, WorkspaceId};

use super::{Failed, Store, StoreError};

/// What signing in is decided on.
#[derive(Clone, PartialEq, Eq)]
pub struct AgentSecret {
    pub id: AgentId,
    pub workspace: WorkspaceId,
    pub password_hash: String,
}

/// The agent who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeRow {
    pub id: AgentId,
    pub workspace: WorkspaceId,
    pub workspace_name: String,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub chosen: Availability,
}

/// A member of the team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamRow {
    pub id: AgentId,
    pub name: String,
    pub role: Role,
    pub chosen: Availability,
}

/// An agent who joins the team.
#[derive(Clone, PartialEq, Eq)]
pub struct NewAgent {
    pub id: AgentId,
    pub workspace: WorkspaceId,
    pub name: String,
    /// Kept in lower case.
    pub email: String,
    pub password_hash: String,
    pub role: Role,
    pub assigned: Assigned,
    /// 3 unless an admin says otherwise.
    pub chat_limit: u32,
}

/// What adding an agent came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    Done,
    /// Somebody signs in with this address already.
    EmailTaken,
}

impl Store {
    /// The agent as the rules see one; none for one who does not exist or was disabled.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn agent(&self, id: AgentId) -> Result<Option<Agent>, StoreError> {
        todo!()
    }

    /// Who signs in with this address; none for one who was disabled.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn agent_by_email(&self, email: &str) -> Result<Option<AgentSecret>, StoreError> {
        todo!()
    }

    /// The agent with what their own page shows.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn me(&self, id: AgentId) -> Result<Option<MeRow>, StoreError> {
        todo!()
    }

    /// Everybody in the workspace, by name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn team(&self, workspace: WorkspaceId) -> Result<Vec<TeamRow>, StoreError> {
        todo!()
    }

    /// Adds somebody to the team.
    ///
    /// # Errors
    /// [`Failed::Unavailable`] when the database cannot be written.
    pub async fn add_agent(&self, agent: NewAgent) -> Result<Added, Failed> {
        todo!()
    }

    /// Keeps what an agent chose.
    ///
    /// # Errors
    /// [`Failed::Unavailable`] when the database cannot be written.
    pub async fn set_chosen(
        &self,
        workspace: WorkspaceId,
        agent: AgentId,
        chosen: Availability,
    ) -> Result<(), Failed> {
        todo!()
    }
}
