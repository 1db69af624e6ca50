//! The desk: what an action needs, in one value that is cheap to clone.

use std::sync::Arc;

use protocol::card::Counts;
use protocol::{AgentId, ConversationId, Timestamp, WorkspaceId};

use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::ai::Knowledge;
use crate::auth::password::Passwords;
use crate::auth::setup_token::SetupToken;
use crate::clock::Clock;
use crate::config::Config;
use crate::hub::Hub;
use crate::hub::publish::{self, Queued};
use crate::limits::Limits;
use crate::store::{Store, StoreError};
use crate::wire::face::Faces;

/// What an action needs.
#[derive(Clone)]
pub(crate) struct Desk {
    pub(crate) config: Arc<Config>,
    pub(crate) clock: Clock,
    pub(crate) store: Store,
    pub(crate) hub: Hub,
    pub(crate) faces: Faces,
    pub(crate) passwords: Passwords,
    pub(crate) setup_token: Arc<SetupToken>,
    pub(crate) limits: Arc<Limits>,
    pub(crate) knowledge: Knowledge,
    /// Cancelled when the server begins to stop: no new connections.
    pub(crate) closing: CancellationToken,
    /// Every open WebSocket, so that stopping can wait for them.
    pub(crate) connections: TaskTracker,
}

impl Desk {
    /// The time now.
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// All open handoffs of a workspace, oldest first.
    pub(crate) async fn queue(&self, workspace: WorkspaceId) -> Result<Vec<Queued>, StoreError> {
        let open = self.store.open_handoffs(workspace).await?;
        let queued = open.into_iter().map(|handoff| Queued {
            conversation: handoff.conversation,
            chatbot: handoff.chatbot,
            waiting_since: handoff.waiting_since,
            holder: handoff.agent,
        });
        Ok(queued.collect())
    }

    /// A waiting visitor's place; 1 is next.
    pub(crate) async fn place(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
    ) -> Result<u32, StoreError> {
        let places = publish::places(&self.queue(workspace).await?);
        let own = places
            .into_iter()
            .find(|(waiting, _)| *waiting == conversation);
        Ok(own.map_or(1, |(_, place)| place))
    }

    /// What an agent's tabs hold.
    pub(crate) async fn counts(&self, agent: &domain::Agent) -> Result<Counts, StoreError> {
        let queue = self.queue(agent.workspace).await?;
        let id: AgentId = agent.id;
        Ok(publish::counts(&queue, id, |chatbot| {
            agent.assigned.includes(chatbot)
        }))
    }
}
