//! An agent as the rules see one: whom they may see and how much they can hold.

use protocol::person::{Availability, Role};
use protocol::{AgentId, ChatbotId, Refusal, WorkspaceId};

use crate::permissions::Permission;

/// A member of the team who answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agent {
    pub id: AgentId,
    pub workspace: WorkspaceId,
    pub name: String,
    pub role: Role,
    /// What the agent chose, whether connected or not.
    pub chosen: Availability,
    pub assigned: Assigned,
    /// How many handoffs this agent may hold at once.
    pub chat_limit: u32,
    /// How many this agent holds now.
    pub load: u32,
}

/// The chatbots whose conversations an agent sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Assigned {
    All,
    /// An empty list means none.
    Only(Vec<ChatbotId>),
}

impl Assigned {
    /// Whether conversations of this chatbot may be seen.
    pub fn includes(&self, chatbot: ChatbotId) -> bool {
        match self {
            Self::All => true,
            Self::Only(chatbots) => chatbots.contains(&chatbot),
        }
    }
}

impl Agent {
    /// Whether the agent may see conversations of a chatbot of a workspace.
    pub fn sees(&self, workspace: WorkspaceId, chatbot: ChatbotId) -> bool {
        self.workspace == workspace && self.assigned.includes(chatbot)
    }

    /// Refuses what the agent's role does not allow.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`].
    pub fn may(&self, permission: Permission) -> Result<(), Refusal> {
        if permission.is_given_to(self.role) {
            Ok(())
        } else {
            Err(Refusal::NotAllowed)
        }
    }

    /// Refuses one more chat to somebody who is offline or holds enough.
    ///
    /// # Errors
    /// [`Refusal::NotOnline`] or [`Refusal::ChatLimitReached`].
    pub fn has_room(&self) -> Result<(), Refusal> {
        if self.chosen == Availability::Offline {
            return Err(Refusal::NotOnline);
        }
        if self.load >= self.chat_limit {
            return Err(Refusal::ChatLimitReached {
                held: self.load,
                limit: self.chat_limit,
            });
        }
        Ok(())
    }
}
