//! What an agent's composers are told: changed replies, drafts of one's own, mentions, and what the
//! visitor is typing.

use domain::Change;
use protocol::agent::AgentEvent;
use protocol::entry::Author;
use protocol::mention::Mention;
use protocol::{AgentId, ConversationId, WorkspaceId};

use super::{Hub, send};

impl Hub {
    /// Tells every connection of one agent.
    pub(crate) fn tell_agent(&self, agent: AgentId, event: AgentEvent) {
        let queues = self.registry().connections_of(agent);
        send(queues, event);
    }

    /// Replies that others use too have changed.
    pub(crate) fn tell_replies_changed(&self, workspace: WorkspaceId) {
        let queues = self.registry().agents_of(workspace);
        send(queues, AgentEvent::RepliesChanged);
    }

    /// Views that others use too have changed.
    pub(crate) fn tell_views_changed(&self, workspace: WorkspaceId) {
        let queues = self.registry().agents_of(workspace);
        send(queues, AgentEvent::ViewsChanged);
    }

    /// An agent's own replies have changed.
    pub(crate) fn tell_own_replies_changed(&self, agent: AgentId) {
        self.tell_agent(agent, AgentEvent::RepliesChanged);
    }

    /// What a visitor is typing: told to the agents who follow the conversation, and kept nowhere.
    pub(crate) fn visitor_previews(&self, conversation: ConversationId, text: String) {
        let queues = self.registry().watchers_of(conversation);
        send(queues, AgentEvent::PreviewChanged { conversation, text });
    }

    /// Tells those whom the notes of a change name.
    pub(super) fn publish_mentions(&self, change: &Change) {
        for written in &change.entries {
            let Author::Agent(by) = written.author else {
                continue;
            };
            for named in written
                .body
                .calls()
                .iter()
                .filter(|named| named.agent != by)
            {
                let mention = Mention {
                    conversation: change.conversation.id,
                    seq: written.seq,
                    by,
                    at: written.at,
                };
                self.tell_agent(named.agent, AgentEvent::Mentioned(mention));
            }
        }
    }
}
