//! A small generator of chance; its seed is part of the report.

use std::time::Duration;

use protocol::Timestamp;

use crate::splitmix::SplitMix;

/// Where chance comes from.
#[derive(Debug, Clone)]
pub(crate) struct Chance(SplitMix);

impl Chance {
    pub(crate) fn seeded(seed: u64) -> Self {
        Self(SplitMix(seed))
    }

    /// A generator of its own for one of many.
    pub(crate) fn split(&mut self) -> Self {
        Self(SplitMix(self.next()))
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0.next()
    }

    /// A number from 0 to just below `end`.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.0.below(end)
    }

    /// True in so many of a hundred cases.
    pub(crate) fn percent(&mut self, cases: u64) -> bool {
        self.below(100) < cases
    }

    /// A number from 0 to just below 1.
    pub(crate) fn part(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A time up to this one.
    pub(crate) fn within(&mut self, longest: Duration) -> Duration {
        longest.mul_f64(self.part())
    }

    /// One of these; none when there are none.
    pub(crate) fn one_of<'a, T>(&mut self, things: &'a [T]) -> Option<&'a T> {
        let place = self.below(things.len() as u64);
        things.get(usize::try_from(place).ok()?)
    }

    /// Ten bytes for an id, so that [`protocol`]'s `new` can make it.
    pub(crate) fn bytes(&mut self) -> [u8; 10] {
        let (one, two) = (self.next().to_le_bytes(), self.next().to_le_bytes());
        std::array::from_fn(|place| *one.get(place).unwrap_or(&two[place % 8]))
    }
}

/// The time by the wall clock, for ids.
#[expect(
    clippy::disallowed_methods,
    reason = "clients have a clock of their own"
)]
pub(crate) fn now() -> Timestamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let millis = since.map_or(0, |since| since.as_millis());
    Timestamp(i64::try_from(millis).unwrap_or(0))
}
