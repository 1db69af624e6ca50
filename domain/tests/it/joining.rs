//! A colleague joins the holder of a handoff.

use domain::{Done, Refusal};
use protocol::entry::{Destination, Outcome};
use protocol::limits;

use crate::desk::{ANA, BEN, Desk, OFFLINE, agent};

/// A desk where Ana has answered.
fn answered() -> Desk {
    let mut desk = Desk::open();
    desk.visitor_asks();
    desk.says(ANA, "I will find out.");
    desk
}

fn participants(desk: &Desk) -> Vec<protocol::AgentId> {
    let handoff = desk.conversation().handoff.as_ref();
    handoff.expect("it was asked for").participants.clone()
}

#[test]
fn who_joined_answers_beside_the_holder_who_holds_it_on() {
    let mut desk = answered();
    let told = desk.conversation().last_public_seq;
    desk.joins(BEN);

    assert_eq!(
        told.next(),
        desk.conversation().last_public_seq,
        "the visitor is told"
    );
    assert_eq!(vec![agent(BEN)], participants(&desk));
    assert_eq!((1, 0), (desk.load(ANA), desk.load(BEN)));
    desk.says(BEN, "I know this one.");
    desk.says(ANA, "Thank you, Ben.");
    assert_eq!(
        Some(agent(ANA)),
        desk.conversation().claim().map(|claim| claim.agent)
    );
}

#[test]
fn joining_is_no_matter_of_the_chat_limit() {
    let mut desk = answered();
    desk.agent(BEN).chat_limit = 0;
    desk.joins(BEN);
    desk.says(BEN, "I know this one.");
}

#[test]
fn only_the_holder_ends_it_or_passes_it_on() {
    let mut desk = answered();
    desk.joins(BEN);
    for refused in [
        desk.try_resolves(BEN, Outcome::Closed),
        desk.try_releases(BEN),
        desk.try_transfers(BEN, Destination::Queue, ""),
    ] {
        let refused = refused.expect_err("Ana holds it");
        assert!(matches!(refused, Refusal::HeldBy { .. }), "{refused:?}");
    }
}

#[test]
fn who_left_may_answer_no_more_and_the_visitor_hears_nothing_of_it() {
    let mut desk = answered();
    desk.joins(BEN);
    let told = desk.conversation().last_public_seq;
    desk.try_parts(BEN).expect("he may leave");

    assert_eq!(told, desk.conversation().last_public_seq);
    let refused = desk.try_says(BEN, "One more thing.").expect_err("he left");
    assert!(matches!(refused, Refusal::HeldBy { .. }), "{refused:?}");
}

#[test]
fn whatever_ends_the_claim_ends_who_joined_it() {
    let ends: [fn(&mut Desk) -> Done; 3] = [
        |desk| desk.releases(ANA),
        |desk| desk.resolves(ANA, Outcome::RestoredToAi),
        |desk| desk.transfers(ANA, Destination::Agent(agent(BEN))),
    ];
    for end in ends {
        let mut desk = answered();
        desk.joins(BEN);
        end(&mut desk);
        assert!(participants(&desk).is_empty(), "{}", desk.last_line());
    }
}

#[test]
fn so_many_may_join_and_no_more() {
    let mut desk = answered();
    let handoff = desk.conversation;
    let found = desk
        .facts
        .conversations
        .get_mut(&handoff)
        .expect("it is there");
    let found = found.handoff.as_mut().expect("it was asked for");
    found.participants = (100..).take(limits::PARTICIPANTS).map(agent).collect();

    let limit = limits::PARTICIPANTS as u32;
    let refused = Err(Refusal::TooManyParticipants { limit });
    assert_eq!(refused, desk.try_joins(OFFLINE));
}
