//! Who is connected, as plain maps: no IO, no waiting.

mod order;
mod presence;
mod room;
mod seeing;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use domain::agent::Assigned;
use domain::{Change, Controller};
use protocol::card::Counts;
use protocol::person::Availability;
use protocol::{AgentId, ChatbotId, ConversationId, WorkspaceId, close, limits};

pub(super) use self::order::Filled;
pub(crate) use self::order::Missing;
use self::room::take;
use super::order::Order;
use super::queue::Queue;
use crate::auth::SignInId;
use crate::wire::line::Wait;

pub(crate) use seeing::Loaded;
pub(super) use seeing::Seeing;

/// A connection's number; never used twice while the server runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ConnectionId(u64);

/// An agent's open WebSocket.
#[derive(Debug)]
pub(crate) struct AgentConnection {
    pub(crate) agent: AgentId,
    pub(crate) workspace: WorkspaceId,
    pub(crate) sign_in: SignInId,
    pub(crate) assigned: Assigned,
    pub(crate) queue: Arc<Queue>,
    /// The conversations it follows.
    pub(crate) watched: HashSet<ConversationId>,
    /// Which of them is on the screen.
    pub(crate) viewed: Option<ConversationId>,
    /// Whether it looks at what the assistant does.
    pub(crate) follows_assistant: bool,
    /// The counts it was told last; none before the first.
    pub(crate) counts: Option<Counts>,
}

/// A visitor's open WebSocket.
#[derive(Debug)]
pub(crate) struct VisitorConnection {
    pub(crate) conversation: ConversationId,
    pub(crate) chatbot: ChatbotId,
    /// The visitor's language.
    pub(crate) locale: String,
    pub(crate) queue: Arc<Queue>,
}

/// How a connection ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Left {
    /// Its client may be on the way back.
    Broken,
    /// Its sign-in ended.
    Revoked,
}

/// Who left, and whether they still have another connection.
#[derive(Debug)]
pub(crate) enum Gone {
    Agent {
        workspace: WorkspaceId,
        agent: AgentId,
        last: bool,
        left: Left,
        /// What was on the screen.
        viewed: Option<ConversationId>,
    },
    Visitor {
        conversation: ConversationId,
        last: bool,
    },
    Nobody,
}

/// All connections of this process.
#[derive(Debug, Default)]
pub(crate) struct Registry {
    next: u64,
    agents: BTreeMap<ConnectionId, AgentConnection>,
    visitors: BTreeMap<ConnectionId, VisitorConnection>,
    by_agent: HashMap<AgentId, HashSet<ConnectionId>>,
    by_workspace: HashMap<WorkspaceId, HashSet<ConnectionId>>,
    by_conversation: HashMap<ConversationId, HashSet<ConnectionId>>,
    watchers: HashMap<ConversationId, HashSet<ConnectionId>>,
    /// What agents with a connection chose.
    chosen: HashMap<AgentId, Availability>,
    /// Who does not accept chats from routing.
    declining: HashSet<AgentId>,
    /// Whose working hours are over for now.
    off_hours: HashSet<AgentId>,
    /// What is known of conversations that somebody here looks at.
    pub(super) seen: HashMap<ConversationId, Seen>,
}

/// What the hub remembers of a conversation while somebody looks at it.
#[derive(Debug, Default)]
pub(super) struct Seen {
    controller: Option<Controller>,
    /// Who answers beside the holder.
    participants: Vec<AgentId>,
    /// What its waiting visitor was told last.
    wait: Option<Wait>,
    /// Whose it is; known with the first load or change.
    pub(super) of: Option<(WorkspaceId, ChatbotId)>,
    /// What of it was told and what waits for its turn.
    pub(super) order: Order<Change>,
}

impl Registry {
    /// Adds a connection; true when the agent had none.
    pub(super) fn add_agent(&mut self, connection: AgentConnection) -> (ConnectionId, bool) {
        let id = self.fresh();
        let connections = self.by_agent.entry(connection.agent).or_default();
        let first = connections.is_empty();
        connections.insert(id);
        self.by_workspace
            .entry(connection.workspace)
            .or_default()
            .insert(id);
        self.agents.insert(id, connection);
        (id, first)
    }

