//! Who is told of a conversation's card.

use std::sync::Arc;

use protocol::{ChatbotId, ConversationId, WorkspaceId};

use super::{ConnectionId, Registry};
use crate::hub::queue::Queue;

/// An agent's connection, as far as one conversation goes.
#[derive(Debug)]
pub(in crate::hub) struct Seeing {
    pub(in crate::hub) queue: Arc<Queue>,
    /// Whether it has the conversation open.
    pub(in crate::hub) watches: bool,
    /// Whether it looks at what the assistant does.
    pub(in crate::hub) follows_assistant: bool,
}

impl Registry {
    /// The agents' connections that see conversations of a chatbot, and what they have of this one.
    pub(in crate::hub) fn who_sees(
        &self,
        workspace: WorkspaceId,
        chatbot: ChatbotId,
        conversation: ConversationId,
    ) -> Vec<Seeing> {
        let ids = self.by_workspace.get(&workspace).into_iter().flatten();
        ids.filter_map(|id| self.agents.get(id))
            .filter(|agent| agent.assigned.includes(chatbot))
            .map(|agent| Seeing {
                queue: agent.queue.clone(),
                watches: agent.watched.contains(&conversation),
                follows_assistant: agent.follows_assistant,
            })
            .collect()
    }

    /// The connection looks at what the assistant does, or not any more.
    pub(in crate::hub) fn follow_assistant(&mut self, id: ConnectionId, follows: bool) {
        if let Some(agent) = self.agents.get_mut(&id) {
            agent.follows_assistant = follows;
        }
    }
}
