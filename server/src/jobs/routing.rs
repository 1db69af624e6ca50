//! Looks for agents again when somebody came or left, or room became free.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::{Change, Command, Controller};
use futures::future::join_all;
use protocol::settings::RoutingMode;
use protocol::{AgentId, ConversationId, WorkspaceId};
use tokio::sync::Notify;

use crate::desk::Desk;
use crate::store::{Request, StoreError, Wants};

/// Requests that want the same and are tried without finding anybody; the next ones find nobody
/// either. More than one, as the team may change in between.
const PATIENCE: u32 = 3;
/// Requests that look at the time again in one go.
const TOGETHER: u64 = 128;
/// The pause after the database could not be read.
const RETRY: Duration = Duration::from_secs(1);

/// Why to look again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Why {
    /// An agent can hold one more: of interest to requests that are offered or assigned.
    Room,
    /// Somebody came or left: of interest to all.
    Team,
    /// Settings changed: what runs already runs by the new ones.
    Settings,
}

/// Remembers where to look again.
#[derive(Debug, Clone, Default)]
pub(crate) struct Routing(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    /// Bounded by the number of workspaces.
    changed: Mutex<BTreeMap<WorkspaceId, Why>>,
    /// Who is asked to take what. Bounded by the number of agents: each is asked one at a time.
    asked: Mutex<HashMap<ConversationId, AgentId>>,
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

    /// A command was committed: who holds one chat less can take another, and who holds one more may
    /// have no room for what they are asked to take. Never blocks.
    pub(crate) fn committed(&self, change: &Change) {
        let conversation = &change.conversation;
        let (id, offered_to) = (conversation.id, conversation.offered_to());
        let controller = conversation.controller();
        let mut asked = self.0.asked.lock().unwrap_or_else(PoisonError::into_inner);
        match offered_to {
            Some(agent) => asked.insert(id, agent),
            None => asked.remove(&id),
        };
        let passed = controller != change.controller_was;
        let freed = passed && matches!(change.controller_was, Controller::Human(_));
        let filled = passed
            && matches!(controller, Controller::Human(agent) if asked.values().any(|one| *one == agent));
        // Whoever was asked may be asked to take another now.
        let answered = change.offered_to_was.is_some() && change.offered_to_was != offered_to;
        drop(asked);
        if freed || filled || answered {
            self.changed(conversation.workspace, Why::Room);
        }
    }

    /// A conversation is no more; whoever held it has room. Never blocks.
    pub(crate) fn erased(&self, workspace: WorkspaceId, conversation: ConversationId) {
        let mut asked = self.0.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.remove(&conversation);
        drop(asked);
        self.changed(workspace, Why::Room);
    }

    /// Routes until the server stops.
    pub(crate) async fn run(self, desk: Desk) {
        self.take_up(&desk).await;
        loop {
            self.0.notify.notified().await;
            let changed = std::mem::take(&mut *self.changes());
            for (workspace, why) in changed {
                if let Err(error) = self.route(&desk, workspace, why).await {
                    tracing::error!(%error, "waiting requests could not be read; trying again");
                    tokio::time::sleep(RETRY).await;
                    self.changed(workspace, why);
                }
            }
        }
    }

    /// Settings may have been saved just before the server ended.
    async fn take_up(&self, desk: &Desk) {
        match desk.store.open_in().await {
            Ok(workspaces) => {
                for workspace in workspaces {
                    self.changed(workspace, Why::Settings);
                }
            }
            Err(error) => tracing::error!(%error, "who waits could not be read"),
        }
    }

    fn changes(&self) -> MutexGuard<'_, BTreeMap<WorkspaceId, Why>> {
        self.0
            .changed
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// Lets every open request of a workspace look at the time again: when it is due is kept with it, and
/// was reckoned by the settings of then.
async fn reckon(desk: &Desk, workspace: WorkspaceId) -> Result<(), StoreError> {
    let mut after = None;
    loop {
        let open = desk.store.open_after(workspace, after, TOGETHER).await?;
        let Some(last) = open.last() else {
            return Ok(());
        };
        after = Some(*last);
        let steps = open.into_iter().map(|conversation| {
            desk.store.submit(Command::TimeComes {
                conversation,
                visitor_connected: desk.visitor_is_there(conversation),
                fresh: desk.fresh(),
            })
        });
        for failed in join_all(steps).await.into_iter().filter_map(Result::err) {
            tracing::warn!(?failed, "a request does not know of the new settings yet");
        }
    }
}

/// What a pass over the waiting requests came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pass {
    Whole,
    /// News came when somebody had been tried in vain, who may be the first to get what they bring.
    Overtaken,
}

