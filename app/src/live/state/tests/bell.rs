//! What rings, and what does not.

use protocol::card::{Offer, Snooze};

use super::*;

const AGAIN: u64 = 120_000;

fn look(at: Option<u8>) -> Look {
    Look {
        at: at.map(conversation),
        again_ms: AGAIN,
    }
}

fn at(seconds: i64) -> Timestamp {
    Timestamp(NOW.millis() + seconds * 1000)
}

/// A connected inbox with these cards.
fn live(cards: Vec<Card>) -> LiveState {
    let mut state = inbox(cards);
    state.connection_changed(Connection::Live);
    state
}

fn request(n: u8, again: bool) -> Ring {
    Ring::Request {
        conversation: conversation(n),
        handoff: handoff(n),
        again,
    }
}

fn offered(n: u8, version: u64, to: u8) -> Card {
    card(
        n,
        version,
        CardState::Pending {
            handoff: handoff(n),
            trigger: Trigger::Wish,
            waiting_since: Timestamp(0),
            offer: Some(Offer {
                agent: agent(to),
                until: at(60),
            }),
        },
    )
}

/// A chat of mine that I put aside.
fn aside(n: u8, version: u64) -> Card {
    let mut card = active(n, version, 1, None);
    if let CardState::Active { snooze, .. } = &mut card.state {
        *snooze = Some(Snooze {
            until: Some(at(60)),
        });
    }
    card
}

fn change(state: &mut LiveState, card: Card) {
    state.apply(AgentEvent::CardChanged(card), NOW);
}

#[test]
fn a_request_rings_once_then_again_after_a_while_and_stops_when_it_is_taken() {
    let mut state = live(vec![pending(1, 1, 0)]);
    let mut bell = Bell::default();
    assert_eq!(
        vec![request(1, false)],
        bell.listen(&state, look(None), at(0))
    );
    assert!(bell.listen(&state, look(None), at(119)).is_empty());
    assert_eq!(
        vec![request(1, true)],
        bell.listen(&state, look(None), at(120))
    );
    assert!(bell.listen(&state, look(None), at(121)).is_empty());

    change(&mut state, active(1, 2, 2, None));
    assert!(bell.listen(&state, look(None), at(600)).is_empty());
    assert!(bell.rung().is_empty());
    // A colleague gives it back: it is news.
    change(&mut state, pending(1, 3, 0));
    assert_eq!(
        vec![request(1, false)],
        bell.listen(&state, look(None), at(601))
    );
}

#[test]
fn what_rang_on_an_earlier_page_or_in_another_tab_does_not_ring_again() {
    let state = live(vec![pending(1, 1, 0), pending(2, 1, 0)]);
    let mut bell = Bell::of_rung(vec![(handoff(1), at(0))]);
    assert_eq!(
        vec![request(2, false)],
        bell.listen(&state, look(None), at(1))
    );
    assert_eq!(
        vec![request(1, true)],
        bell.listen(&state, look(None), at(120))
    );
}

#[test]
fn only_who_could_take_it_is_called() {
    let ring = |state: &LiveState| Bell::default().listen(state, look(None), at(0)).len();
    assert_eq!(1, ring(&live(vec![offered(1, 1, 1)])), "offered to me");
    assert_eq!(
        0,
        ring(&live(vec![offered(1, 1, 2)])),
        "offered to somebody else"
    );

    let mut declined = pending(1, 1, 0);
    declined.declined_by = vec![agent(1)];
    assert_eq!(0, ring(&live(vec![declined])), "passed on");

    for (availability, accepting, calls) in [
        (Availability::Online, true, 1),
        (Availability::Online, false, 0),
        (Availability::Away, true, 0),
        (Availability::Offline, true, 0),
    ] {
        let mut state = live(vec![pending(1, 1, 0)]);
        state.apply(
            AgentEvent::PresenceChanged {
                agent: agent(1),
                availability,
                chosen: None,
                accepting,
            },
            NOW,
        );
        assert_eq!(calls, ring(&state), "{availability:?}, {accepting}");
    }
    let mut cut = live(vec![pending(1, 1, 0)]);
    cut.connection_changed(Connection::Lost { since: NOW });
    assert_eq!(0, ring(&cut), "a list that may be old");
}

