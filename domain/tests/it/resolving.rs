//! How a handoff ends, and what comes after.

use domain::entry::Body;
use domain::facts::ClaimSpan;
use domain::settings::defaults;
use domain::{Controller, Refusal};
use protocol::card::CardState;
use protocol::entry::{Event, Outcome, Trigger};

use crate::desk::{ANA, BEN, BUSY, Desk, WISH, agent, conversation};

#[test]
fn restoring_gives_control_back_to_the_ai_and_tells_the_visitor() {
    let mut desk = Desk::open();
    let handoff = desk.visitor_asks();
    desk.claims(ANA);
    desk.seconds_pass(10);

    desk.resolves(ANA, Outcome::RestoredToAi);

    assert_eq!(Controller::Ai, desk.controller());
    assert_eq!(0, desk.load(ANA));
    assert_eq!(
        CardState::Resolved {
            handoff,
            agent: agent(ANA),
            outcome: Outcome::RestoredToAi,
            at: desk.now,
        },
        desk.conversation().card_state()
    );
    assert_eq!(
        Body::Event(Event::HandoffResolved {
            handoff,
            agent: agent(ANA),
            outcome: Outcome::RestoredToAi,
            message: defaults().messages.texts.restored,
        }),
        desk.entries()[2].body
    );
}

#[test]
fn the_ai_answers_again_after_it_was_restored() {
    let mut desk = Desk::open();
    desk.visitor_asks();
    desk.resolves(ANA, Outcome::RestoredToAi);

    desk.visitor_says("And on Monday?");
    let run = desk.run();
    desk.ai_answers(run).unwrap();

    assert_eq!(
        Some("ai: It **is**."),
        desk.timeline().last().map(String::as_str)
    );
}

#[test]
fn the_ai_knows_nothing_from_before_it_was_restored() {
    let mut desk = Desk::open();
    desk.visitor_says(WISH);
    desk.claims(ANA);
    let resolved = desk.resolves(ANA, Outcome::RestoredToAi).seq.unwrap();

    assert_eq!(resolved.next(), desk.conversation().ai_from);

    // The old wish must not ask again, and what is written now is within what the AI may know.
    let asked = desk.visitor_says("And on Monday?").seq.unwrap();
    assert_eq!(Controller::Ai, desk.controller());
    assert!(desk.conversation().ai_from <= asked);
}

#[test]
fn closing_ends_the_conversation_with_the_closing_message() {
    let mut desk = Desk::open();
    let handoff = desk.visitor_asks();
    desk.claims(ANA);

    desk.resolves(ANA, Outcome::Closed);

    assert_eq!(Controller::Closed, desk.controller());
    assert_eq!(
        Body::Event(Event::HandoffResolved {
            handoff,
            agent: agent(ANA),
            outcome: Outcome::Closed,
            message: defaults().messages.texts.closing,
        }),
        desk.entries()[2].body
    );
}

#[test]
fn writing_in_a_closed_conversation_opens_it_with_the_ai() {
    let mut desk = Desk::open();
    desk.visitor_asks();
    desk.resolves(ANA, Outcome::Closed);

    desk.visitor_says("One more thing.");

    assert_eq!(Controller::Ai, desk.controller());
    let run = desk.run();
    desk.ai_answers(run).unwrap();
}

#[test]
fn a_wish_in_a_closed_conversation_goes_straight_to_the_team() {
    let mut desk = Desk::open();
    desk.visitor_asks();
    desk.resolves(ANA, Outcome::Closed);

    desk.visitor_says(WISH);

    assert_eq!(Controller::Waiting, desk.controller());
    let CardState::Pending { trigger, .. } = desk.conversation().card_state() else {
        panic!("it is pending");
    };
    assert_eq!(Trigger::Wish, trigger);
}

#[test]
fn the_button_in_a_closed_conversation_opens_it_and_asks() {
    let mut desk = Desk::open();
    desk.visitor_asks();
    desk.resolves(ANA, Outcome::Closed);
    desk.visitor_asks();
    assert_eq!(Controller::Waiting, desk.controller());
    desk.visitor_cancels();
    assert_eq!(Controller::Ai, desk.controller());
}

#[test]
fn resolving_a_waiting_handoff_claims_it_first_so_that_it_is_known_who_ended_it() {
    let mut desk = Desk::open();
    let handoff = desk.visitor_asks();

    let done = desk.resolves(BEN, Outcome::Closed);

    assert_eq!(
        vec![
            "visitor: requested by Button",
            "Ben: claimed",
            "Ben: resolved as Closed"
        ],
        desk.timeline()
    );
    assert_eq!(Some(desk.conversation().last_seq), done.seq);
    assert_eq!(0, desk.load(BEN));
    let span: ClaimSpan = desk.facts.trail.claims[&(handoff, 1)];
    assert_eq!(
        (agent(BEN), Some(desk.now)),
        (span.claim.agent, span.ended_at)
    );
}

#[test]
fn resolving_a_waiting_handoff_needs_room_like_any_claim() {
    let mut desk = Desk::open();
    desk.visitor_asks();
    desk.claims(BUSY);
    desk.conversation = conversation(2);
    desk.visitor_asks();

    assert_eq!(
        Err(Refusal::ChatLimitReached { held: 1, limit: 1 }),
        desk.try_resolves(BUSY, Outcome::Closed)
    );
}

#[test]
fn only_the_holder_may_resolve() {
    let mut desk = Desk::open();
    desk.visitor_asks();
    desk.claims(ANA);

    assert_eq!(
        Err(Refusal::HeldBy {
            agent: agent(ANA),
            name: "Ana".to_owned(),
        }),
        desk.try_resolves(BEN, Outcome::Closed)
    );
    assert_eq!(1, desk.load(ANA));
}

#[test]
fn a_handoff_ends_once() {
    let mut desk = Desk::open();
    desk.visitor_asks();
    desk.claims(ANA);
    desk.resolves(ANA, Outcome::RestoredToAi);

    assert_eq!(
        Err(Refusal::HandoffOver),
        desk.try_resolves(ANA, Outcome::Closed)
    );
    assert_eq!(Err(Refusal::HandoffOver), desk.try_releases(ANA));
    assert_eq!(0, desk.load(ANA));
}

#[test]
fn nothing_is_unread_or_unanswered_after_the_end() {
    for outcome in [Outcome::RestoredToAi, Outcome::Closed] {
        let mut desk = Desk::open();
        desk.visitor_says("Hello?");
        desk.visitor_asks();
        desk.claims(ANA);
        desk.visitor_says("Hello??");

        desk.resolves(ANA, outcome);

        assert_eq!(0, desk.conversation().unread);
        assert_eq!(None, desk.conversation().unanswered_since);
    }
}
