//! Taking back what was just done, for as long as its notice is on screen.

use protocol::entry::Outcome;
use protocol::{ConversationId, Key, Timestamp};

use super::{Act, LiveState};
use crate::words::t;

impl LiveState {
    /// Tells that something was done, if it can be taken back.
    pub(super) fn offer_undo(&mut self, conversation: ConversationId, act: Act, now: Timestamp) {
        let name = self
            .card(conversation)
            .map(|card| card.visitor.name.clone());
        let name = name.unwrap_or_default();
        let title = match act {
            Act::Block(true) => t::was_blocked(&name),
            Act::Resolve(Outcome::RestoredToAi) => t::was_restored(&name),
            Act::Resolve(Outcome::Closed) => t::was_closed(&name),
            Act::Release => t::was_released(&name),
            Act::Snooze => t::was_put_aside(&name),
            Act::Leave => t::was_left(&name),
            _ => return,
        };
        self.toasts.undo(title, (conversation, act), now);
    }

    /// Takes back what one notice is of. What has gone on meanwhile stays, and that is said.
    pub(crate) fn undo(&mut self, toast: u64, key: Key) {
        let Some((conversation, act)) = self.toasts.take_undo(toast) else {
            return;
        };
        let asked = self.asks.len();
        match act {
            Act::Block(true) => self.block(conversation, false, key),
            // Nobody has it any more: it begins anew, with me.
            Act::Resolve(_) => self.step_in(conversation, key),
            Act::Release => self.claim(conversation, key),
            Act::Snooze => self.wake(conversation, key),
            Act::Leave => self.join(conversation, key),
            _ => {}
        }
        if self.asks.len() == asked {
            self.toasts.fail(t::undo_too_late().to_owned());
        }
    }

    /// The newest notice of something that can be taken back.
    pub(crate) fn undoable(&self) -> Option<u64> {
        let shown = self.toasts.shown().iter().rev();
        shown
            .filter(|toast| toast.undo.is_some())
            .map(|toast| toast.id)
            .next()
    }
}
