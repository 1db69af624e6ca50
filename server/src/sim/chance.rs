//! A small generator of chance that plays the same day again for the same seed.

use self::splitmix::SplitMix;

#[path = "../../../load/src/splitmix.rs"]
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

    /// A number in 0..1, as browsers make them.
    pub(super) fn fraction(&mut self) -> f64 {
        self.below(1 << 20) as f64 / f64::from(1 << 20)
    }

    /// True in so many of a hundred cases.
    pub(super) fn percent(&mut self, cases: u64) -> bool {
        self.below(100) < cases
    }

    /// One of them; none of none.
    pub(super) fn one_of<T: Copy>(&mut self, things: &[T]) -> Option<T> {
        let end = things.len() as u64;
        let index = (end > 0).then(|| self.below(end))?;
        things.get(usize::try_from(index).ok()?).copied()
    }
}
