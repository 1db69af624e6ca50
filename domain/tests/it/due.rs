//! A silent visitor is warned and the chat closed; each at the exact millisecond, and once.

use domain::Controller;
use domain::entry::Body;
use protocol::Timestamp;
use protocol::entry::{Author, Destination, Event, Outcome};

use crate::desk::{ANA, BEN, Desk, Step, agent, conversation};

/// A desk where Ana has answered and the visitor has not gone on.
fn answered() -> Desk {
    let mut desk = Desk::open();
    desk.visitor_asks();
    desk.says(ANA, "Hello, Ana here.");
    desk
}

fn in_minutes(desk: &Desk, minutes: i64) -> Timestamp {
    Timestamp(desk.now.millis() + minutes * 60_000)
}

#[test]
fn a_silent_visitor_is_warned_and_then_the_chat_is_closed() {
    let mut desk = answered();
    let handoff = desk.handoff();
    assert_eq!(in_minutes(&desk, 60), desk.due_at());

    assert_eq!(vec!["system: idle warned"], desk.due_comes());
    assert_eq!(
        Body::Event(Event::IdleWarned {
            handoff,
            message: domain::settings::defaults().messages.texts.idle_warning,
        }),
        desk.last_entry().body
    );
    assert_eq!(in_minutes(&desk, 10), desk.due_at());
    assert_eq!(1, desk.load(ANA));

    assert_eq!(vec!["system: resolved as AutoClosed"], desk.due_comes());
    assert_eq!(Controller::Closed, desk.controller());
    assert_eq!(0, desk.load(ANA));
    assert_eq!(None, desk.conversation().due_at);
    let Body::Event(Event::HandoffResolved {
        outcome, message, ..
    }) = &desk.last_entry().body
    else {
        panic!("it is closed");
    };
    assert_eq!(
        (
            Outcome::AutoClosed,
            &domain::settings::defaults().messages.texts.closing
        ),
        (*outcome, message)
    );
    assert_eq!(Author::System, desk.last_entry().author);
    assert_eq!(
        desk.conversation().last_seq.next(),
        desk.conversation().ai_from
    );

    desk.visitor_says("One more thing.");
    assert_eq!(Controller::Ai, desk.controller());
}

#[test]
fn a_word_of_either_side_begins_the_wait_anew() {
    let words: [Step; 2] = [
        |desk| {
            desk.says(ANA, "Still there?");
        },
        |desk| {
            desk.visitor_says("Yes.");
            desk.says(ANA, "Good.");
        },
    ];
    for word in words {
        let mut desk = answered();
        desk.minutes_pass(59);
        word(&mut desk);
        assert_eq!(in_minutes(&desk, 60), desk.due_at());
        // Also after the warning.
        desk.due_comes();
        desk.minutes_pass(9);
        word(&mut desk);
        assert_eq!(in_minutes(&desk, 60), desk.due_at());
    }
}

#[test]
fn nobody_is_warned_who_waits_for_an_answer() {
    let mut desk = answered();
    desk.visitor_says("One question.");
    assert_eq!(None, desk.conversation().due_at);
    desk.minutes_pass(7 * 24 * 60);
    desk.time_comes();
    assert_eq!("visitor: One question.", desk.last_line());
}

#[test]
fn a_note_is_no_word_to_the_visitor() {
    let mut desk = answered();
    let due_at = desk.due_at();
    desk.minutes_pass(30);
    desk.notes(ANA, "Seems to be gone.");
    assert_eq!(due_at, desk.due_at());
}

#[test]
fn who_takes_over_gives_the_visitor_the_whole_time_again() {
    let mut desk = answered();
    desk.due_comes();
    desk.transfers(ANA, Destination::Agent(agent(BEN)));
    // It is Ben who owes an answer: nobody closes the chat for the visitor.
    assert_eq!(None, desk.conversation().due_at);
    desk.says(BEN, "Hello, Ben here.");
    assert_eq!(in_minutes(&desk, 60), desk.due_at());
}

#[test]
fn the_times_are_what_is_set_and_off_is_never() {
    let mut desk = Desk::with(|settings| {
        settings.idle.warn_minutes = 5;
        settings.idle.close_minutes = 2;
    });
    desk.visitor_asks();
    desk.says(ANA, "Hello.");
    assert_eq!(in_minutes(&desk, 5), desk.due_at());
    desk.due_comes();
    assert_eq!(in_minutes(&desk, 2), desk.due_at());

    let mut off = Desk::with(|settings| settings.idle.enabled = false);
    off.visitor_asks();
    off.says(ANA, "Hello.");
    assert_eq!(None, off.conversation().due_at);
}

#[test]
fn a_setting_that_changed_meanwhile_is_looked_at_when_the_time_comes() {
    let mut desk = answered();
    let due_at = desk.due_at();
    desk.set(|settings| settings.idle.warn_minutes = 120);
    desk.now = due_at;
    desk.time_comes();
    assert_eq!("Ana: Hello, Ana here.", desk.last_line());
    assert_eq!(Timestamp(due_at.millis() + 60 * 60_000), desk.due_at());
}

#[test]
fn time_that_comes_again_changes_nothing_but_the_version() {
    let mut desk = answered();
    desk.due_comes();
    let before = desk.conversation().clone();
    let done = desk.time_comes();
    let mut after = desk.conversation().clone();
    assert_eq!(None, done.seq);
    assert_eq!(before.version + 1, after.version);
    after.version = before.version;
    assert_eq!(before, after);
}

#[test]
fn a_conversation_that_is_not_there_has_no_time() {
    let mut desk = Desk::open();
    desk.conversation = conversation(9);
    let command = domain::Command::TimeComes {
        conversation: desk.conversation,
        visitor_connected: true,
        fresh: desk.fresh(),
    };
    assert_eq!(Err(domain::Refusal::NotFound), desk.decide(&command));
}

#[test]
fn what_is_due_is_not_forgotten_where_the_chatbot_was_not_loaded() {
    let mut desk = answered();
    let due_at = desk.due_at();
    desk.facts.chatbots.clear();
    desk.visitor_reads(1);
    assert_eq!(Some(due_at), desk.conversation().due_at);
}
