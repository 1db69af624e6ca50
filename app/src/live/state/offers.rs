//! What I am asked to take, and what I passed on.

use std::sync::Arc;

use protocol::card::{Card, CardState, Offer};
use protocol::{ConversationId, Timestamp};

use super::LiveState;

impl LiveState {
    /// The conversation that I am asked to take, with the offer that ends first.
    pub(crate) fn offer(&self) -> Option<(Arc<Card>, Offer)> {
        let mine = self.lists.all().iter().filter_map(|card| {
            let offer = self.offer_in(card)?;
            Some((Arc::clone(card), offer))
        });
        mine.min_by_key(|(_, offer)| offer.until)
    }

    /// Until when I am asked to take this one.
    pub(crate) fn offered_until(&self, conversation: ConversationId) -> Option<Timestamp> {
        let card = self.card(conversation)?;
        self.offer_in(card).map(|offer| offer.until)
    }

    /// Whether I passed this pending one on.
    pub(crate) fn has_declined(&self, conversation: ConversationId) -> bool {
        self.card(conversation).is_some_and(|card| {
            let pending = matches!(card.state, CardState::Pending { .. });
            let declined = self.me.is_some_and(|me| card.declined_by.contains(&me));
            pending && declined
        })
    }

    fn offer_in(&self, card: &Card) -> Option<Offer> {
        match card.state {
            CardState::Pending { offer, .. } => offer.filter(|offer| Some(offer.agent) == self.me),
            _ => None,
        }
    }
}
