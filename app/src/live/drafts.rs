//! What is typed: kept in this browser at once, told to the hub after a pause and on leaving, and
//! followed on the agent's other devices.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use protocol::agent::AgentEvent;
use protocol::{ConversationId, Key};

use super::state::{Drafts, Mode};
use super::{Live, browser, link, local, storage};

/// A pause in typing after which a draft is told.
const PAUSE: Duration = Duration::from_millis(1_200);

impl Live {
    /// What was typed and not sent.
    pub(crate) fn draft(self, conversation: ConversationId, mode: Mode) -> String {
        self.drafts.read().text(conversation, mode)
    }

    /// Whether something was typed in a conversation and not sent, on whatever device.
    pub(crate) fn has_draft(self, conversation: ConversationId) -> bool {
        self.drafts.read().has(conversation)
    }

    /// Keeps what was typed.
    pub(crate) fn set_draft(self, conversation: ConversationId, mode: Mode, text: String) {
        if self.drafts.read_untracked().text(conversation, mode) == text {
            return;
        }
        if let Some(me) = self.peek(|state| state.me) {
            storage::keep_draft(me, conversation, mode, Some(&text));
        }
        self.drafts
            .update(|drafts| drafts.typed(conversation, mode, text));
        self.letters.update_value(|letters| *letters += 1);
        let at = self.letters.get_value();
        set_timeout(
            move || {
                if self.letters.try_get_value() == Some(at) {
                    self.save_drafts();
                }
            },
            PAUSE,
        );
    }

    /// Tells the hub what was typed and not told.
    pub(crate) fn save_drafts(self) {
        let due = self.drafts.try_update_untracked(|drafts| {
            drafts.due(|| Key::new(local::now(), &browser::random()))
        });
        for (command, needless) in due.unwrap_or_default() {
            if let Some(needless) = needless {
                link::forget(needless);
            }
            link::send(&command);
        }
    }

    /// Takes in what the hub tells of drafts.
    pub(super) fn hear_of_drafts(self, event: &AgentEvent) {
        let after = self
            .drafts
            .try_update_untracked(|drafts| drafts.apply(event));
        let after = after.unwrap_or_default();
        if let (Some((conversation, mode)), Some(me)) = (after.kept, self.peek(|state| state.me)) {
            storage::keep_draft(me, conversation, mode, None);
        }
        if after.changed {
            self.drafts.notify();
        }
    }

    /// A page that is hidden may never be seen again.
    pub(super) fn save_before_leaving(self) {
        let _hides = window_event_listener(ev::pagehide, move |_| self.save_drafts());
        let _leaves = window_event_listener(ev::blur, move |_| self.save_drafts());
    }

    /// Nothing is typed any more: somebody signed out.
    pub(super) fn forget_drafts(self) {
        self.drafts.set(Drafts::default());
    }
}
