//! Releases what is told of one conversation strictly in the order of its numbers, whichever way it
//! came. No IO, no waiting: the time is passed in.
//!
//! What comes ahead of its turn is held. What is missing for longer than a moment is a hole, which is
//! filled from the database: whoever was to tell of it may have failed, or be another process.

use std::collections::BTreeMap;
use std::time::Duration;

use protocol::{Seq, Timestamp};

/// How long something may be missing before it is read.
pub(crate) const PATIENCE: Duration = Duration::from_millis(100);
/// Changes of one conversation that are held, at most. What is beyond is read.
const HELD: usize = 64;

/// The order of one conversation; `T` is a change that wrote entries.
#[derive(Debug)]
pub(crate) struct Order<T> {
    /// The last number that was told; none before the first.
    released: Option<Seq>,
    /// What came ahead of its turn, by the first number of each, with the last.
    held: BTreeMap<Seq, (Seq, T)>,
    /// The last number that was heard of.
    heard: Seq,
    /// Since when something is known to be missing.
    missing_since: Option<Timestamp>,
}

/// A change whose turn it is: its entries after this number are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Turn<T> {
    pub(crate) change: T,
    pub(crate) after: Seq,
}

/// Numbers that are missing: those after the one, up to the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hole {
    pub(crate) after: Seq,
    pub(crate) until: Seq,
}

impl<T> Default for Order<T> {
    fn default() -> Self {
        Self {
            released: None,
            held: BTreeMap::new(),
            heard: Seq(0),
            missing_since: None,
        }
    }
}

impl<T: Clone> Order<T> {
    /// A change was committed that wrote these numbers. When it is its turn, returns the number after
    /// which its entries are told, and what follows it; else it is held.
    pub(crate) fn committed(
        &mut self,
        first: Seq,
        last: Seq,
        change: &T,
    ) -> Option<(Seq, Vec<Turn<T>>)> {
        let Some(released) = self.released else {
            // Whoever looks has read what was before, or reads it with a place in the hub.
            self.released = Some(last);
            return Some((Seq(0), Vec::new()));
        };
        if first > released.next() {
            self.held.insert(first, (last, change.clone()));
            if self.held.len() > HELD
                && let Some((_, (last, _))) = self.held.pop_last()
            {
                self.heard = self.heard.max(last);
            }
            return None;
        }
        self.released = Some(released.max(last));
        Some((released, self.release()))
    }

    /// Entries were read to fill a hole. Returns those that are told now, and the changes that follow.
    pub(crate) fn filled<E>(&mut self, entries: Vec<(Seq, E)>) -> (Vec<E>, Vec<Turn<T>>) {
        let mut told = Vec::new();
        for (seq, entry) in entries {
            let next = self.released.map(Seq::next);
            if next == Some(seq) {
                self.released = next;
                told.push(entry);
            }
        }
        (told, self.release())
    }

    fn release(&mut self) -> Vec<Turn<T>> {
        let mut turns = Vec::new();
        while let Some(released) = self.released
            && let Some(first) = self.held.first_entry()
            && *first.key() <= released.next()
        {
            let (last, change) = first.remove();
            self.released = Some(released.max(last));
            let after = released;
            turns.push(Turn { change, after });
        }
        turns
    }
}

impl<T> Order<T> {
    /// Somebody says that there are entries up to this one; true when that is not told yet.
    pub(crate) fn heard(&mut self, seq: Seq) -> bool {
        self.heard = self.heard.max(seq);
        self.is_missing()
    }

    /// Whether something is known that is not told yet. Nothing is missing before the first was told:
    /// until then everybody who looks reads for themselves.
    pub(crate) fn is_missing(&self) -> bool {
        let known = self
            .held
            .last_key_value()
            .map_or(self.heard, |(_, (last, _))| self.heard.max(*last));
        self.released.is_some_and(|released| released < known)
    }

    /// What has to be read now, because it is missing for longer than a moment.
    pub(crate) fn hole(&mut self, now: Timestamp) -> Option<Hole> {
        if !self.is_missing() {
            self.missing_since = None;
            return None;
        }
        let since = *self.missing_since.get_or_insert(now);
        if now < since.after(PATIENCE) {
            return None;
        }
        // Should it not be found, it is looked for again.
        self.missing_since = Some(now);
        let after = self.released?;
        let next = self.held.keys().next();
        let until = next.map_or(self.heard, |first| Seq(first.0.saturating_sub(1)));
        Some(Hole { after, until })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begun() -> Order<u64> {
        let mut order = Order::default();
        order.committed(Seq(1), Seq(3), &1);
        order
    }

    fn at(millis: i64) -> Timestamp {
        Timestamp(1_000 + millis)
    }

    #[test]
    fn what_comes_in_turn_is_told_at_once() {
        let mut order = begun();
        let told = order.committed(Seq(4), Seq(5), &4);
        assert_eq!(Some((Seq(3), Vec::new())), told);
        assert_eq!(None, order.hole(at(500)));
    }

    #[test]
    fn what_comes_too_early_waits_for_its_turn() {
        let mut order = begun();
        assert_eq!(None, order.committed(Seq(6), Seq(6), &6));
        assert_eq!(None, order.committed(Seq(5), Seq(5), &5));
        let (after, rest) = order.committed(Seq(4), Seq(4), &4).unwrap();
        assert_eq!(Seq(3), after);
        let rest = rest.into_iter().map(|turn| (turn.change, turn.after));
        assert_eq!(vec![(5, Seq(4)), (6, Seq(5))], rest.collect::<Vec<_>>());
        assert!(!order.is_missing());
    }

    #[test]
    fn a_hole_is_read_after_a_moment_and_again_until_it_is_filled() {
        let mut order = begun();
        order.committed(Seq(6), Seq(7), &6);
        let hole = Some(Hole {
            after: Seq(3),
            until: Seq(5),
        });
        assert_eq!(None, order.hole(at(0)));
        assert_eq!(None, order.hole(at(99)));
        assert_eq!(hole, order.hole(at(100)));
        assert_eq!(None, order.hole(at(150)), "it is being read");
        assert_eq!(hole, order.hole(at(200)));

        let (told, turns) = order.filled(vec![(Seq(4), 'd'), (Seq(5), 'e'), (Seq(6), 'f')]);

        assert_eq!(vec!['d', 'e', 'f'], told);
        assert_eq!(
            vec![Turn {
                change: 6,
                after: Seq(6)
            }],
            turns,
            "less what was read"
        );
        assert_eq!(None, order.hole(at(900)));
    }

    #[test]
    fn what_was_read_before_it_was_told_is_not_told_twice() {
        let mut order = begun();
        assert!(order.heard(Seq(4)));
        let (told, _) = order.filled(vec![(Seq(3), 'c'), (Seq(4), 'd')]);
        assert_eq!(vec!['d'], told);
        let told = order.committed(Seq(4), Seq(4), &4);
        assert_eq!(Some((Seq(4), Vec::new())), told, "its card is news");
    }

    #[test]
    fn what_is_held_is_bounded_and_the_rest_is_read() {
        let mut order = begun();
        for number in 0..1_000 {
            order.committed(Seq(5 + number), Seq(5 + number), &number);
        }
        assert_eq!(HELD, order.held.len());
        let (_, turns) = order.filled(vec![(Seq(4), ())]);
        assert_eq!(HELD, turns.len());
        order.hole(at(0));
        let hole = order.hole(at(100)).unwrap();
        assert_eq!(
            Hole {
                after: Seq(4 + HELD as u64),
                until: Seq(1_004)
            },
            hole
        );
    }
}
