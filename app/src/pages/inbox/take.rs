//! Getting a conversation, by whatever way its state allows.

use protocol::ConversationId;

use super::Desk;
use crate::live::Live;
use crate::live::state::Stand;

impl Desk {
    /// Takes over what waits or was missed, steps into what the assistant has, and asks before
    /// taking something from a colleague.
    pub(crate) fn take(self, live: Live, id: ConversationId) {
        use leptos::prelude::Set as _;
        let (stand, may_assign) = live.peek(|state| (state.stand(id), state.may_assign()));
        match stand {
            Stand::Nobody | Stand::Missed => {
                self.takes.set(true);
                live.act_with_key(|state, key| state.claim(id, key));
            }
            Stand::Assistant | Stand::Over => {
                self.takes.set(true);
                live.act_with_key(|state, key| state.step_in(id, key));
            }
            Stand::Colleague(_) | Stand::Joined(_) if may_assign => self.overtaking.set(true),
            Stand::Colleague(_)
            | Stand::Joined(_)
            | Stand::Asked(_)
            | Stand::Mine
            | Stand::Unknown => {}
        }
    }

    /// Joins the colleague who holds it, and leads to the words that follow.
    pub(crate) fn join(self, live: Live, id: ConversationId) {
        use leptos::prelude::Set as _;
        self.takes.set(true);
        live.act_with_key(|state, key| state.join(id, key));
    }
}
