//! Those who are told: they count what comes, check that nothing is missing, and note how long it took.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures::StreamExt as _;
use hdrhistogram::Histogram;
use tokio::task::JoinHandle;
use tokio_tungstenite::tungstenite::Message;

use super::stamp::{self, Epoch};
use crate::client::crowd::until;
use crate::client::wire::Wire;

/// The longest time that is told apart from longer ones, in microseconds.
const LONGEST: u64 = 120_000_000;

/// How long things took, to three digits.
#[derive(Debug)]
pub(crate) struct Times(Mutex<Histogram<u64>>);

impl Default for Times {
    fn default() -> Self {
        let times = Histogram::new_with_bounds(1, LONGEST, 3);
        Self(Mutex::new(times.expect("the bounds are in order")))
    }
}

impl Times {
    pub(crate) fn note(&self, micros: u64) {
        let mut times = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        times.saturating_record(micros);
    }

    /// In milliseconds, the time that this part of all stayed within.
    pub(crate) fn within(&self, part: f64) -> f64 {
        let times = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        times.value_at_quantile(part) as f64 / 1_000.0
    }
}

/// What all of them have seen.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    pub(crate) messages: AtomicU64,
    /// Messages that were not the next of their stream.
    pub(crate) wrong: AtomicU64,
    pub(crate) times: Times,
}

/// Watchers with open sockets.
pub(crate) struct Watchers {
    pub(crate) seen: Arc<Seen>,
    tasks: Vec<JoinHandle<()>>,
}

impl Watchers {
    pub(crate) fn new(wires: Vec<Wire>, epoch: Epoch) -> Self {
        let seen = Arc::new(Seen::default());
        let watch = |wire| tokio::spawn(watch(wire, seen.clone(), epoch, Order::Checked));
        let tasks = wires.into_iter().map(watch).collect();
        Self { seen, tasks }
    }

    /// One who follows many streams, whose numbers mix.
    pub(crate) fn of_many(wire: Wire, epoch: Epoch) -> Self {
        let seen = Arc::new(Seen::default());
        let watching = watch(wire, seen.clone(), epoch, Order::Mixed);
        let tasks = vec![tokio::spawn(watching)];
        Self { seen, tasks }
    }

    /// Waits until so many messages came in all; false when they do not.
    pub(crate) async fn have(&self, messages: u64, patience: Duration) -> bool {
        let seen = || self.seen.messages.load(Ordering::Relaxed);
        until(patience, || seen() >= messages).await
    }

    pub(crate) fn leave(self) -> Arc<Seen> {
        self.tasks.iter().for_each(JoinHandle::abort);
        self.seen
    }
}

/// Whether numbers are those of one stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Checked,
    Mixed,
}

async fn watch(mut wire: Wire, seen: Arc<Seen>, epoch: Epoch, order: Order) {
    let mut next = 0;
    while let Some(Ok(message)) = wire.next().await {
        let Message::Text(text) = message else {
            continue;
        };
        if !is_message(&text) {
            continue;
        }
        let Some((at, number)) = stamp::read(&text) else {
            continue;
        };
        if number != next && order == Order::Checked {
            seen.wrong.fetch_add(1, Ordering::Relaxed);
        }
        next = number + 1;
        seen.times.note(epoch.micros().saturating_sub(at).max(1));
        seen.messages.fetch_add(1, Ordering::Relaxed);
    }
}

/// Whether a frame carries a message itself: cards repeat its words. The bare server says what it hears.
fn is_message(frame: &str) -> bool {
    frame.starts_with(r#"{"entry_added""#) || frame.starts_with(r#"{"say""#)
}
