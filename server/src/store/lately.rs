//! A bounded memory of what was asked for lately.

use std::collections::HashMap;
use std::hash::Hash;

/// Of one generation. Two are kept, so that whatever is asked for again and again stays.
pub(super) const GENERATION: usize = 8192;

/// What was asked for lately, by name.
pub(super) struct Lately<K, V> {
    newer: HashMap<K, V>,
    older: HashMap<K, V>,
}

impl<K, V> Default for Lately<K, V> {
    fn default() -> Self {
        Self {
            newer: HashMap::new(),
            older: HashMap::new(),
        }
    }
}

impl<K: Copy + Eq + Hash, V: Clone> Lately<K, V> {
    /// What is remembered under this name.
    pub(super) fn recall(&mut self, name: &K) -> Option<V> {
        if let Some(known) = self.newer.get(name) {
            return Some(known.clone());
        }
        let known = self.older.remove(name)?;
        self.keep(*name, known.clone());
        Some(known)
    }

    /// Remembers it.
    pub(super) fn keep(&mut self, name: K, value: V) {
        if self.newer.len() >= GENERATION {
            self.older = std::mem::take(&mut self.newer);
        }
        self.newer.insert(name, value);
    }

    /// What is remembered under this name, to be changed.
    pub(super) fn get_mut(&mut self, name: &K) -> Option<&mut V> {
        let Self { newer, older } = self;
        newer.get_mut(name).or_else(|| older.get_mut(name))
    }

    /// Forgets what this does not hold of.
    pub(super) fn retain(&mut self, keep: impl Fn(&V) -> bool) {
        self.newer.retain(|_, value| keep(value));
        self.older.retain(|_, value| keep(value));
    }

    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        self.newer.clear();
        self.older.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_asked_for_again_and_again_stays_and_the_memory_is_bounded() {
        let mut lately = Lately::default();
        lately.keep(0, "regular");
        lately.keep(1, "once");
        for number in 2..4 * GENERATION {
            lately.keep(number, "passing");
            if number % 1000 == 0 {
                assert_eq!(Some("regular"), lately.recall(&0));
            }
        }
        assert_eq!(None, lately.recall(&1));
        assert!(lately.newer.len() + lately.older.len() <= 2 * GENERATION);
        lately.clear();
        assert_eq!(None, lately.recall(&0));
    }
}
