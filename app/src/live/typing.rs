//! Tells the visitor that somebody types: seldom enough not to be noise, and never for ever.

use std::time::Duration;

use leptos::prelude::*;
use protocol::{ConversationId, Timestamp};

use super::{Live, local};

/// Typing is told again after this long, so that it does not run out on the other side.
const AGAIN_MS: u64 = 3_000;
/// Without a key for this long it has ended.
const IDLE: Duration = Duration::from_secs(5);

/// What was told last about one composer.
#[derive(Clone, Copy)]
pub(crate) struct TypingTeller {
    live: Live,
    conversation: ConversationId,
    /// When typing was last told; none while it counts as ended.
    told: StoredValue<Option<Timestamp>>,
    /// Counts the keys, so that a pause is one only when none came since.
    keys: StoredValue<u64>,
}

impl TypingTeller {
    pub(crate) fn new(live: Live, conversation: ConversationId) -> Self {
        let (told, keys) = (StoredValue::new(None), StoredValue::new(0));
        let teller = Self {
            live,
            conversation,
            told,
            keys,
        };
        on_cleanup(move || teller.stop());
        teller
    }

    /// A key was pressed; `any` tells whether there is any text.
    pub(crate) fn typed(self, any: bool) {
        if !any {
            self.stop();
            return;
        }
        let now = local::now();
        let told = self.told.get_value();
        if told.is_none_or(|told| now.millis_since(told) >= AGAIN_MS) {
            self.told.set_value(Some(now));
            self.live.types(self.conversation, true);
        }
        self.keys.update_value(|keys| *keys += 1);
        let at = self.keys.get_value();
        set_timeout(
            move || {
                if self.keys.try_get_value() == Some(at) {
                    self.stop();
                }
            },
            IDLE,
        );
    }

    /// Typing has ended.
    pub(crate) fn stop(self) {
        if self.told.try_update_value(Option::take).flatten().is_some() {
            self.live.types(self.conversation, false);
        }
    }
}
