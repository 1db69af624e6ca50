//! What was read, by whom, and since when the visitor waits for a reply.

use protocol::PublicSeq;
use protocol::card::{CardState, LastLine};
use protocol::entry::{Author, Outcome};

use crate::desk::{ANA, BEN, Desk, agent};

/// A desk where Ana holds the conversation and the visitor has written twice since.
fn two_unread() -> Desk {
    let mut desk = Desk::open();
    desk.visitor_asks();
    desk.says(ANA, "Hello.");
    desk.visitor_says("I have a question.");
    desk.seconds_pass(10);
    desk.visitor_says("Are you there?");
    desk
}

#[test]
fn the_visitors_messages_are_unread_until_the_holder_has_seen_the_last() {
    let mut desk = two_unread();
    assert_eq!(2, desk.conversation().unread);

    desk.reads(ANA, 4);
    assert_eq!(2, desk.conversation().unread, "the last one is entry 5");

    desk.reads(ANA, 5);
    assert_eq!(0, desk.conversation().unread);
    assert_eq!(PublicSeq(5), desk.conversation().read_by_team);
    assert!(desk.facts.trail.changes.last().unwrap().read_by_team);
}

#[test]
fn a_colleague_who_looks_in_does_not_make_it_look_read() {
    let mut desk = two_unread();
    let version = desk.conversation().version;
    desk.reads(BEN, 5);
    assert_eq!(2, desk.conversation().unread);
    assert_eq!(version, desk.conversation().version);
}

#[test]
fn nobody_reads_for_the_team_while_the_visitor_waits() {
    let mut desk = Desk::open();
    desk.visitor_asks();
    desk.visitor_says("Hello?");
    desk.reads(ANA, 2);
    assert_eq!(1, desk.conversation().unread);
}

#[test]
fn reading_again_changes_nothing() {
    let mut desk = two_unread();
    desk.reads(ANA, 5);
    let version = desk.conversation().version;
    desk.reads(ANA, 5);
    desk.reads(ANA, 500);
    assert_eq!(version, desk.conversation().version);
}

#[test]
fn whoever_replies_has_read_what_was_said() {
    let mut desk = two_unread();
    desk.says(ANA, "Yes, go on.");
    assert_eq!(0, desk.conversation().unread);
    assert_eq!(PublicSeq(5), desk.conversation().read_by_team);
}

#[test]
fn a_message_that_comes_after_the_reading_is_unread() {
    let mut desk = two_unread();
    desk.reads(ANA, 5);
    desk.visitor_says("Still there?");
    assert_eq!(1, desk.conversation().unread);
    assert_eq!(PublicSeq(5), desk.conversation().read_by_team);
}

#[test]
fn the_visitor_waits_for_a_reply_since_the_first_message_that_has_none() {
    let mut desk = Desk::open();
    desk.visitor_asks();
    desk.says(ANA, "Hello.");
    let CardState::Active {
        unanswered_since, ..
    } = desk.conversation().card_state()
    else {
        panic!("it is active");
    };
    assert_eq!(None, unanswered_since);

    desk.seconds_pass(10);
    let first = desk.now;
    desk.visitor_says("I have a question.");
    desk.seconds_pass(10);
    desk.visitor_says("Are you there?");
    desk.notes(ANA, "Looking it up.");
    desk.reads(ANA, 6);
    assert_eq!(Some(first), desk.conversation().unanswered_since);

    desk.says(ANA, "Yes, go on.");
    assert_eq!(None, desk.conversation().unanswered_since);
}

#[test]
fn a_request_waits_for_a_reply_from_its_own_time_not_from_an_older_one() {
    let mut desk = Desk::open();
    desk.visitor_asks();
    desk.seconds_pass(60);
    desk.visitor_cancels();
    desk.seconds_pass(60);

    desk.visitor_asks();

    assert_eq!(Some(desk.now), desk.conversation().unanswered_since);
}

#[test]
fn a_release_keeps_what_is_unread_and_since_when() {
    let mut desk = two_unread();
    let unanswered_since = desk.conversation().unanswered_since;
    desk.releases(ANA);
    assert_eq!(2, desk.conversation().unread);
    desk.claims(BEN);
    assert_eq!(2, desk.conversation().unread);
    assert_eq!(unanswered_since, desk.conversation().unanswered_since);
    desk.reads(BEN, 100);
    assert_eq!(0, desk.conversation().unread);
}

#[test]
fn the_visitor_reads_up_to_what_there_is_and_never_back() {
    let mut desk = two_unread();
    desk.visitor_reads(3);
    assert_eq!(PublicSeq(3), desk.conversation().read_by_visitor);
    assert!(desk.facts.trail.changes.last().unwrap().read_by_visitor);

    let version = desk.conversation().version;
    desk.visitor_reads(2);
    assert_eq!(PublicSeq(3), desk.conversation().read_by_visitor);
    assert_eq!(version, desk.conversation().version);

    desk.visitor_reads(1_000_000);
    assert_eq!(PublicSeq(5), desk.conversation().read_by_visitor);
}

#[test]
fn the_last_line_is_the_newest_message_and_neither_a_note_nor_an_event() {
    let mut desk = two_unread();
    let said_at = desk.now;
    desk.seconds_pass(5);
    desk.notes(ANA, "A regular.");
    desk.resolves(ANA, Outcome::RestoredToAi);

    assert_eq!(
        Some(LastLine {
            author: Author::Visitor,
            text: "Are you there?".to_owned(),
            at: said_at,
            files: Default::default(),
        }),
        desk.conversation().last
    );

    desk.visitor_asks();
    desk.says(BEN, "Hello again.");
    assert_eq!(
        Some(Author::Agent(agent(BEN))),
        desk.conversation().last.as_ref().map(|last| last.author)
    );
}
