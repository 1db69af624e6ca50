//! Reads what agents who come are told, for those who come together at once: when a hundred
//! connections are cut, their return costs the database a few statements and not a few each.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::Conversation;
use domain::agent::Assigned;
use protocol::card::{Card, Tab};
use protocol::draft::Draft;
use protocol::mention::Mention;
use protocol::{AgentId, ConversationId, WorkspaceId, limits};
use tokio::sync::{Notify, oneshot};

use crate::desk::Desk;
use crate::faults::{self, Fault};
use crate::store::{Given, SignInId, StoreError, VisitRow};
use crate::wire::card::card;

/// Who comes within this time after another is read together with those who do as well. Who comes
/// alone waits for nobody.
const AFTER_ONE: Duration = Duration::from_millis(100);
/// The same once several came together: where some are back after a cut, most are still on their way,
/// each with up to a second of chance in its wait.
const AFTER_SEVERAL: Duration = Duration::from_millis(300);
/// Agents who are read for at once, at most.
const AT_ONCE: usize = 64;

/// Who comes, after they took their place in the hub: what is committed from then on reaches them
/// by it, so that what is read here is never too old.
#[derive(Debug, Clone)]
pub(crate) struct Arrival {
    pub(crate) workspace: WorkspaceId,
    pub(crate) agent: AgentId,
    pub(crate) sign_in: SignInId,
    pub(crate) assigned: Assigned,
    pub(crate) tab: Tab,
    /// What they follow; at most [`limits::THREADS`].
    pub(crate) threads: Vec<ConversationId>,
}

/// What is read for somebody who comes.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// The first page of their tab, and whether there is another.
    pub(crate) cards: Arc<(Vec<Card>, bool)>,
    /// The conversations they follow, of those that they may see.
    pub(crate) threads: HashMap<ConversationId, Head>,
    /// Where they have typed something and not sent it, the newest first.
    pub(crate) drafted: Vec<ConversationId>,
    /// Mentions that they have not seen, the newest first.
    pub(crate) mentions: Vec<Mention>,
}

/// The beginning of a thread.
#[derive(Debug, Clone)]
pub(crate) struct Head {
    pub(crate) conversation: Conversation,
    pub(crate) visit: Option<VisitRow>,
    pub(crate) given: Given,
    /// What the agent has typed there and not sent.
    pub(crate) drafts: Vec<Draft>,
}

/// What coming came to.
#[derive(Debug, Clone)]
pub(crate) enum Came {
    In(Found),
    /// The sign-in ended.
    Out,
    /// The database could not be read.
    NotNow,
}

/// Who waits to be read for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Arrivals(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    /// Bounded by the number of connections.
    waiting: Mutex<Vec<(Arrival, oneshot::Sender<Came>)>>,
    notify: Notify,
}

impl Arrivals {
    /// Reads what somebody who comes is told.
    pub(crate) async fn read(&self, arrival: Arrival) -> Came {
        let (sender, read) = oneshot::channel();
        self.waiting().push((arrival, sender));
        self.0.notify.notify_one();
        read.await.unwrap_or(Came::NotNow)
    }

    /// Reads for those who come until the server stops.
    pub(crate) async fn run(self, desk: Desk) {
        loop {
            let together = self.first();
            let pause = match together.len() {
                0 => {
                    self.0.notify.notified().await;
                    continue;
                }
                1 => AFTER_ONE,
                AT_ONCE => Duration::ZERO,
                _ => AFTER_SEVERAL,
            };
            serve(&desk, together).await;
            // Defect: nobody waits for those who come after them.
            if !faults::on(Fault::OneByOne) {
                tokio::time::sleep(pause).await;
            }
        }
    }

    fn first(&self) -> Vec<(Arrival, oneshot::Sender<Came>)> {
        let mut waiting = self.waiting();
        // Defect: everybody is read for alone.
        let most = if faults::on(Fault::OneByOne) {
            1
        } else {
            AT_ONCE
        };
        let count = most.min(waiting.len());
        waiting.drain(..count).collect()
    }

