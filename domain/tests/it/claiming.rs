//! Who gets a handoff, and who hears about it.

use domain::{Controller, Refusal};
use protocol::card::CardState;
use protocol::entry::{Outcome, Trigger};
use protocol::person::Availability;
use protocol::{Seq, Timestamp};

use crate::desk::{ANA, BEN, BUSY, Desk, OFFLINE, agent, conversation, handoff};

#[test]
fn the_first_to_claim_wins_and_the_second_reads_who_did_and_when() {
    let mut desk = Desk::open();
    let handoff = desk.visitor_asks();
    let requested_at = desk.now;
    desk.seconds_pass(9);
    desk.claims(ANA);
    let claimed_at = desk.now;
    desk.seconds_pass(2);

    assert_eq!(
        Err(Refusal::TakenBy {
            agent: agent(ANA),
            name: "Ana".to_owned(),
            at: claimed_at,
        }),
        desk.try_claims(BEN, handoff)
    );
    assert_eq!(
        CardState::Active {
            handoff,
            agent: agent(ANA),
            claimed_at,
            unanswered_since: Some(requested_at),
            snooze: None,
        },
        desk.conversation().card_state()
    );
    assert_eq!((1, 0), (desk.load(ANA), desk.load(BEN)));
}

#[test]
fn the_winner_who_claims_again_is_told_that_it_is_done_and_holds_it_once() {
    let mut desk = Desk::open();
    let handoff = desk.visitor_asks();
    desk.claims(ANA);

    let again = desk.try_claims(ANA, handoff).unwrap();

    assert_eq!(None, again.seq);
    assert_eq!(1, desk.load(ANA));
    assert_eq!(
        vec!["visitor: requested by Button", "Ana: claimed"],
        desk.timeline()
    );
}

#[test]
fn a_claim_of_an_older_handoff_is_over_even_for_the_one_who_holds_the_newer() {
    let mut desk = Desk::open();
    let older = desk.visitor_asks();
    desk.visitor_cancels();
    desk.visitor_asks();
    desk.claims(ANA);

    assert_eq!(
        [Err(Refusal::HandoffOver), Err(Refusal::HandoffOver)],
        [desk.try_claims(ANA, older), desk.try_claims(BEN, older)]
    );
}

#[test]
fn a_claim_of_an_older_handoff_does_not_take_the_newer_one() {
    let mut desk = Desk::open();
    let older = desk.visitor_asks();
    desk.visitor_cancels();
    desk.visitor_asks();

    assert_eq!(Err(Refusal::HandoffOver), desk.try_claims(BEN, older));
    assert_eq!(Err(Refusal::HandoffOver), desk.try_claims(BEN, handoff(77)));
    assert_eq!(Controller::Waiting, desk.controller());
}

#[test]
fn a_reply_to_a_waiting_visitor_claims_first() {
    let mut desk = Desk::open();
    desk.visitor_asks();

    let done = desk.says(BEN, "Hello, Ben here.");

    assert_eq!(
        vec![
            "visitor: requested by Button",
            "Ben: claimed",
            "Ben: Hello, Ben here."
        ],
        desk.timeline()
    );
    assert_eq!(Some(Seq(3)), done.seq);
    assert_eq!(Controller::Human(agent(BEN)), desk.controller());
    assert_eq!(1, desk.load(BEN));
}

#[test]
fn a_reply_that_comes_second_is_refused_with_the_holder_and_not_sent() {
    let mut desk = Desk::open();
    desk.visitor_asks();
    desk.says(BEN, "Hello, Ben here.");

    assert_eq!(
        Err(Refusal::HeldBy {
            agent: agent(BEN),
            name: "Ben".to_owned(),
        }),
        desk.try_says(ANA, "Hello, Ana here.")
    );
}

#[test]
fn a_reply_that_must_not_claim_leaves_the_visitor_waiting() {
    let mut desk = Desk::open();
    desk.visitor_asks();

    assert_eq!(
        Err(Refusal::NotOnline),
        desk.try_says(OFFLINE, "Just a moment.")
    );
    assert_eq!(Controller::Waiting, desk.controller());
    assert_eq!(0, desk.load(OFFLINE));
}

#[test]
fn an_agent_at_the_limit_takes_no_more_until_a_chat_ends() {
    let mut desk = Desk::open();
    desk.visitor_asks();
    desk.claims(BUSY);
    desk.conversation = conversation(2);
    let second = desk.visitor_asks();

    assert_eq!(
        Err(Refusal::ChatLimitReached { held: 1, limit: 1 }),
        desk.try_claims(BUSY, second)
    );

    desk.conversation = conversation(1);
    desk.resolves(BUSY, Outcome::Closed);
    desk.conversation = conversation(2);
    desk.claims(BUSY);
    assert_eq!(1, desk.load(BUSY));
}

#[test]
fn an_away_agent_may_claim_and_an_offline_one_may_not() {
    let mut desk = Desk::open();
    let handoff = desk.visitor_asks();

    assert_eq!(Err(Refusal::NotOnline), desk.try_claims(OFFLINE, handoff));
    desk.choose(OFFLINE, Availability::Away);
    desk.claims(OFFLINE);
}

#[test]
fn a_release_gives_the_chat_back_with_the_same_clock() {
    let mut desk = Desk::open();
    let handoff = desk.visitor_asks();
    let waiting_since = desk.now;
    desk.seconds_pass(30);
    desk.claims(ANA);
    desk.seconds_pass(30);

    desk.releases(ANA);

    assert_eq!(
        CardState::Pending {
            handoff,
            trigger: Trigger::Button,
            waiting_since,
            offer: None,
        },
        desk.conversation().card_state()
    );
    assert_eq!(0, desk.load(ANA));

    desk.claims(BEN);
    let claims: Vec<_> = desk.facts.trail.claims.values().collect();
    assert_eq!(2, claims.len());
    assert_eq!(
        [
            (1, agent(ANA), Some(Timestamp(waiting_since.0 + 60_000))),
            (2, agent(BEN), None)
        ],
        [claims[0], claims[1]].map(|span| (span.claim.number, span.claim.agent, span.ended_at))
    );
}

#[test]
fn only_the_holder_may_release() {
    let mut desk = Desk::open();
    desk.visitor_asks();
    desk.claims(ANA);

    assert_eq!(
        Err(Refusal::HeldBy {
            agent: agent(ANA),
            name: "Ana".to_owned(),
        }),
        desk.try_releases(BEN)
    );
}

#[test]
fn a_holder_whose_name_was_not_loaded_is_a_colleague() {
    let mut desk = Desk::open();
    let handoff = desk.visitor_asks();
    desk.claims(ANA);
    desk.facts.agents.remove(&agent(ANA));

    assert_eq!(
        Err(Refusal::TakenBy {
            agent: agent(ANA),
            name: "A colleague".to_owned(),
            at: desk.now,
        }),
        desk.try_claims(BEN, handoff)
    );
}
