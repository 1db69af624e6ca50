//! Many clients at once, and what can be said of all of them.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::play::{Orders, Player, Pulse, play};
use crate::chance::Chance;
use crate::server::Address;

/// How often the crowd is looked at.
const LOOK: Duration = Duration::from_millis(20);

/// Clients of one kind that play.
pub(crate) struct Crowd<P> {
    tasks: Vec<JoinHandle<P>>,
    pub(crate) pulses: Vec<Arc<Pulse>>,
}

impl<P: Player> Crowd<P> {
    pub(crate) fn new() -> Self {
        Self {
            tasks: Vec::new(),
            pulses: Vec::new(),
        }
    }

    /// Lets one more play.
    pub(crate) fn join(
        &mut self,
        player: P,
        address: Address,
        orders: &watch::Sender<Orders>,
        chance: &mut Chance,
    ) {
        let pulse = Arc::new(Pulse::default());
        self.pulses.push(pulse.clone());
        let (orders, chance) = (orders.subscribe(), chance.split());
        self.tasks.push(tokio::spawn(async move {
            play(player, address, orders, &pulse, chance).await
        }));
    }

    pub(crate) fn live(&self) -> usize {
        self.pulses.iter().filter(|pulse| pulse.is_live()).count()
    }

    pub(crate) fn unanswered(&self) -> usize {
        let each = self
            .pulses
            .iter()
            .map(|pulse| pulse.unanswered.load(Ordering::SeqCst));
        each.sum()
    }

    /// The last numbers held by all of them, added up.
    pub(crate) fn held(&self) -> u64 {
        let each = self
            .pulses
            .iter()
            .map(|pulse| pulse.held.load(Ordering::SeqCst));
        each.sum()
    }

    /// Entries that were told to who held them, added up.
    pub(crate) fn retold(&self) -> u64 {
        let each = self
            .pulses
            .iter()
            .map(|pulse| pulse.retold.load(Ordering::SeqCst));
        each.sum()
    }

    pub(crate) fn welcomes(&self) -> u64 {
        let each = self
            .pulses
            .iter()
            .map(|pulse| pulse.welcomes.load(Ordering::SeqCst));
        each.sum()
    }

    /// How connections that were open ended, by code.
    pub(crate) fn codes(&self) -> BTreeMap<u16, u64> {
        let mut all = BTreeMap::new();
        for pulse in &self.pulses {
            for (code, count) in pulse.codes() {
                *all.entry(code).or_default() += count;
            }
        }
        all
    }

    /// Waits until all are connected; false when some are not in time.
    pub(crate) async fn all_live(&self, patience: Duration) -> bool {
        until(patience, || self.live() == self.pulses.len()).await
    }

    /// Waits until all are connected and every command is answered; false when not in time.
    pub(crate) async fn settled(&self, patience: Duration) -> bool {
        let settled = || self.live() == self.pulses.len() && self.unanswered() == 0;
        until(patience, settled).await
    }

    /// What each noted, once the orders said to end.
    pub(crate) async fn end(self) -> anyhow::Result<Vec<P>> {
        let mut players = Vec::with_capacity(self.tasks.len());
        for task in self.tasks {
            players.push(task.await?);
        }
        Ok(players)
    }
}

/// Waits until something is so; false when it is not in time.
pub(crate) async fn until(patience: Duration, so: impl Fn() -> bool) -> bool {
    let began = Instant::now();
    while !so() {
        if began.elapsed() > patience {
            return false;
        }
        tokio::time::sleep(LOOK).await;
    }
    true
}
