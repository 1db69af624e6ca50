//! How a list is looked at: what of it is shown, and in which order.

use protocol::card::{Card, Tab};
use protocol::view::Order;
pub(crate) use protocol::view::View;
use protocol::{ConversationId, Timestamp};

use super::order::ordered;
use super::{List, LiveState, unanswered_since};

/// A day, in milliseconds.
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// One line of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Item {
    /// Those that follow wait for a reply, so many of them.
    Waiting(usize),
    /// Those that follow have been answered.
    Answered(usize),
    Row(ConversationId),
}

impl LiveState {
    /// The lines of a tab as they are looked at.
    pub(crate) fn items(&self, tab: Tab, view: View, now: Timestamp) -> Vec<Item> {
        let since = view
            .days
            .map(|days| now.millis() - i64::from(days) * DAY_MS);
        let shows = |card: &&std::sync::Arc<Card>| {
            self.shows(card, tab, view) && since.is_none_or(|since| card.last.at.millis() >= since)
        };
        let list = List::of(tab, view.order);
        let all = match list.by_due {
            true => self.lists.shown(list),
            false => self.shown(tab),
        };
        let is_late = |card: &Card| card.clock.is_some_and(|clock| clock.due_at <= now);
        let fits = |card: &&std::sync::Arc<Card>| !view.overdue || is_late(card);
        let mut cards: Vec<_> = all.iter().filter(shows).filter(fits).cloned().collect();
        let row = |card: &std::sync::Arc<Card>| Item::Row(card.conversation);
        if list.by_due {
            return cards.iter().map(row).collect();
        }
        if view.order == Order::Newest {
            cards = ordered(cards, |card| {
                (0, -card.last.at.millis(), card.conversation.0)
            });
            return cards.iter().map(row).collect();
        }
        if tab != Tab::Active {
            return cards.iter().map(row).collect();
        }
        let waits = |card: &&std::sync::Arc<Card>| unanswered_since(card).is_some();
        let waiting = cards.iter().filter(waits).count();
        let answered = cards.len() - waiting;
        let mut items = Vec::with_capacity(cards.len() + 2);
        items.extend((waiting > 0).then_some(Item::Waiting(waiting)));
        items.extend(cards[..waiting].iter().map(row));
        items.extend((answered > 0).then_some(Item::Answered(answered)));
        items.extend(cards[waiting..].iter().map(row));
        items
    }

    fn shows(&self, card: &Card, tab: Tab, view: View) -> bool {
        (!view.mine || tab != Tab::Active || self.answers(card))
            && (!view.unread || card.unread > 0)
            && view.chatbot.is_none_or(|chatbot| card.chatbot == chatbot)
            && view.channel.is_none_or(|channel| card.channel == channel)
            && view
                .agent
                .is_none_or(|agent| card.state.agent() == Some(agent))
            && (view.category.is_none() || card.category == view.category)
            && view.tag.is_none_or(|tag| card.tags.contains(&tag))
    }
}

/// The lines that have to be there for what is on screen, and the room that the others take.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// The height of the lines before and behind, in pixels.
    pub(crate) before: i32,
    pub(crate) behind: i32,
}

/// How high the lines are, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Heights {
    pub(crate) row: i32,
    pub(crate) heading: i32,
}

/// More lines than fit, on both sides, so that nobody sees the end of them while scrolling.
const SPARE: i32 = 400;

impl Heights {
    fn of(self, item: &Item) -> i32 {
        match item {
            Item::Row(_) => self.row,
            Item::Waiting(_) | Item::Answered(_) => self.heading,
        }
    }

    /// Where a line begins and ends.
    pub(crate) fn span(self, items: &[Item], at: usize) -> (i32, i32) {
        let top = items[..at].iter().map(|item| self.of(item)).sum();
        (top, top + items.get(at).map_or(0, |item| self.of(item)))
    }

    /// The lines for a part of the list that begins at `top` and is `height` high.
    pub(crate) fn window(self, items: &[Item], top: i32, height: i32) -> Window {
        let (first, last) = (top - SPARE, top + height + SPARE);
        let mut window = Window::default();
        let mut at = 0;
        for (place, item) in items.iter().enumerate() {
            let end = at + self.of(item);
            if end <= first {
                window.from = place + 1;
                window.before = end;
            }
            if at < last {
                window.to = place + 1;
            } else {
                window.behind += end - at;
            }
            at = end;
        }
        window.from = window.from.min(window.to);
        window
    }
}
