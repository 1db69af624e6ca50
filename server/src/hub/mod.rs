//! The hub: knows who is connected and tells each what they may see. It knows no database.
//!
//! Whoever publishes says what happened and to which conversation; the [`registry`] says who may
//! see that. Every connection has its own bounded [`queue`].

mod composer;
mod contact;
mod counts;
mod erased;
pub(crate) mod frame;
pub(crate) mod order;
mod presence;
pub(crate) mod publish;
pub(crate) mod queue;
pub(crate) mod registry;
#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use protocol::card::Counts;
use protocol::{AgentId, ConversationId, Timestamp, WorkspaceId};
use tokio::sync::Notify;

use self::frame::Shared;
use self::queue::Queue;
use self::registry::{
    AgentConnection, ConnectionId, Gone, Left, Loaded, Missing, Registry, VisitorConnection,
};
use crate::auth::SignInId;
use crate::faults::{self, Fault};
use crate::wire::face::Faces;

/// Connections closed at the same moment when all are closed.
const TOGETHER: usize = 50;

/// Who is connected, and the ways to tell them something.
#[derive(Clone)]
pub(crate) struct Hub {
    registry: Arc<Mutex<Registry>>,
    /// Held while something is told, so that what has its turn first is told first.
    telling: Arc<Mutex<()>>,
    /// Told when something is missing.
    missing: Arc<Notify>,
    faces: Faces,
    on_left: OnLeft,
}

/// Told when an agent's last connection ended. Must not block.
pub(crate) type OnLeft = Arc<dyn Fn(WorkspaceId, AgentId, Left) + Send + Sync>;

impl Hub {
    /// A hub without connections.
    pub(crate) fn new(faces: Faces, on_left: OnLeft) -> Self {
        Self {
            registry: Arc::default(),
            telling: Arc::default(),
            missing: Arc::default(),
            faces,
            on_left,
        }
    }

    /// An agent's browser connects. What is published from now on reaches its queue.
    pub(crate) fn connect_agent(&self, connection: AgentConnection) -> Connected {
        let (agent, workspace) = (connection.agent, connection.workspace);
        let (id, first) = self.registry().add_agent(connection);
        if first {
            self.tell_presence(workspace, agent);
        }
        Connected {
            hub: self.clone(),
            id,
        }
    }

    /// A visitor's browser connects. What is published from now on reaches its queue.
    pub(crate) fn connect_visitor(&self, connection: VisitorConnection) -> Connected {
        let conversation = connection.conversation;
        // Defect: something of every connection stays for ever.
        if faults::on(Fault::Leak) {
            std::mem::forget(vec![1_u8; 1024]);
        }
        let (id, first) = self.registry().add_visitor(connection);
        if first {
            self.tell_visitor_presence(conversation, true);
        }
        Connected {
            hub: self.clone(),
            id,
        }
    }

    /// Closes every connection with a code, spread over a time, so that not all come back at once.
    pub(crate) async fn close_all(&self, code: u16, over: Duration) {
        let queues = self.registry().all_queues();
        let steps = u32::try_from(queues.len().div_ceil(TOGETHER))
            .unwrap_or(u32::MAX)
            .max(1);
        for together in queues.chunks(TOGETHER) {
            for queue in together {
                queue.close(code);
            }
            tokio::time::sleep(over / steps).await;
        }
    }

    /// Closes the connections of one sign-in: it was revoked.
    pub(crate) fn close_sign_in(&self, sign_in: SignInId, code: u16) {
        for queue in self.registry().queues_of_sign_in(sign_in) {
            queue.close(code);
        }
    }

    /// Closes the connections of an agent, whose rights changed: they come back with the new ones.
    pub(crate) fn close_agent(&self, agent: AgentId, code: u16) {
        for queue in self.registry().connections_of(agent) {
            queue.close(code);
        }
    }

    /// Waits until something is missing: a change came before the one in front of it.
    pub(crate) async fn something_is_missing(&self) {
        self.missing.notified().await;
    }

    /// Whether something is still missing.
    pub(crate) fn is_missing(&self) -> bool {
        self.registry().is_missing()
    }

    /// What has to be read now, because nobody told of it.
    pub(crate) fn holes(&self, now: Timestamp) -> Vec<Missing> {
        self.registry().holes(now)
    }

    fn telling(&self) -> MutexGuard<'_, ()> {
        self.telling.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn registry(&self) -> Guard<'_> {
        Guard(self.registry.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Encodes an event at most once per encoding and hands it to many queues.
fn send<E: serde::Serialize>(queues: impl IntoIterator<Item = Arc<Queue>>, event: E) {
    let mut queues = queues.into_iter().peekable();
    if queues.peek().is_some() {
        let shared = Shared::new(event);
        for queue in queues {
            queue.push(shared.frame(queue.encoding));
        }
    }
}

/// A connection's place in the hub; dropping it leaves.
pub(crate) struct Connected {
    hub: Hub,
    id: ConnectionId,
}

impl Connected {
    /// Follows a conversation: its entries reach this agent's connection from now on.
    /// False when it follows too many already.
    pub(crate) fn watch(&self, conversation: ConversationId) -> bool {
        self.hub.registry().watch(self.id, conversation)
    }

    /// Tells the hub what was loaded of a conversation that this connection looks at.
    pub(crate) fn learn(&self, conversation: ConversationId, loaded: Loaded) {
        let mut registry = self.hub.registry();
        let last = loaded.last;
        registry.learn(conversation, loaded);
        if registry.heard(conversation, last) {
            self.hub.missing.notify_one();
        }
    }

    /// Remembers the counts this agent's connection was told.
    pub(crate) fn told(&self, counts: Counts) {
        self.hub.registry().told(self.id, counts);
    }

    /// Looks at what the assistant does from now on, or not any more.
    pub(crate) fn follow_assistant(&self, follows: bool) {
        self.hub.registry().follow_assistant(self.id, follows);
    }

    /// Stops following a conversation.
    pub(crate) fn unwatch(&self, conversation: ConversationId) {
        let viewed = self.hub.registry().unwatch(self.id, conversation);
        if viewed {
            self.hub.tell_viewers(conversation);
        }
    }

    /// A conversation that is followed is on the screen from now on, or none is.
    pub(crate) fn view(&self, conversation: Option<ConversationId>) {
        let changed = self.hub.registry().view(self.id, conversation);
        for conversation in changed {
            self.hub.tell_viewers(conversation);
        }
    }
}

impl Drop for Connected {
    fn drop(&mut self) {
        let gone = self.hub.registry().remove(self.id);
        if let Gone::Agent {
            workspace,
            agent,
            last: true,
            left,
            ..
        } = gone
        {
            (self.hub.on_left)(workspace, agent, left);
        }
        self.hub.tell_gone(gone);
    }
}

/// The registry while somebody looks at it. Under test its invariants are checked on the way out.
struct Guard<'a>(MutexGuard<'a, Registry>);

impl std::ops::Deref for Guard<'_> {
    type Target = Registry;

    fn deref(&self) -> &Registry {
        &self.0
    }
}

impl std::ops::DerefMut for Guard<'_> {
    fn deref_mut(&mut self) -> &mut Registry {
        &mut self.0
    }
}

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        #[cfg(test)]
        self.0.check_invariants();
    }
}
