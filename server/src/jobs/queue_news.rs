//! Tells agents their counts and waiting visitors their place whenever a queue changed, and keeps
//! the newest view of each queue for those who come.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use protocol::WorkspaceId;
use tokio::sync::Notify;
use tokio::time::Instant;

use crate::desk::Desk;
use crate::hub::publish::QueueView;

/// Changes within this time are told together.
const TOGETHER: Duration = Duration::from_millis(50);
/// The pause is at least so many times as long as telling took, so that a long queue that changes all
/// the time costs a part of the machine and not all of it …
const BREATH: u32 = 4;
/// … and at most this long.
const LONGEST: Duration = Duration::from_secs(1);
/// The pause after the database could not be read.
const RETRY: Duration = Duration::from_secs(1);

/// Remembers whose queue changed.
#[derive(Debug, Clone, Default)]
pub(crate) struct QueueNews(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    /// Bounded by the number of workspaces.
    changed: Mutex<BTreeSet<WorkspaceId>>,
    /// As it was told last, of each workspace. What changed since is told to everybody who is in
    /// the hub, so whoever entered it before looking here learns of it.
    newest: Mutex<HashMap<WorkspaceId, Arc<QueueView>>>,
    /// Held by who reads a queue that nobody was told of yet.
    reading: tokio::sync::Mutex<()>,
    notify: Notify,
}

impl QueueNews {
    /// A workspace's queue changed. Never blocks.
    pub(crate) fn changed(&self, workspace: WorkspaceId) {
        self.set().insert(workspace);
        self.0.notify.notify_one();
    }

    /// The queue as it was told last; none before it was told.
    pub(crate) fn newest(&self, workspace: WorkspaceId) -> Option<Arc<QueueView>> {
        self.views().get(&workspace).cloned()
    }

    /// The turn to read a queue that nobody was told of yet.
    pub(crate) async fn turn(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.0.reading.lock().await
    }

    /// Keeps a queue that was just read, unless a newer one was told meanwhile, and tells it: what changed
    /// while it was read is found out then.
    pub(crate) fn begin(&self, workspace: WorkspaceId, queue: Arc<QueueView>) {
        self.views().entry(workspace).or_insert(queue);
        self.changed(workspace);
    }

    /// Tells the news until the server stops.
    pub(crate) async fn run(self, desk: Desk) {
        let mut pause = TOGETHER;
        loop {
            self.0.notify.notified().await;
            tokio::time::sleep(pause).await;
            let began = Instant::now();
            let changed = std::mem::take(&mut *self.set());
            for workspace in changed {
                match desk.queue(workspace).await {
                    Ok(queue) => {
                        let queue = Arc::new(queue);
                        self.views().insert(workspace, queue.clone());
                        desk.hub.publish_queue(workspace, &queue);
                    }
                    Err(error) => {
                        tracing::error!(%error, "the queue could not be read; trying again");
                        tokio::time::sleep(RETRY).await;
                        self.changed(workspace);
                    }
                }
            }
            pause = (began.elapsed() * BREATH).clamp(TOGETHER, LONGEST);
        }
    }

    fn views(&self) -> std::sync::MutexGuard<'_, HashMap<WorkspaceId, Arc<QueueView>>> {
        self.0.newest.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self) -> std::sync::MutexGuard<'_, BTreeSet<WorkspaceId>> {
        self.0
            .changed
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}