    /// Adds a connection; true when the conversation's visitor had none.
    pub(super) fn add_visitor(&mut self, connection: VisitorConnection) -> (ConnectionId, bool) {
        let id = self.fresh();
        let connections = self
            .by_conversation
            .entry(connection.conversation)
            .or_default();
        let first = connections.is_empty();
        connections.insert(id);
        self.visitors.insert(id, connection);
        (id, first)
    }

    /// Removes a connection.
    pub(super) fn remove(&mut self, id: ConnectionId) -> Gone {
        if let Some(gone) = self.agents.remove(&id) {
            for conversation in &gone.watched {
                take(&mut self.watchers, *conversation, id);
                self.forget(*conversation);
            }
            take(&mut self.by_workspace, gone.workspace, id);
            let last = take(&mut self.by_agent, gone.agent, id);
            return Gone::Agent {
                workspace: gone.workspace,
                agent: gone.agent,
                last,
                viewed: gone.viewed,
                left: match gone.queue.closed_with() {
                    Some(close::REVOKED) => Left::Revoked,
                    _ => Left::Broken,
                },
            };
        }
        if let Some(gone) = self.visitors.remove(&id) {
            let last = take(&mut self.by_conversation, gone.conversation, id);
            self.forget(gone.conversation);
            return Gone::Visitor {
                conversation: gone.conversation,
                last,
            };
        }
        Gone::Nobody
    }

    /// Follows a conversation; false when the connection follows too many already.
    pub(super) fn watch(&mut self, id: ConnectionId, conversation: ConversationId) -> bool {
        let Some(agent) = self.agents.get_mut(&id) else {
            return false;
        };
        if agent.watched.len() >= limits::THREADS && !agent.watched.contains(&conversation) {
            return false;
        }
        agent.watched.insert(conversation);
        self.watchers.entry(conversation).or_default().insert(id);
        true
    }

    /// Stops following a conversation; true when it was on the screen.
    pub(super) fn unwatch(&mut self, id: ConnectionId, conversation: ConversationId) -> bool {
        let Some(agent) = self.agents.get_mut(&id) else {
            return false;
        };
        if !agent.watched.remove(&conversation) {
            return false;
        }
        let viewed = agent.viewed.take_if(|viewed| *viewed == conversation);
        take(&mut self.watchers, conversation, id);
        self.forget(conversation);
        viewed.is_some()
    }

    /// The connections of a conversation's visitor.
    pub(super) fn visitors_of(&self, conversation: ConversationId) -> Vec<Arc<Queue>> {
        let ids = self
            .by_conversation
            .get(&conversation)
            .into_iter()
            .flatten();
        ids.filter_map(|id| Some(self.visitors.get(id)?.queue.clone()))
            .collect()
    }

    /// All connections of a workspace's agents.
    pub(super) fn agents_of(&self, workspace: WorkspaceId) -> Vec<Arc<Queue>> {
        let ids = self.by_workspace.get(&workspace).into_iter().flatten();
        ids.filter_map(|id| Some(self.agents.get(id)?.queue.clone()))
            .collect()
    }

    /// All connections of one agent.
    pub(super) fn connections_of(&self, agent: AgentId) -> Vec<Arc<Queue>> {
        let ids = self.by_agent.get(&agent).into_iter().flatten();
        ids.filter_map(|id| Some(self.agents.get(id)?.queue.clone()))
            .collect()
    }

    pub(super) fn queues_of_sign_in(&self, sign_in: SignInId) -> Vec<Arc<Queue>> {
        let agents = self
            .agents
            .values()
            .filter(|agent| agent.sign_in == sign_in);
        agents.map(|agent| agent.queue.clone()).collect()
    }

    pub(super) fn all_queues(&self) -> Vec<Arc<Queue>> {
        let agents = self.agents.values().map(|agent| agent.queue.clone());
        agents
            .chain(self.visitors.values().map(|visitor| visitor.queue.clone()))
            .collect()
    }

    /// The agents' connections of a workspace, to be told counts that changed.
    pub(super) fn counted(
        &mut self,
        workspace: WorkspaceId,
    ) -> impl Iterator<Item = &mut AgentConnection> {
        self.agents
            .values_mut()
            .filter(move |agent| agent.workspace == workspace)
    }

    /// Counts that were read for a connection are what it is told, unless it was told others while
    /// they were read: those wait behind the welcome, and are the last it hears.
    pub(super) fn told(&mut self, id: ConnectionId, counts: Counts) {
        if let Some(agent) = self.agents.get_mut(&id) {
            agent.counts.get_or_insert(counts);
        }
    }