impl Routing {
    /// Tries the waiting requests, beginning anew when somebody became free meanwhile: once only, or
    /// where news never end nobody but the first would ever be tried.
    async fn route(&self, desk: &Desk, workspace: WorkspaceId, why: Why) -> Result<(), StoreError> {
        if why == Why::Settings {
            reckon(desk, workspace).await?;
        }
        let news = || self.changes().contains_key(&workspace);
        if pass(desk, workspace, why, news).await? == Pass::Overtaken {
            let why = why.max(self.changes().remove(&workspace).unwrap_or(why));
            pass(desk, workspace, why, || false).await?;
        }
        Ok(())
    }
}

/// Tries the waiting requests one by one, the longest waiting first.
async fn pass(
    desk: &Desk,
    workspace: WorkspaceId,
    why: Why,
    news: impl Fn() -> bool,
) -> Result<Pass, StoreError> {
    if why == Why::Room && is_pool(desk, workspace).await? {
        return Ok(Pass::Whole);
    }
    let mut in_vain: HashMap<Wants, u32> = HashMap::new();
    // A page at a time: those who wait may be many.
    let mut after = None;
    loop {
        let page = desk.store.pending(workspace, after).await?;
        let Some(last) = page.last() else {
            return Ok(Pass::Whole);
        };
        after = Some(last.place);
        if pass_page(desk, why, page, &mut in_vain, &news).await? == Pass::Overtaken {
            return Ok(Pass::Overtaken);
        }
    }
}

/// Whether all requests of a workspace wait to be picked, so that room changes nothing for them.
async fn is_pool(desk: &Desk, workspace: WorkspaceId) -> Result<bool, StoreError> {
    let chatbots = desk.store.chatbots(workspace).await?;
    Ok(chatbots
        .iter()
        .all(|chatbot| chatbot.settings.routing.mode == RoutingMode::Pool))
}

/// Tries them, less those that want the same as others who found nobody.
async fn pass_page(
    desk: &Desk,
    why: Why,
    page: Vec<Request>,
    in_vain: &mut HashMap<Wants, u32>,
    news: &impl Fn() -> bool,
) -> Result<Pass, StoreError> {
    for pending in page {
        let chatbot = pending.wants.chatbot;
        let tries = in_vain.get(&pending.wants).copied().unwrap_or_default();
        if tries >= PATIENCE && !pending.offered {
            continue;
        }
        let chatbot = desk.store.chatbot(chatbot).await?;
        let mode = chatbot.map_or(RoutingMode::Pool, |chatbot| chatbot.settings.routing.mode);
        if why == Why::Room && mode == RoutingMode::Pool {
            continue;
        }
        if !in_vain.is_empty() && news() {
            return Ok(Pass::Overtaken);
        }
        let command = Command::Route {
            conversation: pending.conversation,
            fresh: desk.fresh(),
        };
        let routed = match desk.store.submit(command).await {
            Ok(done) => done.seq.is_some(),
            Err(failed) => {
                tracing::warn!(?failed, conversation.id = %pending.conversation, "a request was not routed");
                false
            }
        };
        // An offer that still stands says nothing about those who look for somebody.
        if !pending.offered {
            if routed {
                in_vain.remove(&pending.wants);
            } else {
                in_vain.insert(pending.wants, tries + 1);
            }
        }
    }
    Ok(Pass::Whole)
}