    fn waiting(&self) -> MutexGuard<'_, Vec<(Arrival, oneshot::Sender<Came>)>> {
        self.0
            .waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

async fn serve(desk: &Desk, together: Vec<(Arrival, oneshot::Sender<Came>)>) {
    let (arrivals, senders): (Vec<_>, Vec<_>) = together.into_iter().unzip();
    let came = read(desk, &arrivals).await.unwrap_or_else(|error| {
        tracing::error!(%error, "what agents who come are told could not be read");
        vec![Came::NotNow; arrivals.len()]
    });
    for (sender, came) in senders.into_iter().zip(came) {
        // Whoever came may be gone.
        let _ = sender.send(came);
    }
}

async fn read(desk: &Desk, arrivals: &[Arrival]) -> Result<Vec<Came>, StoreError> {
    let store = &desk.store;
    let sign_ins: Vec<SignInId> = arrivals.iter().map(|arrival| arrival.sign_in).collect();
    let holding = store.holding_sign_ins(&sign_ins, desk.now()).await?;
    let holds = |arrival: &&Arrival| holding.contains(&arrival.sign_in);
    let threads = arrivals
        .iter()
        .filter(holds)
        .flat_map(|arrival| &arrival.threads);
    let threads: BTreeSet<ConversationId> = threads.copied().collect();
    let given = store.given_in(&threads).await?;
    let conversations = store.conversations(threads).await?;
    let visitors = conversations.values().map(|found| found.visitor);
    let visits = store.visits(visitors.collect()).await?;
    let agents: BTreeSet<AgentId> = arrivals.iter().map(|arrival| arrival.agent).collect();
    let drafts = store.drafts_of(&agents).await?;
    let mentions = store.mentions_of(&agents).await?;
    let mut pages = Vec::new();
    let mut came = Vec::with_capacity(arrivals.len());
    for arrival in arrivals {
        if !holding.contains(&arrival.sign_in) {
            came.push(Came::Out);
            continue;
        }
        let threads = arrival.threads.iter();
        let own = drafts.iter().filter(|draft| draft.agent == arrival.agent);
        let threads = threads.filter_map(|id| {
            let here = own.clone().filter(|draft| draft.conversation == *id);
            let head = Head {
                conversation: seen(arrival, conversations.get(id)?)?.clone(),
                visit: visits.get(&conversations[id].visitor).cloned(),
                given: given.get(id).cloned().unwrap_or_default(),
                drafts: here.map(|draft| draft.draft.clone()).collect(),
            };
            Some((*id, head))
        });
        let threads = threads.collect();
        let mut drafted = Vec::new();
        for draft in own {
            let sees = arrival.assigned.includes(draft.chatbot);
            if sees && !drafted.contains(&draft.conversation) {
                drafted.push(draft.conversation);
            }
        }
        let named = mentions.iter();
        let named = named.filter(|(agent, chatbot, _)| {
            *agent == arrival.agent && arrival.assigned.includes(*chatbot)
        });
        let cards = page(desk, arrival, &mut pages).await?;
        came.push(Came::In(Found {
            cards,
            threads,
            drafted,
            mentions: named.map(|(_, _, mention)| *mention).collect(),
        }));
    }
    Ok(came)
}

/// A conversation of the agent's own workspace and chatbots; anything else does not exist.
fn seen<'a>(arrival: &Arrival, found: &'a Conversation) -> Option<&'a Conversation> {
    let sees = found.workspace == arrival.workspace && arrival.assigned.includes(found.chatbot);
    sees.then_some(found)
}

type Page = Arc<(Vec<Card>, bool)>;

/// The first page of a tab, read once for all who see the same.
async fn page<'a>(
    desk: &Desk,
    arrival: &'a Arrival,
    pages: &mut Vec<(&'a Arrival, Page)>,
) -> Result<Page, StoreError> {
    let same = |other: &Arrival| {
        other.workspace == arrival.workspace
            && other.tab == arrival.tab
            && other.assigned == arrival.assigned
    };
    if let Some((_, page)) = pages.iter().find(|(other, _)| same(other)) {
        return Ok(page.clone());
    }
    let limit = limits::CARDS_PAGE;
    let found = desk
        .store
        .cards(
            arrival.workspace,
            &arrival.assigned,
            arrival.tab,
            None,
            limit + 1,
        )
        .await?;
    let more = found.len() > limit;
    let page = Arc::new((found.iter().take(limit).map(card).collect(), more));
    pages.push((arrival, Arc::clone(&page)));
    Ok(page)
}