    /// The connections of a chatbot's visitors, by their language.
    pub(super) fn visitors_by_locale(
        &self,
        chatbot: ChatbotId,
    ) -> HashMap<String, Vec<Arc<Queue>>> {
        let mut found = HashMap::<String, Vec<Arc<Queue>>>::new();
        let visitors = self.visitors.values();
        for visitor in visitors.filter(|visitor| visitor.chatbot == chatbot) {
            let queues = found.entry(visitor.locale.clone()).or_default();
            queues.push(visitor.queue.clone());
        }
        found
    }

    pub(super) fn is_visitor_connected(&self, conversation: ConversationId) -> bool {
        self.by_conversation.contains_key(&conversation)
    }

    /// Remembers who controls a conversation and who helps, if somebody here looks at it.
    pub(super) fn set_controller(
        &mut self,
        conversation: ConversationId,
        controller: Controller,
        participants: &[AgentId],
    ) {
        if self.is_looked_at(conversation) {
            let seen = self.seen.entry(conversation).or_default();
            participants.clone_into(&mut seen.participants);
            if seen.controller != Some(controller) {
                seen.controller = Some(controller);
                seen.wait = None;
            }
        }
    }

    /// Takes over what was just loaded, unless something newer was published meanwhile.
    pub(super) fn learn(&mut self, conversation: ConversationId, loaded: Loaded) {
        if self.is_looked_at(conversation) {
            let seen = self.seen.entry(conversation).or_default();
            seen.of = Some(loaded.of);
            let controller = loaded.controller;
            if seen.controller.is_none() {
                seen.participants = loaded.participants;
            }
            if *seen.controller.get_or_insert(controller) == controller && seen.wait.is_none() {
                seen.wait = loaded.wait;
            }
        }
    }

    /// Notes what a waiting visitor is told; true when it is news and the visitor still waits.
    pub(super) fn set_wait(&mut self, conversation: ConversationId, wait: Wait) -> bool {
        let Some(seen) = self.seen.get_mut(&conversation) else {
            return false;
        };
        let news = seen.controller == Some(Controller::Waiting) && seen.wait != Some(wait);
        if news {
            seen.wait = Some(wait);
        }
        news
    }

    pub(super) fn is_looked_at(&self, conversation: ConversationId) -> bool {
        self.by_conversation.contains_key(&conversation)
            || self.watchers.contains_key(&conversation)
    }

    /// Forgets what is known of a conversation that is no more.
    pub(super) fn forget_seen(&mut self, conversation: ConversationId) {
        self.seen.remove(&conversation);
        room::settle(&mut self.seen);
    }

    fn forget(&mut self, conversation: ConversationId) {
        if !self.is_looked_at(conversation) {
            self.forget_seen(conversation);
        }
    }

    fn fresh(&mut self) -> ConnectionId {
        self.next += 1;
        ConnectionId(self.next)
    }

    /// The maps agree with each other.
    #[cfg(test)]
    pub(super) fn check_invariants(&self) {
        for (id, agent) in &self.agents {
            assert!(self.by_agent[&agent.agent].contains(id));
            assert!(self.by_workspace[&agent.workspace].contains(id));
            assert!(
                agent
                    .viewed
                    .is_none_or(|viewed| agent.watched.contains(&viewed))
            );
            assert!(
                agent
                    .watched
                    .iter()
                    .all(|watched| self.watchers[watched].contains(id))
            );
        }
        for (id, visitor) in &self.visitors {
            assert!(self.by_conversation[&visitor.conversation].contains(id));
        }
        let agents: usize = self.by_agent.values().map(HashSet::len).sum();
        assert_eq!(self.agents.len(), agents);
        let in_workspaces: usize = self.by_workspace.values().map(HashSet::len).sum();
        assert_eq!(self.agents.len(), in_workspaces);
        let visitors: usize = self.by_conversation.values().map(HashSet::len).sum();
        assert_eq!(self.visitors.len(), visitors);
        let watching: usize = self.watchers.values().map(HashSet::len).sum();
        let watched: usize = self.agents.values().map(|agent| agent.watched.len()).sum();
        assert_eq!(watched, watching);
    }
}
