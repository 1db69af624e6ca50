//! The cards of the tabs: which are known, which are shown, and in which order.

use std::sync::Arc;

use protocol::card::{Card, Cursor, Tab};
use protocol::{ConversationId, Timestamp};

use super::order::{Place, ordered};

/// What is loaded of one tab.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Loaded {
    /// Whether any page has come.
    any: bool,
    /// Whether the next page was asked for and has not come.
    asked: bool,
    /// The last card of the pages so far; none once there are no more.
    end: Option<Cursor>,
}

/// The cards of all tabs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Lists {
    /// In the order of their conversations' ids.
    cards: Vec<Arc<Card>>,
    /// By the place of the tab in its enum.
    loaded: [Loaded; 6],
    /// Rises with every change, so that whoever lays the lists out need not compare them.
    changes: u64,
}

impl Lists {
    /// Forgets everything: a new connection brings it anew.
    pub(crate) fn clear(&mut self) {
        *self = Self {
            changes: self.changes + 1,
            ..Self::default()
        };
    }

    /// The newest card of a conversation.
    pub(crate) fn card(&self, conversation: ConversationId) -> Option<&Arc<Card>> {
        self.at(conversation).ok().map(|at| &self.cards[at])
    }

    /// Every card that is known, whether or not its tab is loaded that far.
    pub(crate) fn all(&self) -> &[Arc<Card>] {
        &self.cards
    }

    /// Keeps a card unless a newer one is held.
    pub(crate) fn put(&mut self, card: Card) {
        self.changes += 1;
        match self.at(card.conversation) {
            Ok(at) if self.cards[at].version < card.version => self.cards[at] = Arc::new(card),
            Ok(_) => {}
            Err(at) => self.cards.insert(at, Arc::new(card)),
        }
    }

    /// Forgets a conversation.
    pub(crate) fn remove(&mut self, conversation: ConversationId) {
        if let Ok(at) = self.at(conversation) {
            self.cards.remove(at);
            self.changes += 1;
        }
    }

    /// Forgets what is loaded of a tab, less the conversations that are open.
    pub(crate) fn forget(&mut self, tab: Tab, open: impl Fn(ConversationId) -> bool) {
        self.changes += 1;
        self.cards
            .retain(|card| card.state.tab() != tab || open(card.conversation));
        *self.loaded_mut(tab) = Loaded::default();
    }

    /// A page of a tab.
    pub(crate) fn add_page(&mut self, tab: Tab, cards: Vec<Card>, more: bool) {
        let end = cards.last().filter(|_| more).map(cursor);
        self.changes += 1;
        cards.into_iter().for_each(|card| self.put(card));
        *self.loaded_mut(tab) = Loaded {
            any: true,
            asked: false,
            end,
        };
    }

    /// A number that rises with every change.
    pub(crate) fn changes(&self) -> u64 {
        self.changes
    }

    /// Whether the first page of a tab has come.
    pub(crate) fn is_loaded(&self, tab: Tab) -> bool {
        self.loaded(tab).any
    }

    /// Whether a tab goes on after what is shown.
    pub(crate) fn has_more(&self, tab: Tab) -> bool {
        self.loaded(tab).end.is_some()
    }

    /// The place from which to ask for the next page, once: none while an answer is awaited or
    /// when there is nothing to ask for.
    pub(crate) fn ask(&mut self, tab: Tab) -> Option<Option<Cursor>> {
        let loaded = self.loaded_mut(tab);
        if loaded.asked || (loaded.any && loaded.end.is_none()) {
            return None;
        }
        loaded.asked = true;
        Some(loaded.end)
    }

    /// The cards of a tab in its order, as far as its pages reach.
    pub(crate) fn shown(&self, tab: Tab) -> Vec<Arc<Card>> {
        let end = self
            .loaded(tab)
            .end
            .map(|end| place(tab, end.at, end.conversation));
        let at = |card: &Card| place(tab, sorts_by(card), card.conversation);
        let cards = self.cards.iter().filter(|card| card.state.tab() == tab);
        // One that sorts behind the last page would stand where others are still missing.
        let cards = cards.filter(|card| end.is_none_or(|end| at(card) <= end));
        ordered(cards.cloned().collect(), |card| at(card))
    }

    /// Where a conversation's card is, or would be.
    fn at(&self, conversation: ConversationId) -> Result<usize, usize> {
        self.cards
            .binary_search_by_key(&conversation, |card| card.conversation)
    }

    fn loaded(&self, tab: Tab) -> &Loaded {
        &self.loaded[tab as usize]
    }

    fn loaded_mut(&mut self, tab: Tab) -> &mut Loaded {
        &mut self.loaded[tab as usize]
    }
}

fn cursor(card: &Card) -> Cursor {
    Cursor {
        at: sorts_by(card),
        conversation: card.conversation,
    }
}

fn sorts_by(card: &Card) -> Timestamp {
    card.state.sorts_by(card.last.at)
}

/// What a tab sorts by: the oldest first, but of those that are over the newest.
fn place(tab: Tab, at: Timestamp, conversation: ConversationId) -> Place {
    let at = match tab.is_oldest_first() {
        true => at.millis(),
        false => -at.millis(),
    };
    (0, at, conversation.0)
}
