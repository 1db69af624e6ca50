//! Looks for agents again when somebody came or left, or room became free.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::Command;
use protocol::WorkspaceId;
use protocol::settings::RoutingMode;
use tokio::sync::Notify;

use crate::desk::Desk;
use crate::store::StoreError;

/// Requests of one chatbot that are tried without finding anybody; the next ones find nobody either.
const PATIENCE: u32 = 8;
/// The pause after the database could not be read.
const RETRY: Duration = Duration::from_secs(1);

/// Why to look again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Why {
    /// An agent can hold one more: of interest to requests that are offered or assigned.
    Room,
    /// Somebody came or left, or settings changed: of interest to all.
    Team,
}

/// Remembers where to look again.
#[derive(Debug, Clone, Default)]
pub(crate) struct Routing(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    /// Bounded by the number of workspaces.
    changed: Mutex<BTreeMap<WorkspaceId, Why>>,
    notify: Notify,
}

impl Routing {
    /// Something changed in a workspace. Never blocks.
    pub(crate) fn changed(&self, workspace: WorkspaceId, why: Why) {
        let mut changed = self.changes();
        let known = changed.entry(workspace).or_insert(why);
        *known = why.max(*known);
        drop(changed);
        self.0.notify.notify_one();
    }

    /// Routes until the server stops.
    pub(crate) async fn run(self, desk: Desk) {
        loop {
            self.0.notify.notified().await;
            let changed = std::mem::take(&mut *self.changes());
            for (workspace, why) in changed {
                if let Err(error) = route(&desk, workspace, why).await {
                    tracing::error!(%error, "waiting requests could not be read; trying again");
                    tokio::time::sleep(RETRY).await;
                    self.changed(workspace, why);
                }
            }
        }
    }

    fn changes(&self) -> MutexGuard<'_, BTreeMap<WorkspaceId, Why>> {
        self.0
            .changed
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// Tries the waiting requests one by one, the longest waiting first.
async fn route(desk: &Desk, workspace: WorkspaceId, why: Why) -> Result<(), StoreError> {
    let mut in_vain: HashMap<_, u32> = HashMap::new();
    for waiting in desk.store.unrouted(workspace).await? {
        let tries = in_vain.entry(waiting.chatbot).or_default();
        if *tries >= PATIENCE {
            continue;
        }
        let chatbot = desk.store.chatbot(waiting.chatbot).await?;
        let mode = chatbot.map_or(RoutingMode::Pool, |chatbot| chatbot.settings.routing.mode);
        if why == Why::Room && mode == RoutingMode::Pool {
            continue;
        }
        let command = Command::Route {
            conversation: waiting.conversation,
            fresh: desk.fresh(),
        };
        match desk.store.submit(command).await {
            Ok(done) if done.seq.is_some() => *tries = 0,
            Ok(_) => *tries += 1,
            Err(failed) => {
                tracing::warn!(?failed, conversation.id = %waiting.conversation, "a request was not routed");
                *tries += 1;
            }
        }
    }
    Ok(())
}
