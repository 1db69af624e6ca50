//! An agent steps into a conversation of the AI, unasked.

use domain::entry::Body;
use domain::{Controller, Refusal};
use protocol::entry::{Event, Outcome, Taken, Trigger};
use protocol::person::Availability;

use crate::desk::{ANA, BEN, BUSY, Desk, OFFLINE, Step, UNCLEAR_WISH, agent, conversation};

#[test]
fn whoever_steps_in_holds_the_chat_and_the_ai_falls_silent() {
    let mut desk = Desk::open();
    desk.visitor_says("Are you open on Sunday?");
    let begun = desk.run();

    desk.steps_in(BEN);

    assert_eq!(Controller::Human(agent(BEN)), desk.controller());
    assert_eq!(Trigger::Agent, desk.newest().trigger);
    assert_eq!(1, desk.load(BEN));
    assert_eq!(
        Body::Event(Event::HandoffClaimed {
            handoff: desk.handoff(),
            agent: agent(BEN),
            how: Taken::SteppedIn,
            message: "Ben has joined and reads what was said so far.".to_owned(),
        }),
        desk.last_entry().body
    );
    assert_eq!(Err(Refusal::HandoffOver), desk.ai_answers(begun));
}

#[test]
fn stepping_in_again_is_stepping_in_once() {
    let mut desk = Desk::open();
    desk.visitor_says("Hello?");
    desk.steps_in(BEN);
    assert_eq!(None, desk.steps_in(BEN).seq);
    assert_eq!(1, desk.load(BEN));
    assert!(matches!(
        desk.try_steps_in(ANA),
        Err(Refusal::TakenBy { .. })
    ));
}

#[test]
fn what_is_proposed_pending_or_missed_is_taken_and_no_second_is_made() {
    let ways: [Step; 3] = [
        |desk| {
            desk.visitor_says(UNCLEAR_WISH);
        },
        |desk| {
            desk.visitor_asks();
        },
        |desk| {
            desk.visitor_asks();
            desk.due_comes();
        },
    ];
    for way in ways {
        let mut desk = Desk::open();
        way(&mut desk);
        let (handoff, trigger) = (desk.handoff(), desk.newest().trigger);
        desk.steps_in(ANA);
        assert_eq!((handoff, trigger), (desk.handoff(), desk.newest().trigger));
        assert_eq!(agent(ANA), desk.holding().claim.agent);
        assert_eq!(1, desk.facts.trail.handoffs.len());
    }
}

#[test]
fn stepping_into_a_closed_conversation_opens_it() {
    let mut desk = Desk::open();
    let first = desk.visitor_asks();
    desk.resolves(ANA, Outcome::Closed);
    desk.steps_in(ANA);
    assert_eq!(Controller::Human(agent(ANA)), desk.controller());
    assert_ne!(first, desk.handoff());
    desk.resolves(ANA, Outcome::RestoredToAi);
    assert_eq!(Controller::Ai, desk.controller());
}

#[test]
fn stepping_in_needs_room_and_not_to_be_offline() {
    let mut desk = Desk::open();
    desk.visitor_says("Hello?");
    assert_eq!(Err(Refusal::NotOnline), desk.try_steps_in(OFFLINE));
    desk.steps_in(BUSY);
    desk.conversation = conversation(2);
    desk.visitor_says("Hello?");
    assert_eq!(
        Err(Refusal::ChatLimitReached { held: 1, limit: 1 }),
        desk.try_steps_in(BUSY)
    );
    desk.choose(OFFLINE, Availability::Away);
    desk.steps_in(OFFLINE);
}

#[test]
fn an_agent_may_step_in_where_visitors_cannot_ask() {
    let mut desk = Desk::with(|settings| settings.handoff.enabled = false);
    desk.visitor_says("Hello?");
    desk.steps_in(ANA);
    desk.says(ANA, "Hello, Ana here.");
}
