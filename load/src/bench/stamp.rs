//! What a measured message says: when it was to be sent, and its number. Whoever gets it knows from
//! that alone how long it took and whether one is missing.

use std::time::{Duration, Instant};

/// Characters of a message, as people write them on average.
const LENGTH: usize = 120;

/// When it all began; messages name times after it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Epoch(Instant);

impl Epoch {
    pub(crate) fn now() -> Self {
        Self(Instant::now())
    }

    /// Microseconds since.
    pub(crate) fn micros(self) -> u64 {
        u64::try_from(self.0.elapsed().as_micros()).unwrap_or(u64::MAX)
    }
}

/// A message that was to be sent at this time, by its number.
pub(crate) fn text(at: u64, number: u64) -> String {
    let mut text = format!("@{at}#{number}@ ");
    while text.len() < LENGTH {
        text.push_str("tents and trails ");
    }
    text.truncate(LENGTH);
    text
}

/// The time and number in a frame that carries a message.
pub(crate) fn read(frame: &str) -> Option<(u64, u64)> {
    let (_, rest) = frame.split_once('@')?;
    let (stamp, _) = rest.split_once('@')?;
    let (at, number) = stamp.split_once('#')?;
    Some((at.parse().ok()?, number.parse().ok()?))
}

/// How many of a steady stream are due after a time. The first is due at once.
pub(crate) fn due(rate: u64, elapsed: Duration) -> u64 {
    u64::try_from(elapsed.as_micros() * u128::from(rate) / 1_000_000 + 1).unwrap_or(u64::MAX)
}

/// When one of a steady stream is to be sent, in microseconds after the first.
pub(crate) fn intended(rate: u64, number: u64) -> u64 {
    number * 1_000_000 / rate
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_tells_when_its_message_was_to_be_sent() {
        let frame = format!(r#"{{"entry_added":{{"text":"{}"}}}}"#, text(1_234, 56));
        assert_eq!(Some((1_234, 56)), read(&frame));
        assert_eq!(None, read(r#"{"counts_changed":{}}"#));
    }

    #[test]
    fn a_stream_is_due_as_it_was_meant_to_be() {
        assert_eq!(1, due(1_000, Duration::ZERO));
        assert_eq!(11, due(1_000, Duration::from_millis(10)));
        assert_eq!(10_000, intended(1_000, 10));
    }
}
