//! The one scheduler: finds conversations whose time has come, and agents who are gone for good.
//!
//! A timer is a column of the row that it changes, so there is nothing to set up after a restart
//! and nothing to fire twice: what is due is what the rows say.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use domain::agent::GRACE;
use domain::{Command, Done};
use futures::future::join_all;
use protocol::Timestamp;
use tokio::sync::Notify;

use super::routing::Why;
use crate::desk::Desk;
use crate::store::{Failed, StoreError};

/// The longest sleep: working hours begin and end without any row changing.
const SWEEP: Duration = Duration::from_secs(30);
/// The pause after something could not be read or decided.
const RETRY: Duration = Duration::from_secs(1);

/// Wakes the scheduler for what is due before it would wake by itself.
#[derive(Debug, Clone)]
pub(crate) struct Timers(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// Until when the scheduler sleeps, in milliseconds.
    sleeps_until: AtomicI64,
    notify: Notify,
}

impl Default for Timers {
    fn default() -> Self {
        Self(Arc::new(Inner {
            sleeps_until: AtomicI64::new(0),
            notify: Notify::new(),
        }))
    }
}

impl Timers {
    /// Something is due then. Never blocks.
    pub(crate) fn due_at(&self, at: Timestamp) {
        if at.0 < self.0.sleeps_until.load(Ordering::SeqCst) {
            self.0.notify.notify_one();
        }
    }

    /// Does what is due until the server stops.
    pub(crate) async fn run(self, desk: Desk) {
        // Whoever was gone before the server started is looked at with the first sweep.
        let mut rounds = Rounds::default();
        loop {
            let turned = desk.clock.turned();
            let now = desk.now();
            // What becomes due while this looks may not be seen by it: it is looked at again.
            self.0.sleeps_until.store(i64::MAX, Ordering::SeqCst);
            let sweep = rounds.sweeps(now);
            let pause = match look(&desk, rounds.looked_at, now, sweep).await {
                Ok(Looked::MoreIsDue) => Duration::ZERO,
                Ok(Looked::Until(next)) => {
                    rounds.looked(now);
                    next.map_or(SWEEP, |next| {
                        Duration::from_millis(next.millis_since(now)).min(SWEEP)
                    })
                }
                Err(error) => {
                    tracing::error!(%error, "what is due could not be read; trying again");
                    RETRY
                }
            };
            self.0
                .sleeps_until
                .store(now.after(pause).0, Ordering::SeqCst);
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = self.0.notify.notified() => {}
                () = turned => {}
            }
        }
    }
}

/// When was looked last at what rows tell of, and when at what none does.
#[derive(Debug, Default)]
struct Rounds {
    looked_at: Timestamp,
    swept_at: Timestamp,
}

impl Rounds {
    /// Whether it is time for a sweep, however much else is due in between.
    fn sweeps(&self, now: Timestamp) -> bool {
        now >= self.swept_at.after(SWEEP)
    }

    fn looked(&mut self, now: Timestamp) {
        if self.sweeps(now) {
            self.swept_at = now;
        }
        self.looked_at = now;
    }
}

/// What a look came to.
enum Looked {
    MoreIsDue,
    /// Nothing is due before then.
    Until(Option<Timestamp>),
}

async fn look(
    desk: &Desk,
    before: Timestamp,
    now: Timestamp,
    sweep: bool,
) -> Result<Looked, StoreError> {
    let due = desk.store.due(now).await?;
    let more = !due.is_empty();
    let steps = due.into_iter().map(|conversation| {
        desk.store.submit(Command::TimeComes {
            conversation,
            visitor_connected: desk.visitor_is_there(conversation),
            fresh: desk.fresh(),
        })
    });
    let steps = join_all(steps).await;
    let mut lost = desk.store.lost(now, GRACE).await?;
    if sweep {
        lost.extend(desk.store.off_hours(now).await?);
        lost.extend(desk.store.strays().await?);
        for (workspace, agent, works) in desk.store.at_work(now).await? {
            desk.hub.work(workspace, agent, works);
        }
    }
    let lost = lost.into_iter().map(|(conversation, agent)| {
        desk.store.submit(Command::LookAfter {
            conversation,
            agent,
            fresh: desk.fresh(),
        })
    });
    let lost = join_all(lost).await;
    // Whoever left for good since the last look may have been the last; and the hours may have
    // begun or ended for somebody.
    if sweep || desk.store.left_for_good(before, now, GRACE).await? {
        for workspace in desk.store.waited_in().await? {
            desk.routing.changed(workspace, Why::Team);
            desk.queue_news.changed(workspace);
        }
    }
    if failed(&steps) || failed(&lost) {
        // Not at once again: it would fail as fast as it can.
        return Ok(Looked::Until(Some(now.after(RETRY))));
    }
    if more {
        return Ok(Looked::MoreIsDue);
    }
    Ok(Looked::Until(desk.store.next_due(now, GRACE).await?))
}

fn failed(steps: &[Result<Done, Failed>]) -> bool {
    let failed = steps.iter().filter_map(|step| step.as_ref().err());
    let failed: Vec<_> = failed.collect();
    for failed in &failed {
        tracing::warn!(?failed, "what is due was not done; trying again");
    }
    !failed.is_empty()
}

#[cfg(test)]
mod tests {
    use futures::FutureExt as _;

    use super::*;

    /// Whether the scheduler, asleep until a time, is woken for what is due at another.
    fn wakes(sleeps_until: i64, due_at: i64) -> bool {
        let timers = Timers::default();
        timers.0.sleeps_until.store(sleeps_until, Ordering::SeqCst);
        timers.due_at(Timestamp(due_at));
        timers.0.notify.notified().now_or_never().is_some()
    }

    #[test]
    fn the_scheduler_is_woken_for_what_is_due_before_it_would_wake() {
        assert!(wakes(1_000, 999));
        assert!(!wakes(1_000, 1_000));
        // While it looks, whatever becomes due may have been missed by that look.
        assert!(wakes(i64::MAX, 1_000_000));
        // Before its first look nothing has to wake it: that finds what the rows say.
        assert!(!wakes(0, 1_000));
    }

    #[test]
    fn working_hours_are_looked_at_in_time_although_something_is_always_due() {
        let mut rounds = Rounds::default();
        let times = (1..=40).map(|look| Timestamp(1_700_000_000_000 + look * 9_000));
        let sweeps = times.filter(|now| {
            let sweeps = rounds.sweeps(*now);
            rounds.looked(*now);
            sweeps
        });
        // At the start, and then with every fourth look: after 36 seconds.
        assert_eq!(10, sweeps.count());
    }
}
