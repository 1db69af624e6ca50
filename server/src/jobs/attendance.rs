//! Keeps in the database who is there: routing decides by rows and not by one process's sockets.
//!
//! One task writes it, for all who came and left together. Who comes back at once costs nothing:
//! that somebody left is written a moment later, with the time at which they did.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::Command;
use domain::agent::GRACE;
use protocol::{AgentId, Refusal, Timestamp, WorkspaceId};
use tokio::sync::{Notify, oneshot};

use super::routing::Why;
use crate::actions::look_after::look_after;
use crate::clock::Clock;
use crate::desk::Desk;
use crate::hub::registry::Left;
use crate::store::Failed;

/// Whoever is back within this time has not left: a page is loaded anew, a connection breaks. The rules
/// look at the time at which somebody left, which is far longer ago when they act on it.
const MOMENT: Duration = Duration::from_secs(5);
/// The pause after the database could not be written.
const RETRY: Duration = Duration::from_secs(1);
/// Agents of one statement, at most.
const AT_ONCE: usize = 256;

type Agent = (WorkspaceId, AgentId);
type Waiter = oneshot::Sender<Result<(), Refusal>>;

/// Remembers who came and left.
#[derive(Debug, Clone)]
pub(crate) struct Attendance(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    clock: Clock,
    /// Bounded by the number of agents and their connections.
    noted: Mutex<Noted>,
    notify: Notify,
}

#[derive(Debug, Default)]
struct Noted {
    /// Who came and is not kept as there, and who waits for that.
    came: BTreeMap<Agent, Vec<Waiter>>,
    /// Whose last connection ended, how and when.
    left: BTreeMap<Agent, (Left, Timestamp)>,
    /// Who is kept as there. Whoever is not may be either.
    kept: HashSet<AgentId>,
}

/// What is to be written at once.
#[derive(Debug, Default)]
struct Due {
    came: BTreeMap<Agent, Vec<Waiter>>,
    left: BTreeMap<Agent, (Left, Timestamp)>,
}

impl Attendance {
    /// Nobody is there yet.
    pub(crate) fn new(clock: Clock) -> Self {
        Self(Arc::new(Inner {
            clock,
            noted: Mutex::default(),
            notify: Notify::new(),
        }))
    }

    /// An agent's last connection ended. Never blocks.
    pub(crate) fn left(&self, workspace: WorkspaceId, agent: AgentId, left: Left) {
        let at = self.0.clock.now();
        self.noted().left.insert((workspace, agent), (left, at));
        self.0.notify.notify_one();
    }

    /// An agent who has a connection is kept as there, and is given what waits for them.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`] when the database cannot be written.
    pub(crate) async fn arrive(
        &self,
        workspace: WorkspaceId,
        agent: AgentId,
    ) -> Result<(), Refusal> {
        let kept = {
            let mut noted = self.noted();
            if noted.kept.contains(&agent) {
                return Ok(());
            }
            let (waiter, kept) = oneshot::channel();
            let waiters = noted.came.entry((workspace, agent)).or_default();
            waiters.push(waiter);
            kept
        };
        self.0.notify.notify_one();
        kept.await.unwrap_or(Err(Refusal::Unavailable))
    }

    /// Keeps who came and left until the server stops.
    pub(crate) async fn run(self, desk: Desk) {
        loop {
            let turned = desk.clock.turned();
            let now = desk.now();
            let (due, next) = self
                .noted()
                .due(now, |agent| desk.hub.is_agent_connected(agent));
            if let Err(left) = self.keep(&desk, due).await {
                tokio::time::sleep(RETRY).await;
                self.noted().again(left);
                continue;
            }
            let pause = next.map_or(Duration::MAX, |next| {
                Duration::from_millis(next.millis_since(now))
            });
            tokio::select! {
                () = self.0.notify.notified() => {}
                () = tokio::time::sleep(pause) => {}
                () = turned => {}
            }
        }
    }

    /// Writes it and tells whoever waits for it; returns who left when that was not kept.
    async fn keep(&self, desk: &Desk, due: Due) -> Result<(), BTreeMap<Agent, (Left, Timestamp)>> {
        let Due { came, left } = due;
        if came.is_empty() && left.is_empty() {
            return Ok(());
        }
        let here: Vec<AgentId> = came.keys().map(|(_, agent)| *agent).collect();
        let gone = left.iter().map(|((_, agent), (how, at))| {
            let since = match how {
                Left::Broken => *at,
                // The grace is for connections that break. Who signed out is not on the way back.
                Left::Revoked => at.before(GRACE),
            };
            (*agent, since)
        });
        let gone: Vec<(AgentId, Timestamp)> = gone.collect();
        // Whoever comes meanwhile waits for the next round.
        self.noted().forget(&gone);
        if let Err(failed) = desk.store.set_presence(here.clone(), gone.clone()).await {
            tracing::error!(?failed, "who is there was not kept; trying again");
            answer(came, &Err(Refusal::Unavailable));
            return Err(left);
        }
        {
            let mut noted = self.noted();
            noted.kept.extend(&here);
            // Who came back while this was written is there, whichever was written last.
            let back = left.keys();
            let back = back.filter(|(_, agent)| desk.hub.is_agent_connected(*agent));
            for agent in back {
                noted.came.entry(*agent).or_default();
                self.0.notify.notify_one();
            }
        }
        let welcomed = welcome(desk, &here).await;
        if let Err(failed) = &welcomed {
            tracing::error!(?failed, "who came could not be given their chats back");
            // What fails is found again by whoever comes back.
            self.noted().forget_all(&here);
        }
        let mut workspaces: BTreeSet<WorkspaceId> = came.keys().map(|(one, _)| *one).collect();
        for ((workspace, agent), (how, at)) in left {
            match how {
                Left::Broken => desk.timers.due_at(at.after(GRACE)),
                Left::Revoked => {
                    // What fails is found again by the scheduler.
                    drop(look_after(desk, agent).await);
                    workspaces.insert(workspace);
                }
            }
        }
        for workspace in workspaces {
            desk.routing.changed(workspace, Why::Team);
            desk.queue_news.changed(workspace);
        }
        answer(came, &welcomed);
        Ok(())
    }

