//! What agents are told of a contact that was changed.

use domain::Conversation;
use protocol::ConversationId;
use protocol::agent::AgentEvent;
use protocol::card::Tab;
use protocol::contact::Contact;

use super::frame::Shared;
use super::{Hub, send};
use crate::wire::card;

impl Hub {
    /// Other conversations stand beside this one now, or what was known of each.
    pub(crate) fn panel_changed(&self, conversation: ConversationId) {
        let queues = self.registry().watchers_of(conversation);
        send(queues, AgentEvent::PanelChanged { conversation });
    }

    /// The conversation shows another name, and whoever follows it what else is known.
    pub(crate) fn publish_contact(&self, conversation: &Conversation, contact: &Contact) {
        let of = (conversation.workspace, conversation.chatbot);
        let agents = self.registry().who_sees(of.0, of.1, conversation.id);
        let tab = conversation.card_state().tab();
        let shared = Shared::new(AgentEvent::CardChanged(card::card(conversation)));
        for agent in &agents {
            if tab != Tab::Assistant || agent.follows_assistant || agent.watches {
                let queue = &agent.queue;
                queue.push_card(conversation.id, shared.frame(queue.encoding));
            }
        }
        let watching = agents.into_iter().filter(|agent| agent.watches);
        let changed = AgentEvent::ContactChanged {
            conversation: conversation.id,
            contact: contact.clone(),
        };
        send(watching.map(|agent| agent.queue), changed);
    }
}