#[test]
fn what_i_give_back_myself_waits_a_while_before_it_calls_me() {
    let mut state = live(vec![active(1, 1, 1, None)]);
    let mut bell = Bell::default();
    assert!(bell.listen(&state, look(None), at(0)).is_empty());
    change(&mut state, pending(1, 2, 0));
    assert!(bell.listen(&state, look(None), at(1)).is_empty());
    assert_eq!(
        vec![request(1, true)],
        bell.listen(&state, look(None), at(121))
    );
}

#[test]
fn words_of_whom_i_hold_tick_unless_i_look_at_them() {
    let says = |n: u8, version, by: u8, at: i64| {
        let mut card = active(n, version, by, Some(at));
        card.last.at = super::bell::at(at);
        card
    };
    let reply = Ring::Reply {
        conversation: conversation(1),
    };
    let mut state = live(vec![says(1, 1, 1, -10), says(2, 1, 2, -10)]);
    let mut bell = Bell::default();
    assert!(bell.listen(&state, look(None), at(0)).is_empty(), "no news");
    change(&mut state, says(1, 2, 1, 20));
    change(&mut state, says(2, 2, 2, 20));
    assert_eq!(vec![reply], bell.listen(&state, look(Some(2)), at(1)));
    assert!(bell.listen(&state, look(Some(2)), at(2)).is_empty(), "once");
    change(&mut state, says(1, 3, 1, 30));
    assert!(bell.listen(&state, look(Some(1)), at(3)).is_empty(), "seen");

    // One that was mine all the time, and whose card only comes now.
    change(&mut state, says(3, 1, 1, 40));
    let reply = Ring::Reply {
        conversation: conversation(3),
    };
    assert_eq!(vec![reply], bell.listen(&state, look(Some(1)), at(41)));
}

#[test]
fn what_i_put_aside_rings_when_it_is_back_unless_i_look_at_it() {
    let mut state = live(vec![aside(1, 1), aside(2, 1)]);
    let mut bell = Bell::default();
    assert!(bell.listen(&state, look(None), at(0)).is_empty());
    for n in [1, 2] {
        change(&mut state, active(n, 2, 1, None));
    }
    let back = Ring::Back {
        conversation: conversation(1),
    };
    assert_eq!(vec![back], bell.listen(&state, look(Some(2)), at(60)));
    assert!(bell.listen(&state, look(None), at(61)).is_empty());
}

#[test]
fn what_was_put_aside_is_known_from_the_start() {
    let mut state = inbox(Vec::new());
    for (snoozed, asked) in [(0, vec![]), (1, vec![Tab::Snoozed])] {
        let AgentEvent::Welcome(mut back) = welcome(Vec::new()) else {
            unreachable!("a welcome");
        };
        back.counts.snoozed = snoozed;
        state.apply(AgentEvent::Welcome(back), NOW);
        let asks = state.take_asks().into_iter();
        let lists = asks.filter_map(|ask| match ask {
            AgentCommand::ListCards { tab, .. } => Some(tab),
            _ => None,
        });
        assert_eq!(asked, lists.collect::<Vec<_>>());
    }
}

#[test]
fn a_mention_rings_once_and_not_where_i_look() {
    let mut state = live(vec![pending(1, 1, 1)]);
    let mut bell = Bell::default();
    bell.listen(&state, look(None), at(0));
    let mention = |seq: u64, seconds: i64| {
        AgentEvent::Mentioned(protocol::mention::Mention {
            conversation: conversation(1),
            seq: Seq(seq),
            by: agent(2),
            at: at(seconds),
        })
    };
    state.apply(mention(2, 1), at(1));
    let ring = Ring::Mention {
        conversation: conversation(1),
        by: agent(2),
    };
    assert!(bell.listen(&state, look(None), at(1)).contains(&ring));
    assert!(!bell.listen(&state, look(None), at(2)).contains(&ring));
    state.apply(mention(3, 3), at(3));
    assert!(!bell.listen(&state, look(Some(1)), at(3)).contains(&ring));
}
