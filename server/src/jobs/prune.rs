//! Tidies what grows in memory by itself.

use std::time::Duration;

use crate::desk::Desk;

const EVERY: Duration = Duration::from_secs(60);

/// Tidies up until the server stops.
pub(crate) async fn run(desk: Desk) {
    let mut every = tokio::time::interval(EVERY);
    loop {
        every.tick().await;
        desk.limits.forget_idle();
    }
}
