//! Commands that have not been answered yet, in the order in which they were given.

use alloc::vec::Vec;

use protocol::Key;

/// More than anybody types while offline; a bound all the same.
pub(crate) const LIMIT: usize = 200;

/// Frames of keyed commands, kept until they are settled.
#[derive(Debug, Default)]
pub(crate) struct Outbox(Vec<(Key, Vec<u8>)>);

impl Outbox {
    /// Keeps a command; false when there is no room. A key that is kept already is not kept twice.
    pub(crate) fn keep(&mut self, key: Key, frame: &[u8]) -> bool {
        if self.holds(key) {
            return true;
        }
        let room = self.0.len() < LIMIT;
        if room {
            self.0.push((key, frame.to_vec()));
        }
        room
    }

    /// Whether a command is still unanswered.
    pub(crate) fn holds(&self, key: Key) -> bool {
        self.place(key).is_some()
    }

    /// Forgets a command.
    pub(crate) fn settle(&mut self, key: Key) {
        if let Some(at) = self.place(key) {
            self.0.remove(at);
        }
    }

    /// All of it, oldest first.
    pub(crate) fn frames(&self) -> impl Iterator<Item = &[u8]> {
        self.0.iter().map(|(_, frame)| frame.as_slice())
    }

    /// The oldest.
    pub(crate) fn oldest(&self) -> Option<(Key, &[u8])> {
        let (key, frame) = self.0.first()?;
        Some((*key, frame))
    }

    fn place(&self, key: Key) -> Option<usize> {
        self.0.iter().position(|(kept, _)| *kept == key)
    }
}
