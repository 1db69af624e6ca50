//! How long to wait: between tries to connect, for answers, and between heartbeats. In milliseconds.

use protocol::Key;

/// A connection has to be welcomed within this.
pub(crate) const CONNECT: u64 = 15_000;
/// The client's heartbeat.
pub(crate) const PING: u64 = 25_000;
/// A connection that says nothing for so long after a heartbeat is dead.
pub(crate) const DEAD: u64 = 10_000;
/// The same when there is a reason for doubt: the page was away, the network came back.
pub(crate) const DOUBT: u64 = 5_000;
/// The longest time without a look at the clock, since timers stand still while a machine sleeps.
pub(crate) const LOOK: u64 = 10_000;
/// A look later than this means that the machine slept, or that its clock was set.
pub(crate) const JUMP: u64 = 30_000;
/// A connection that lived so long was a good one: the next tries begin anew.
pub(crate) const STEADY: u64 = 10_000;
/// The longest wait between two tries.
const LONGEST: u64 = 30_000;

/// What the wait before a try grows from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Haste {
    /// The server asked for a quick return.
    AtOnce = 250,
    /// Something broke.
    BackOff = 1_000,
}

/// A random part of a ceiling that doubles with each try ("full jitter"), so that a thousand clients
/// do not come back in the same moment. `random` is in 0..1.
pub(crate) fn wait(haste: Haste, tries: u32, random: f64) -> u64 {
    let ceiling = ((haste as u64) << tries.min(16)).min(LONGEST);
    (ceiling as f64 * random) as u64
}

/// How fast commands with a key go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flow {
    /// At once.
    Free,
    /// The hub wants us to slow down until then.
    Held { until: u64 },
    /// One by one, the oldest first: this one has to be answered before the next goes out. All at
    /// once the hub would refuse most, and take some out of turn.
    Step { waits_for: Key },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ceiling_doubles_up_to_half_a_minute() {
        let ceilings = [0, 1, 2, 3, 4, 5, 6].map(|tries| wait(Haste::BackOff, tries, 0.999_999));
        assert_eq!([999, 1_999, 3_999, 7_999, 15_999, 29_999, 29_999], ceilings);
        assert_eq!(29_999, wait(Haste::BackOff, u32::MAX, 0.999_999));
    }

    #[test]
    fn the_wait_is_anything_from_nothing_to_the_ceiling() {
        assert_eq!(0, wait(Haste::BackOff, 4, 0.0));
        assert_eq!(8_000, wait(Haste::BackOff, 4, 0.5));
    }

    #[test]
    fn a_client_that_was_asked_to_resume_is_back_within_a_quarter_second() {
        assert_eq!(249, wait(Haste::AtOnce, 0, 0.999_999));
    }
}
