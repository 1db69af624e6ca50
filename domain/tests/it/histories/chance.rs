//! A small generator of chance that tells the same story again for the same seed.

use self::splitmix::SplitMix;

#[path = "../../../../load/src/splitmix.rs"]
mod splitmix;

/// Where chance comes from.
pub(super) struct Chance(SplitMix);

impl Chance {
    pub(super) fn seeded(seed: u64) -> Self {
        Self(SplitMix(seed))
    }

    /// A number from 0 to just below `end`.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.0.below(end)
    }

    /// True in so many of a hundred cases.
    pub(super) fn percent(&mut self, cases: u64) -> bool {
        self.below(100) < cases
    }

    pub(super) fn one_of<'a, T>(&mut self, things: &'a [T]) -> &'a T {
        let index = self.below(things.len() as u64);
        &things[usize::try_from(index).expect("an index below a length is one")]
    }
}
