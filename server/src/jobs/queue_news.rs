//! Tells agents their counts and waiting visitors their place whenever a queue changed.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use protocol::WorkspaceId;
use tokio::sync::Notify;

use crate::desk::Desk;

/// Changes within this time are told together.
const TOGETHER: Duration = Duration::from_millis(50);
/// The pause after the database could not be read.
const RETRY: Duration = Duration::from_secs(1);

/// Remembers whose queue changed.
#[derive(Debug, Clone, Default)]
pub(crate) struct QueueNews(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    /// Bounded by the number of workspaces.
    changed: Mutex<BTreeSet<WorkspaceId>>,
    notify: Notify,
}

impl QueueNews {
    /// A workspace's queue changed. Never blocks.
    pub(crate) fn changed(&self, workspace: WorkspaceId) {
        self.set().insert(workspace);
        self.0.notify.notify_one();
    }

    /// Tells the news until the server stops.
    pub(crate) async fn run(self, desk: Desk) {
        loop {
            self.0.notify.notified().await;
            tokio::time::sleep(TOGETHER).await;
            let changed = std::mem::take(&mut *self.set());
            for workspace in changed {
                match desk.queue(workspace).await {
                    Ok(queue) => desk.hub.publish_queue(workspace, &queue),
                    Err(error) => {
                        tracing::error!(%error, "the queue could not be read; trying again");
                        tokio::time::sleep(RETRY).await;
                        self.changed(workspace);
                    }
                }
            }
        }
    }

    fn set(&self) -> std::sync::MutexGuard<'_, BTreeSet<WorkspaceId>> {
        self.0
            .changed
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}
