//! Presence and typing: things of the moment that are told and never stored.

use std::time::Duration;

use protocol::agent::AgentEvent;
use protocol::entry::Author;
use protocol::person::Availability;
use protocol::visitor::{Typist, VisitorEvent};
use protocol::{AgentId, ConversationId, WorkspaceId};

use super::registry::Gone;
use super::{Hub, send};

/// A page that is loaded anew is gone for a moment only; nobody is told of less than this.
const GRACE: Duration = Duration::from_secs(5);

impl Hub {
    /// What an agent's choice and connections come to.
    pub(crate) fn availability(&self, agent: AgentId) -> Availability {
        self.registry().availability(agent)
    }

    /// Whether a conversation's visitor has a connection.
    pub(crate) fn is_visitor_connected(&self, conversation: ConversationId) -> bool {
        self.registry().is_visitor_connected(conversation)
    }

    /// Whether an agent has a connection.
    pub(crate) fn is_agent_connected(&self, agent: AgentId) -> bool {
        self.registry().is_agent_connected(agent)
    }

    /// Takes over what an agent chose, without telling anybody.
    pub(crate) fn learn_chosen(&self, agent: AgentId, chosen: Availability, accepting: bool) {
        let mut registry = self.registry();
        registry.set_chosen(agent, chosen);
        registry.set_accepting(agent, accepting);
    }

    /// Takes over whether it is an agent's working time, without telling anybody.
    pub(crate) fn learn_working(&self, agent: AgentId, works: bool) {
        self.registry().set_working(agent, works);
    }

    /// An agent's working time began or ended: whoever is connected is told.
    pub(crate) fn work(&self, workspace: WorkspaceId, agent: AgentId, works: bool) {
        let news = self.registry().set_working(agent, works);
        if news {
            self.tell_presence(workspace, agent);
        }
    }

    /// An agent accepts chats from now on, or does not: everybody is told.
    pub(crate) fn accept(&self, workspace: WorkspaceId, agent: AgentId, accepting: bool) {
        self.registry().set_accepting(agent, accepting);
        self.tell_presence(workspace, agent);
    }

    /// An agent chose an availability: colleagues are told what it comes to, the agent all of it.
    pub(crate) fn choose(&self, workspace: WorkspaceId, agent: AgentId, chosen: Availability) {
        self.registry().set_chosen(agent, chosen);
        self.tell_presence(workspace, agent);
    }

    /// A visitor types, or stops: told to the agents who follow the conversation.
    pub(crate) fn visitor_types(&self, conversation: ConversationId, typing: bool) {
        let queues = self.registry().watchers_of(conversation);
        send(
            queues,
            AgentEvent::TypingChanged {
                conversation,
                author: Author::Visitor,
                typing,
            },
        );
    }

    /// An agent types a reply, or stops: told to the colleagues who follow the conversation, so that
    /// two do not answer the same; and to the visitor, but only while this agent holds it or has joined the holder.
    pub(crate) fn agent_types(&self, conversation: ConversationId, agent: AgentId, typing: bool) {
        let registry = self.registry();
        let colleagues = match registry.is_watched_by(conversation, agent) {
            true => registry.watchers_of(conversation),
            false => Vec::new(),
        };
        let visitors = match registry.is_answered_by(conversation, agent) {
            true => registry.visitors_of(conversation),
            false => Vec::new(),
        };
        drop(registry);
        send(
            colleagues,
            AgentEvent::TypingChanged {
                conversation,
                author: Author::Agent(agent),
                typing,
            },
        );
        send(
            visitors,
            VisitorEvent::TypingChanged {
                typist: Typist::Person,
                typing,
            },
        );
    }

    /// The AI began to answer, or is done.
    pub(crate) fn ai_types(&self, conversation: ConversationId, typing: bool) {
        let registry = self.registry();
        let visitors = registry.visitors_of(conversation);
        let watchers = registry.watchers_of(conversation);
        drop(registry);
        send(
            visitors,
            VisitorEvent::TypingChanged {
                typist: Typist::Ai,
                typing,
            },
        );
        send(
            watchers,
            AgentEvent::TypingChanged {
                conversation,
                author: Author::Ai,
                typing,
            },
        );
    }

    pub(super) fn tell_presence(&self, workspace: WorkspaceId, agent: AgentId) {
        let registry = self.registry();
        let availability = registry.availability(agent);
        let chosen = registry.chosen(agent);
        let accepting = registry.accepts(agent);
        let own = registry.connections_of(agent);
        let all = registry.agents_of(workspace);
        drop(registry);
        let others = all
            .into_iter()
            .filter(|one| !own.iter().any(|mine| std::sync::Arc::ptr_eq(mine, one)));
        send(
            others,
            AgentEvent::PresenceChanged {
                agent,
                availability,
                chosen: None,
                accepting,
            },
        );
        send(
            own.clone(),
            AgentEvent::PresenceChanged {
                agent,
                availability,
                chosen,
                accepting,
            },
        );
    }

    /// Tells the agents who follow a conversation on whose screens it is.
    pub(super) fn tell_viewers(&self, conversation: ConversationId) {
        let registry = self.registry();
        let agents = registry.viewers_of(conversation);
        let queues = registry.watchers_of(conversation);
        drop(registry);
        let changed = AgentEvent::ViewersChanged {
            conversation,
            agents,
        };
        send(queues, changed);
    }

    pub(super) fn tell_visitor_presence(&self, conversation: ConversationId, connected: bool) {
        let queues = self.registry().watchers_of(conversation);
        send(
            queues,
            AgentEvent::VisitorPresenceChanged {
                conversation,
                connected,
            },
        );
    }

    /// Somebody's last connection ended: told after a grace, if they are still gone then.
    pub(super) fn tell_gone(&self, gone: Gone) {
        if let Gone::Agent {
            viewed: Some(viewed),
            ..
        } = gone
        {
            self.tell_viewers(viewed);
        }
        let hub = self.clone();
        match gone {
            Gone::Agent {
                workspace,
                agent,
                last: true,
                ..
            } => after_grace(move || {
                if hub.availability(agent) == Availability::Offline {
                    hub.tell_presence(workspace, agent);
                }
            }),
            Gone::Visitor {
                conversation,
                last: true,
            } => {
                hub.visitor_types(conversation, false);
                after_grace(move || {
                    if !hub.is_visitor_connected(conversation) {
                        hub.tell_visitor_presence(conversation, false);
                    }
                });
            }
            Gone::Agent { .. } | Gone::Visitor { .. } | Gone::Nobody => {}
        }
    }
}

fn after_grace(tell: impl FnOnce() + Send + 'static) {
    // At shutdown there may be no runtime any more, and nobody left to tell.
    if let Ok(runtime) = tokio::runtime::Handle::try_current() {
        runtime.spawn(async move {
            tokio::time::sleep(GRACE).await;
            tell();
        });
    }
}
