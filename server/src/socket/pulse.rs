//! What is due on a connection on which nobody says anything: asking whether somebody is there, giving up,
//! and the end of a sign-in.

use std::time::Duration;

use tokio::time::Instant;

/// A ping is sent this often …
const PING: Duration = Duration::from_secs(20);
/// … and who says nothing for this long after it is gone.
const PONG: Duration = Duration::from_secs(8);

/// The times of one connection. One clock waits for the first of them: each clock costs something whenever
/// the connection's task wakes.
#[derive(Debug)]
pub(super) struct Pulse {
    ping: Instant,
    /// Until when something has to be heard after a ping.
    pong_by: Option<Instant>,
    /// When whoever is connected may be no more; none who may stay.
    ends: Option<Instant>,
}

/// What is to be done when it is time.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Due {
    /// It was too early.
    Nothing,
    Ping,
    /// Nobody is there.
    Gone,
    /// They may be here no more.
    Over,
}

impl Pulse {
    pub(super) fn new(now: Instant, ends: Option<Instant>) -> Self {
        Self {
            ping: now + PING,
            pong_by: None,
            ends,
        }
    }

    /// When to ask next what is due.
    pub(super) fn next(&self) -> Instant {
        let next = self.pong_by.unwrap_or(self.ping);
        self.ends.map_or(next, |ends| next.min(ends))
    }

    /// Something was heard; whether that changes when to ask next.
    pub(super) fn heard(&mut self) -> bool {
        self.pong_by.take().is_some()
    }

    /// What is due now. A ping that is due counts as sent.
    pub(super) fn due(&mut self, now: Instant) -> Due {
        if self.ends.is_some_and(|ends| ends <= now) {
            return Due::Over;
        }
        match self.pong_by {
            Some(by) if by <= now => Due::Gone,
            None if self.ping <= now => {
                self.ping = now + PING;
                self.pong_by = Some(now + PONG);
                Due::Ping
            }
            _ => Due::Nothing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_answers_is_asked_again_and_who_does_not_is_gone() {
        let began = Instant::now();
        let mut pulse = Pulse::new(began, None);
        assert_eq!(began + PING, pulse.next());
        assert_eq!(Due::Nothing, pulse.due(began));
        assert_eq!(Due::Ping, pulse.due(began + PING));
        assert_eq!(began + PING + PONG, pulse.next());
        assert!(pulse.heard());
        assert!(!pulse.heard());
        assert_eq!(began + 2 * PING, pulse.next());
        assert_eq!(Due::Nothing, pulse.due(began + PING + PONG));
        assert_eq!(Due::Ping, pulse.due(began + 2 * PING));
        assert_eq!(Due::Gone, pulse.due(began + 2 * PING + PONG));
    }

    #[test]
    fn a_sign_in_ends_although_somebody_is_there() {
        let began = Instant::now();
        let ends = began + PING + Duration::from_secs(1);
        let mut pulse = Pulse::new(began, Some(ends));
        assert_eq!(Due::Ping, pulse.due(began + PING));
        assert_eq!(ends, pulse.next());
        pulse.heard();
        assert_eq!(Due::Over, pulse.due(ends));
    }
}
