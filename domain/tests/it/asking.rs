//! How a visitor asks for a person, waits, and goes on with the AI.

use domain::entry::Body;
use domain::facts::RunState;
use domain::settings::defaults;
use domain::{Controller, Refusal};
use protocol::card::CardState;
use protocol::entry::{Author, Event, Outcome, Trigger};
use protocol::settings::WhileWaiting;

use crate::desk::{ANA, CHATBOT, Desk, OTHER_CHATBOT, WISH};

#[test]
fn the_first_message_opens_the_conversation_and_asks_the_ai() {
    let mut desk = Desk::open();

    desk.visitor_says("Are you open on Sunday?");

    assert_eq!(Controller::Ai, desk.controller());
    assert_eq!(desk.conversation().last_seq, desk.run().question);
    assert!(desk.facts.trail.opened.contains(&desk.conversation));
    let (_, _, state) = desk.facts.trail.runs[&desk.run().id];
    assert_eq!(RunState::Open, state);
}

#[test]
fn the_button_begins_a_handoff_and_tells_the_visitor_so() {
    let mut desk = Desk::open();
    desk.visitor_says("Are you open on Sunday?");
    desk.seconds_pass(5);

    let handoff = desk.visitor_asks();

    assert_eq!(Controller::Waiting, desk.controller());
    assert_eq!(
        CardState::Pending {
            handoff,
            trigger: Trigger::Button,
            waiting_since: desk.now,
            offer: None,
        },
        desk.conversation().card_state()
    );
    assert_eq!(
        Body::Event(Event::HandoffRequested {
            handoff,
            trigger: Trigger::Button,
            reason: String::new(),
            message: defaults().messages.texts.handover,
        }),
        desk.entries()[1].body
    );
}

#[test]
fn the_button_works_before_a_word_was_said() {
    let mut desk = Desk::open();
    desk.visitor_asks();
    assert_eq!(vec!["visitor: requested by Button"], desk.timeline());
}

#[test]
fn asking_twice_is_asking_once() {
    let mut desk = Desk::open();
    let first = desk.visitor_asks();
    let second = desk.visitor_asks();
    desk.claims(ANA);
    let third = desk.visitor_asks();

    assert_eq!((first, first), (second, third));
    assert_eq!(
        vec!["visitor: requested by Button", "Ana: claimed"],
        desk.timeline()
    );
}

#[test]
fn words_that_wish_for_a_person_begin_a_handoff() {
    let mut desk = Desk::open();
    desk.visitor_says("Are you open on Sunday?");
    let asked = desk.run();

    let done = desk.visitor_says(WISH);

    assert_eq!(
        vec![
            "visitor: Are you open on Sunday?".to_owned(),
            format!("visitor: {WISH}"),
            "visitor: requested by Wish".to_owned(),
        ],
        desk.timeline()
    );
    assert_eq!(Controller::Waiting, desk.controller());
    assert_eq!(None, desk.conversation().run);
    assert_eq!(RunState::Void, desk.facts.trail.runs[&asked.id].2);
    // The visitor's own words are what was asked to be written.
    assert_eq!(Some(desk.entries()[1].seq), done.seq);
    assert_eq!(desk.entries()[1].public_seq, done.public_seq);
}

#[test]
fn words_that_wish_for_a_person_change_nothing_while_one_is_asked_for_or_there() {
    let mut desk = Desk::open();
    let handoff = desk.visitor_asks();
    desk.visitor_says(WISH);
    desk.claims(ANA);
    desk.visitor_says(WISH);

    assert_eq!(handoff, desk.handoff());
    assert_eq!(1, desk.facts.trail.handoffs.len());
}

#[test]
fn a_waiting_visitor_writes_on_and_the_ai_stays_silent() {
    let mut desk = Desk::with(|settings| {
        settings.handoff.while_waiting = WhileWaiting::Silent;
    });
    desk.visitor_asks();
    desk.visitor_says("I am in a hurry.");

    assert_eq!(Controller::Waiting, desk.controller());
    assert_eq!(None, desk.conversation().run);
    assert_eq!(1, desk.conversation().unread);
    assert_eq!("visitor: I am in a hurry.", desk.last_line());
}

#[test]
fn who_goes_on_with_the_ai_waits_no_longer() {
    let mut desk = Desk::open();
    desk.visitor_says("Are you open on Sunday?");
    let handoff = desk.visitor_asks();

    desk.visitor_cancels();

    assert_eq!(Controller::Ai, desk.controller());
    assert_eq!(CardState::Assistant, desk.conversation().card_state());
    assert_eq!(0, desk.conversation().unread);
    assert_eq!(None, desk.conversation().unanswered_since);
    assert_eq!(
        Body::Event(Event::HandoffCancelled {
            handoff,
            by: Author::Visitor,
            message: String::new(),
        }),
        desk.entries()[2].body
    );

    desk.visitor_says("And on Monday?");
    let run = desk.run();
    desk.ai_answers(run).unwrap();
}

#[test]
fn there_is_nothing_to_cancel_once_somebody_is_there() {
    let mut desk = Desk::open();
    desk.visitor_asks();
    desk.claims(ANA);
    assert_eq!(Err(Refusal::NotWaiting), desk.try_visitor_cancels());
}

#[test]
fn a_handoff_after_another_is_a_new_one_with_a_new_clock() {
    let mut desk = Desk::open();
    let first = desk.visitor_asks();
    desk.seconds_pass(60);
    desk.resolves(ANA, Outcome::RestoredToAi);
    desk.seconds_pass(60);

    let second = desk.visitor_asks();

    assert_ne!(first, second);
    assert_eq!(
        CardState::Pending {
            handoff: second,
            trigger: Trigger::Button,
            waiting_since: desk.now,
            offer: None,
        },
        desk.conversation().card_state()
    );
}

#[test]
fn each_chatbot_hands_over_in_its_own_words() {
    let mut desk = Desk::open();
    for (number, words) in [(CHATBOT, "Wait for sales."), (OTHER_CHATBOT, "No.")] {
        desk.set_of(number, |settings| {
            settings.messages.texts.handover = words.to_owned();
        });
    }
    let handoff = desk.visitor_asks();
    assert_eq!(
        Body::Event(Event::HandoffRequested {
            handoff,
            trigger: Trigger::Button,
            reason: String::new(),
            message: "Wait for sales.".to_owned(),
        }),
        desk.entries()[0].body
    );
}
