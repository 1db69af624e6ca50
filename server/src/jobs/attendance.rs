//! Keeps in the database who is there: routing decides by rows and not by one process's sockets.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::agent::GRACE;
use protocol::{AgentId, WorkspaceId};
use tokio::sync::Notify;

use super::routing::Why;
use crate::actions::arrive::arrive;
use crate::actions::look_after::look_after;
use crate::desk::Desk;
use crate::hub::registry::Left;
use crate::store::Failed;

/// The pause after the database could not be written.
const RETRY: Duration = Duration::from_secs(1);

/// Remembers who left.
#[derive(Debug, Clone, Default)]
pub(crate) struct Attendance(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    /// Bounded by the number of agents.
    left: Mutex<BTreeMap<(WorkspaceId, AgentId), Left>>,
    notify: Notify,
}

impl Attendance {
    /// An agent's last connection ended. Never blocks.
    pub(crate) fn left(&self, workspace: WorkspaceId, agent: AgentId, left: Left) {
        self.leaving().insert((workspace, agent), left);
        self.0.notify.notify_one();
    }

    /// Keeps who left until the server stops.
    pub(crate) async fn run(self, desk: Desk) {
        loop {
            self.0.notify.notified().await;
            let left = std::mem::take(&mut *self.leaving());
            for ((workspace, agent), left) in left {
                if let Err(failed) = leave(&desk, workspace, agent, left).await {
                    tracing::error!(?failed, agent.id = %agent, "that an agent left was not kept; trying again");
                    tokio::time::sleep(RETRY).await;
                    self.left(workspace, agent, left);
                }
            }
        }
    }

    fn leaving(&self) -> MutexGuard<'_, BTreeMap<(WorkspaceId, AgentId), Left>> {
        self.0.left.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn leave(
    desk: &Desk,
    workspace: WorkspaceId,
    agent: AgentId,
    left: Left,
) -> Result<(), Failed> {
    if desk.hub.is_agent_connected(agent) {
        return Ok(());
    }
    let now = desk.now();
    // The grace is for connections that break. Who signed out is not on the way back.
    let since = match left {
        Left::Broken => now,
        Left::Revoked => now.before(GRACE),
    };
    desk.store.set_presence(agent, Some(since)).await?;
    // Who came back while this was written is there, whichever of the two was written last.
    if desk.hub.is_agent_connected(agent) {
        return arrive(desk, workspace, agent)
            .await
            .map_err(Failed::Refused);
    }
    match left {
        Left::Broken => desk.timers.due_at(since.after(GRACE)),
        Left::Revoked => {
            look_after(desk, agent).await.map_err(Failed::Refused)?;
            desk.routing.changed(workspace, Why::Team);
            desk.queue_news.changed(workspace);
        }
    }
    Ok(())
}
