//! What is told of a conversation that was erased: that it is gone.

use protocol::agent::AgentEvent;
use protocol::{ChatbotId, ConversationId, WorkspaceId, close};

use super::{Hub, send};

impl Hub {
    /// Whoever sees it takes it off the screen, and nothing of it is remembered: the same id may begin
    /// anew.
    pub(crate) fn conversation_erased(
        &self,
        workspace: WorkspaceId,
        chatbot: ChatbotId,
        conversation: ConversationId,
    ) {
        let _telling = self.telling();
        let mut registry = self.registry();
        registry.forget_seen(conversation);
        let agents = registry.who_sees(workspace, chatbot, conversation);
        drop(registry);
        let queues = agents.into_iter().map(|agent| agent.queue);
        send(queues, AgentEvent::CardGone { conversation });
    }

    /// Closes the connections of a visitor who was erased: they come back as somebody new.
    pub(crate) fn visitor_erased(&self, conversation: ConversationId) {
        for queue in self.registry().visitors_of(conversation) {
            queue.close(close::RESUME);
        }
    }
}
