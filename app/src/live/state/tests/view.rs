//! Lists as they are looked at, and the window over long ones.

use protocol::card::Cursor;
use protocol::targets::{Clock, Owed};

use super::super::view::Window;
use super::*;

fn row(n: u8) -> Item {
    Item::Row(conversation(n))
}

fn live() -> LiveState {
    let mut state = inbox(vec![pending(1, 1, 30), pending(2, 1, 10)]);
    let mut read = active(4, 1, 2, None);
    read.unread = 0;
    read.last.at = Timestamp(90);
    for card in [active(3, 1, 1, Some(50)), read, active(5, 1, 2, Some(40))] {
        state.apply(AgentEvent::CardChanged(card), NOW);
    }
    state
}

#[test]
fn each_tab_has_its_own_order_and_the_newest_can_come_first() {
    let state = live();
    let by_wait = View::default();
    assert_eq!(
        vec![row(2), row(1)],
        state.items(Tab::Pending, by_wait, NOW)
    );
    assert_eq!(
        vec![Item::Waiting(2), row(5), row(3), Item::Answered(1), row(4)],
        state.items(Tab::Active, by_wait, NOW)
    );
    let newest = View {
        order: Order::Newest,
        ..View::default()
    };
    assert_eq!(
        vec![row(4), row(5), row(3)],
        state.items(Tab::Active, newest, NOW)
    );
    assert_eq!(vec![row(2), row(1)], state.items(Tab::Pending, newest, NOW));
}

#[test]
fn a_view_leaves_out_what_it_does_not_ask_for() {
    let state = live();
    let rows = |view| state.items(Tab::Active, view, NOW);
    let mine = View {
        mine: true,
        ..View::default()
    };
    assert_eq!(vec![Item::Waiting(1), row(3)], rows(mine));
    assert_eq!(
        2,
        state.items(Tab::Pending, mine, NOW).len(),
        "of the active ones"
    );
    let unread = View {
        unread: true,
        ..View::default()
    };
    assert_eq!(vec![Item::Waiting(2), row(5), row(3)], rows(unread));
    let of_jonas = View {
        agent: Some(agent(2)),
        ..View::default()
    };
    assert_eq!(
        vec![Item::Waiting(1), row(5), Item::Answered(1), row(4)],
        rows(of_jonas)
    );
    let elsewhere = View {
        chatbot: Some(ChatbotId::new(NOW, &[9; 10])),
        ..View::default()
    };
    assert_eq!(Vec::<Item>::new(), rows(elsewhere));
    assert!(elsewhere.is_changed(Tab::Pending));
    assert!(!mine.is_changed(Tab::Pending) && mine.is_changed(Tab::Active));
}

#[test]
fn a_window_holds_what_is_on_screen_and_keeps_the_room_of_the_rest() {
    let heights = Heights {
        row: 60,
        heading: 30,
    };
    let mut items = vec![Item::Waiting(9_999)];
    items.extend((0..9_999_u32).map(|n| {
        let mut bytes = [0; 10];
        bytes[..4].copy_from_slice(&n.to_be_bytes());
        Item::Row(ConversationId::new(NOW, &bytes))
    }));
    let all = 30 + 9_999 * 60;
    for top in [0, 15, 30, 5_000, 300_000, all - 700] {
        let window = heights.window(&items, top, 700);
        let within: i32 = (window.from..window.to)
            .map(|at| heights.span(&items, at))
            .map(|(from, to)| to - from)
            .sum();
        assert_eq!(all, window.before + within + window.behind);
        assert!(window.before <= top && window.before + within >= (top + 700).min(all));
        assert!(window.to - window.from <= 27, "{window:?}");
    }
    assert_eq!((30, 90), heights.span(&items, 1));
    assert_eq!(Window::default(), heights.window(&[], 0, 700));
}

fn owing(mut card: Card, due_at: i64) -> Card {
    let at = Timestamp;
    card.clock = Some(Clock {
        owed: Owed::NextReply,
        since: at(1),
        warn_at: at(2),
        due_at: at(due_at),
    });
    card
}

fn asked(state: &mut LiveState) -> Vec<AgentCommand> {
    let asks = state.take_asks().into_iter();
    asks.filter(|ask| {
        matches!(
            ask,
            AgentCommand::ListByDue { .. } | AgentCommand::ListCards { .. }
        )
    })
    .collect()
}

#[test]
fn what_is_due_soonest_comes_first_page_by_page_and_what_owes_nothing_last() {
    let mut state = live();
    state.take_asks();
    let view = View {
        order: Order::Due,
        ..View::default()
    };
    state.sort(Order::Due);
    let tab = Tab::Pending;
    let after = None;
    assert_eq!(
        vec![AgentCommand::ListByDue { tab, after }],
        asked(&mut state)
    );
    state.sort(Order::Due);
    assert_eq!(Vec::<AgentCommand>::new(), asked(&mut state), "asked once");

    let cards = vec![owing(pending(7, 2, 30), 700), owing(pending(6, 2, 40), 800)];
    let more = true;
    state.apply(AgentEvent::CardsByDue { tab, cards, more }, NOW);
    // Known, but behind what is loaded of this order: others may stand before them.
    assert_eq!(vec![row(7), row(6)], state.items(tab, view, NOW));
    state.load_cards();
    let at = Timestamp(800);
    let conversation = conversation(6);
    let after = Some(Cursor { at, conversation });
    assert_eq!(
        vec![AgentCommand::ListByDue { tab, after }],
        asked(&mut state)
    );
    let cards = vec![pending(1, 1, 30), pending(2, 1, 10)];
    let more = false;
    state.apply(AgentEvent::CardsByDue { tab, cards, more }, NOW);
    assert_eq!(
        vec![row(7), row(6), row(1), row(2)],
        state.items(tab, view, NOW)
    );
    // Answered, it goes to its place among those that owe nothing.
    state.apply(AgentEvent::CardChanged(pending(7, 3, 30)), NOW);
    assert_eq!(
        vec![row(6), row(1), row(2), row(7)],
        state.items(tab, view, NOW)
    );
    // A tab in which nothing is owed has its own order.
    state.show_tab(Tab::Missed);
    let (tab, after) = (Tab::Missed, None);
    assert_eq!(
        vec![AgentCommand::ListCards { tab, after }],
        asked(&mut state)
    );
}

#[test]
fn overdue_is_what_is_late_at_that_moment() {
    let mut state = live();
    let card = owing(pending(6, 2, 40), NOW.millis());
    state.apply(AgentEvent::CardChanged(card), NOW);
    let view = View {
        overdue: true,
        ..View::default()
    };
    let before = Timestamp(NOW.millis() - 1);
    assert_eq!(Vec::<Item>::new(), state.items(Tab::Pending, view, before));
    assert_eq!(vec![row(6)], state.items(Tab::Pending, view, NOW));
    assert!(view.leaves_out());
}
