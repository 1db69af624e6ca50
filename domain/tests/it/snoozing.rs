//! A holder puts a chat aside, and it comes back.

use core::time::Duration;

use domain::Refusal;
use protocol::card::{CardState, Snooze, Tab};
use protocol::entry::Destination;
use protocol::{Timestamp, limits};

use crate::desk::{ANA, BEN, Desk, agent};

const HOUR: Duration = Duration::from_hours(1);

/// A desk where Ana has answered and the visitor has not gone on.
fn answered() -> Desk {
    let mut desk = Desk::open();
    desk.visitor_asks();
    desk.says(ANA, "I will find out.");
    desk
}

fn tab(desk: &Desk) -> Tab {
    desk.conversation().card_state().tab()
}

#[test]
fn a_chat_put_aside_until_a_time_comes_back_then_and_the_visitor_hears_nothing_of_it() {
    let mut desk = answered();
    let told = desk.conversation().last_public_seq;
    let until = desk.now.after(HOUR);
    desk.snoozes(ANA, Some(until));

    assert_eq!(Tab::Snoozed, tab(&desk));
    assert_eq!(1, desk.load(ANA), "it is still hers");
    assert_eq!(until, desk.due_at());
    assert_eq!(vec!["system: woken by Time"], desk.due_comes());
    assert_eq!(until, desk.now);
    assert_eq!(Tab::Active, tab(&desk));
    assert_eq!(told, desk.conversation().last_public_seq);
}

#[test]
fn the_visitors_next_message_brings_it_back_before_its_time() {
    for until in [None, Some(HOUR)] {
        let mut desk = answered();
        let until = until.map(|later| desk.now.after(later));
        desk.snoozes(ANA, until);
        desk.minutes_pass(5);
        desk.visitor_says("Any news?");

        assert_eq!("system: woken by Visitor", desk.last_line());
        let CardState::Active {
            agent: holder,
            snooze,
            unanswered_since,
            ..
        } = desk.conversation().card_state()
        else {
            panic!("it is held");
        };
        assert_eq!((agent(ANA), None), (holder, snooze));
        assert_eq!(Some(desk.now), unanswered_since);
    }
}

#[test]
fn its_holder_takes_it_up_again_by_hand_and_once() {
    let mut desk = answered();
    desk.snoozes(ANA, None);
    let written = desk.wakes(ANA);
    assert_eq!("Ana: woken by Agent", desk.last_line());
    assert!(written.seq.is_some());
    assert_eq!(None, desk.wakes(ANA).seq, "there is nothing to wake");
}

#[test]
fn a_silence_counts_from_when_it_came_back() {
    let mut desk = answered();
    let until = desk.now.after(24 * HOUR);
    desk.snoozes(ANA, Some(until));
    desk.due_comes();

    let warned = desk.now.after(HOUR);
    assert_eq!(warned, desk.due_at(), "an hour after it came back");
}

#[test]
fn while_it_is_put_aside_nobody_is_warned_and_it_goes_back_to_nobody() {
    let mut desk = Desk::open();
    desk.visitor_asks();
    desk.claims(ANA);
    desk.snoozes(ANA, None);
    desk.agent(ANA).presence = domain::agent::Presence::Gone { since: desk.now };
    desk.minutes_pass(24 * 60);
    desk.time_comes();

    assert_eq!(Tab::Snoozed, tab(&desk));
    assert_eq!(None, desk.conversation().due_at);
    assert_eq!(1, desk.load(ANA));
}

#[test]
fn a_reply_leaves_it_aside_and_passing_it_on_does_not() {
    let mut desk = answered();
    desk.snoozes(ANA, None);
    desk.says(ANA, "You hear from me on Monday.");
    assert_eq!(Tab::Snoozed, tab(&desk));

    desk.transfers(ANA, Destination::Agent(agent(BEN)));
    assert_eq!(Tab::Active, tab(&desk));
}

#[test]
fn only_who_holds_it_may_and_only_until_a_time_ahead() {
    let mut desk = answered();
    assert!(matches!(
        desk.try_snoozes(BEN, None),
        Err(Refusal::HeldBy { .. })
    ));
    let days = limits::SNOOZE_DAYS;
    let year = Duration::from_hours(24 * u64::from(days));
    let refused = Err(Refusal::NotAhead { days });
    let too_far = desk.now.after(year + Duration::from_millis(1));
    for never in [desk.now, Timestamp(0), Timestamp(i64::MAX), too_far] {
        assert_eq!(refused, desk.try_snoozes(ANA, Some(never)));
    }
    let farthest = desk.now.after(year);
    desk.snoozes(ANA, Some(farthest));
    let CardState::Active { snooze, .. } = desk.conversation().card_state() else {
        panic!("it is held");
    };
    let until = Some(farthest);
    assert_eq!(Some(Snooze { until }), snooze);
}