    fn noted(&self) -> MutexGuard<'_, Noted> {
        self.0.noted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Noted {
    /// Takes what is to be written now, and says when there is more.
    fn due(
        &mut self,
        now: Timestamp,
        is_there: impl Fn(AgentId) -> bool,
    ) -> (Due, Option<Timestamp>) {
        let mut due = Due::default();
        while due.came.len() < AT_ONCE
            && let Some((agent, waiters)) = self.came.pop_first()
        {
            // Who left again meanwhile is among those who left.
            if is_there(agent.1) {
                due.came.insert(agent, waiters);
            }
        }
        let at = |(how, at): &(Left, Timestamp)| match how {
            Left::Broken => at.after(MOMENT),
            Left::Revoked => *at,
        };
        let over = self.left.iter().filter(|(_, left)| at(left) <= now);
        let over: Vec<Agent> = over.map(|(agent, _)| *agent).take(AT_ONCE).collect();
        for agent in over {
            if let Some(left) = self.left.remove(&agent)
                && !is_there(agent.1)
            {
                due.left.insert(agent, left);
            }
        }
        let next = self.left.values().map(at).min();
        let next = if self.came.is_empty() {
            next
        } else {
            Some(now)
        };
        (due, next)
    }

    fn forget(&mut self, gone: &[(AgentId, Timestamp)]) {
        for (agent, _) in gone {
            self.kept.remove(agent);
        }
    }

    fn forget_all(&mut self, agents: &[AgentId]) {
        for agent in agents {
            self.kept.remove(agent);
        }
    }

    /// Who left has still left, unless they came and left again.
    fn again(&mut self, left: BTreeMap<Agent, (Left, Timestamp)>) {
        for (agent, left) in left {
            self.left.entry(agent).or_insert(left);
        }
    }
}

/// Gives those who came the chats back that were taken for left.
async fn welcome(desk: &Desk, here: &[AgentId]) -> Result<(), Refusal> {
    if here.is_empty() {
        return Ok(());
    }
    let left = desk.store.left_by(here).await.map_err(|error| {
        tracing::error!(%error, "the chats of who came could not be read");
        Failed::Unavailable
    })?;
    for (conversation, agent) in left {
        let command = Command::LookAfter {
            conversation,
            agent,
            fresh: desk.fresh(),
        };
        drop(desk.store.enqueue(command).await);
    }
    Ok(())
}

fn answer(came: BTreeMap<Agent, Vec<Waiter>>, kept: &Result<(), Refusal>) {
    for waiter in came.into_values().flatten() {
        // Whoever asked may be gone.
        let _ = waiter.send(kept.clone());
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const ANA: AgentId = AgentId(Uuid::from_u128(1));
    const BEN: AgentId = AgentId(Uuid::from_u128(2));
    const WORKSPACE: WorkspaceId = WorkspaceId(Uuid::from_u128(3));

    fn at(seconds: i64) -> Timestamp {
        Timestamp(1_700_000_000_000 + seconds * 1000)
    }

    fn left(how: Left) -> Noted {
        let mut noted = Noted::default();
        noted.left.insert((WORKSPACE, ANA), (how, at(0)));
        noted
    }

    #[test]
    fn who_is_back_within_a_moment_has_not_left() {
        let mut noted = left(Left::Broken);
        let (due, next) = noted.due(at(4), |_| false);
        assert!(due.left.is_empty());
        assert_eq!(Some(at(5)), next);

        let (due, next) = noted.due(at(5), |agent| agent == ANA);

        assert!(due.left.is_empty() && noted.left.is_empty());
        assert_eq!(None, next);
    }

    #[test]
    fn who_stays_away_left_when_their_connection_ended() {
        let (due, _) = left(Left::Broken).due(at(9), |_| false);
        assert_eq!(
            Some(&(Left::Broken, at(0))),
            due.left.get(&(WORKSPACE, ANA))
        );
    }

    #[test]
    fn who_signed_out_has_left_at_once() {
        let (due, _) = left(Left::Revoked).due(at(0), |_| false);
        assert_eq!(1, due.left.len());
    }

    #[test]
    fn who_came_and_left_again_did_not_come() {
        let mut noted = left(Left::Broken);
        noted.came.insert((WORKSPACE, ANA), Vec::new());
        noted.came.insert((WORKSPACE, BEN), Vec::new());
        let (due, next) = noted.due(at(1), |agent| agent == BEN);
        assert_eq!(
            vec![(WORKSPACE, BEN)],
            due.came.into_keys().collect::<Vec<_>>()
        );
        assert_eq!(Some(at(5)), next, "and when they left is written later");
    }

    #[test]
    fn what_was_not_kept_gives_way_to_what_happened_since() {
        let mut noted = left(Left::Revoked);
        noted.again(BTreeMap::from([
            ((WORKSPACE, ANA), (Left::Broken, at(-3))),
            ((WORKSPACE, BEN), (Left::Broken, at(-3))),
        ]));
        assert_eq!((Left::Revoked, at(0)), noted.left[&(WORKSPACE, ANA)]);
        assert_eq!((Left::Broken, at(-3)), noted.left[&(WORKSPACE, BEN)]);
    }
}
