//! The one place that reads the wall clock.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use protocol::Timestamp;
use tokio::sync::Notify;
use tokio::sync::futures::Notified;

/// Tells the time. Tests turn it by hand.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    turned_by: Arc<AtomicI64>,
    turned: Arc<Notify>,
}

impl Clock {
    /// The time now.
    pub fn now(&self) -> Timestamp {
        #[expect(
            clippy::disallowed_methods,
            reason = "the one place that reads the wall clock"
        )]
        let now = SystemTime::now();
        let millis = now
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| since.as_millis());
        let millis = i64::try_from(millis).unwrap_or(i64::MAX);
        Timestamp(millis.saturating_add(self.turned_by.load(Ordering::Relaxed)))
    }

    /// Turns the clock forward; every copy of it turns along.
    pub fn advance(&self, millis: i64) {
        self.turned_by.fetch_add(millis, Ordering::Relaxed);
        self.turned.notify_waiters();
    }

    /// Waits until the clock is turned, from now on: whoever sleeps until a time has to look again.
    pub(crate) fn turned(&self) -> Notified<'_> {
        self.turned.notified()
    }
}
