//! When the other side is told that the visitor types, and whether it sees what.

use super::State;

/// Said again at most so often while it lasts, in milliseconds.
const REPEAT: u64 = 4_000;
/// So long without a key and it is over, in milliseconds.
pub(crate) const IDLE: u64 = 5_000;

impl State {
    /// Whether the team sees what is typed.
    pub(crate) fn is_previewed(&self) -> bool {
        self.widget.as_ref().is_some_and(|widget| widget.preview)
    }
}

/// Whether typing was announced.
#[derive(Debug, Default)]
pub(crate) struct Typing {
    announced_at: Option<u64>,
}

impl Typing {
    /// The text changed. Returns what to tell, if anything.
    pub(crate) fn changed(&mut self, now: u64, empty: bool) -> Option<bool> {
        if empty {
            return self.ended();
        }
        let due = self
            .announced_at
            .is_none_or(|at| now.abs_diff(at) >= REPEAT);
        due.then(|| {
            self.announced_at = Some(now);
            true
        })
    }

    /// Sent, left or idle. Returns what to tell, if anything.
    pub(crate) fn ended(&mut self) -> Option<bool> {
        self.announced_at.take().map(|_| false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_is_told_at_the_first_key_and_then_now_and_again() {
        let mut typing = Typing::default();
        assert_eq!(Some(true), typing.changed(0, false));
        assert_eq!(None, typing.changed(3_999, false));
        assert_eq!(Some(true), typing.changed(4_000, false));
    }

    #[test]
    fn the_end_is_told_once() {
        let mut typing = Typing::default();
        typing.changed(0, false);
        assert_eq!(Some(false), typing.ended());
        assert_eq!(None, typing.ended());
    }

    #[test]
    fn an_emptied_text_ends_it() {
        let mut typing = Typing::default();
        assert_eq!(None, typing.changed(0, true));
        typing.changed(1, false);
        assert_eq!(Some(false), typing.changed(2, true));
    }
}
