//! The cards of the tabs: which are known, which are shown, and in which order.

use std::sync::Arc;

use protocol::ConversationId;
use protocol::card::{Card, Cursor, Tab};
use protocol::view::Order;

use super::order::{Place, ordered};

/// A tab in one of the orders that the hub has pages of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct List {
    pub(crate) tab: Tab,
    /// Whether what is due soonest comes first, instead of the tab's own order.
    pub(crate) by_due: bool,
}

impl List {
    /// The list that shows a tab in an order.
    pub(crate) fn of(tab: Tab, order: Order) -> Self {
        Self {
            tab,
            by_due: order == Order::Due && tab.has_clocks(),
        }
    }

    /// Where a card stands in it.
    fn at(self, card: &Card) -> Cursor {
        let at = match self.by_due {
            true => card.due_soonest(),
            false => card.state.sorts_by(card.last.at),
        };
        Cursor {
            at,
            conversation: card.conversation,
        }
    }

    /// What it sorts by: the oldest first, but of those that are over the newest.
    fn place(self, Cursor { at, conversation }: Cursor) -> Place {
        let at = match self.by_due || self.tab.is_oldest_first() {
            true => at.millis(),
            false => -at.millis(),
        };
        (0, at, conversation.0)
    }

    /// Its place among what is loaded.
    fn slot(self) -> usize {
        match (self.by_due, self.tab) {
            (true, Tab::Pending) => 6,
            (true, _) => 7,
            (false, tab) => tab as usize,
        }
    }
}

impl From<Tab> for List {
    fn from(tab: Tab) -> Self {
        Self { tab, by_due: false }
    }
}

/// What is loaded of one list.
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
    /// By the places of the lists.
    loaded: [Loaded; 8],
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
        *self.loaded_mut(tab.into()) = Loaded::default();
    }

    /// A page of a list.
    pub(crate) fn add_page(&mut self, list: List, cards: Vec<Card>, more: bool) {
        let end = cards.last().filter(|_| more).map(|card| list.at(card));
        self.changes += 1;
        cards.into_iter().for_each(|card| self.put(card));
        *self.loaded_mut(list) = Loaded {
            any: true,
            asked: false,
            end,
        };
    }

    /// A number that rises with every change.
    pub(crate) fn changes(&self) -> u64 {
        self.changes
    }

    /// Whether the first page of a list has come.
    pub(crate) fn is_loaded(&self, list: impl Into<List>) -> bool {
        self.loaded(list.into()).any
    }

    /// Whether a list goes on after what is shown.
    pub(crate) fn has_more(&self, list: impl Into<List>) -> bool {
        self.loaded(list.into()).end.is_some()
    }

    /// The place from which to ask for the next page, once: none while an answer is awaited or
    /// when there is nothing to ask for.
    pub(crate) fn ask(&mut self, list: List) -> Option<Option<Cursor>> {
        let loaded = self.loaded_mut(list);
        if loaded.asked || (loaded.any && loaded.end.is_none()) {
            return None;
        }
        loaded.asked = true;
        Some(loaded.end)
    }

    /// The cards of a list in its order, as far as its pages reach.
    pub(crate) fn shown(&self, list: impl Into<List>) -> Vec<Arc<Card>> {
        let list = list.into();
        let end = self.loaded(list).end.map(|end| list.place(end));
        let at = |card: &Card| list.place(list.at(card));
        let cards = self.cards.iter();
        let cards = cards.filter(|card| card.state.tab() == list.tab);
        // One that sorts behind the last page would stand where others are still missing.
        let cards = cards.filter(|card| end.is_none_or(|end| at(card) <= end));
        ordered(cards.cloned().collect(), |card| at(card))
    }

    /// Where a conversation's card is, or would be.
    fn at(&self, conversation: ConversationId) -> Result<usize, usize> {
        self.cards
            .binary_search_by_key(&conversation, |card| card.conversation)
    }

    fn loaded(&self, list: List) -> &Loaded {
        &self.loaded[list.slot()]
    }

    fn loaded_mut(&mut self, list: List) -> &mut Loaded {
        &mut self.loaded[list.slot()]
    }
}
