//! Keeps in the database who is there: routing decides by rows and not by one process's sockets.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::agent::GRACE;
use protocol::{AgentId, WorkspaceId};
use tokio::sync::Notify;

use crate::actions::arrive::arrive;
use crate::desk::Desk;
use crate::store::Failed;

/// The pause after the database could not be written.
const RETRY: Duration = Duration::from_secs(1);

/// Remembers who left.
#[derive(Debug, Clone, Default)]
pub(crate) struct Attendance(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    /// Bounded by the number of agents.
    left: Mutex<BTreeSet<(WorkspaceId, AgentId)>>,
    notify: Notify,
}

impl Attendance {
    /// An agent's last connection ended. Never blocks.
    pub(crate) fn left(&self, workspace: WorkspaceId, agent: AgentId) {
        self.leaving().insert((workspace, agent));
        self.0.notify.notify_one();
    }

    /// Keeps who left until the server stops.
    pub(crate) async fn run(self, desk: Desk) {
        loop {
            self.0.notify.notified().await;
            let left = std::mem::take(&mut *self.leaving());
            for (workspace, agent) in left {
                if let Err(failed) = leave(&desk, workspace, agent).await {
                    tracing::error!(?failed, agent.id = %agent, "that an agent left was not kept; trying again");
                    tokio::time::sleep(RETRY).await;
                    self.left(workspace, agent);
                }
            }
        }
    }

    fn leaving(&self) -> MutexGuard<'_, BTreeSet<(WorkspaceId, AgentId)>> {
        self.0.left.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn leave(desk: &Desk, workspace: WorkspaceId, agent: AgentId) -> Result<(), Failed> {
    if desk.hub.is_agent_connected(agent) {
        return Ok(());
    }
    desk.store.set_presence(agent, false).await?;
    // Who came back while this was written is there, whichever of the two was written last.
    if desk.hub.is_agent_connected(agent) {
        return arrive(desk, workspace, agent)
            .await
            .map_err(Failed::Refused);
    }
    desk.timers.due_at(desk.now().after(GRACE));
    Ok(())
}
