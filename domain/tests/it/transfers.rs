//! A handoff is passed on to an agent, to a group or to everybody.

use domain::Refusal;
use domain::entry::Body;
use protocol::Timestamp;
use protocol::entry::{Author, Destination, Event, MissedReason, Outcome};
use protocol::person::{Availability, Role};
use protocol::settings::RoutingMode;

use crate::desk::{
    ANA, BEN, BUSY, Desk, FOREIGN, GROUP, OFFLINE, UNASSIGNED, agent, conversation, group,
};

const TO_BEN: u32 = BEN;

fn to(who: u32) -> Destination {
    Destination::Agent(agent(who))
}

/// A desk where Ana holds the conversation.
fn held_by_ana() -> Desk {
    let mut desk = Desk::open();
    desk.visitor_asks();
    desk.seconds_pass(20);
    desk.claims(ANA);
    desk.seconds_pass(20);
    desk
}

#[test]
fn the_holder_passes_it_on_and_the_visitor_reads_who_joins() {
    let mut desk = held_by_ana();
    let (handoff, waiting_since) = (desk.handoff(), desk.newest().waiting_since());
    let epoch = desk.conversation().control_epoch;

    let done = desk
        .try_transfers(ANA, to(TO_BEN), "Speaks Norwegian.")
        .unwrap();

    assert_eq!(
        vec!["Ana: (Speaks Norwegian.)", "Ana: passed on to Ben"],
        desk.timeline()[2..]
    );
    assert_eq!(
        Body::Event(Event::HandoffTransferred {
            handoff,
            by: agent(ANA),
            from: Some(agent(ANA)),
            to: to(BEN),
            message: "Ben has joined and reads what was said so far.".to_owned(),
        }),
        desk.last_entry().body
    );
    assert_eq!(Some(desk.last_entry().seq), done.seq);
    assert!(done.public_seq.is_some());
    let claim = desk.holding().claim;
    assert_eq!(
        (2, agent(BEN), desk.now),
        (claim.number, claim.agent, claim.at)
    );
    assert_eq!((0, 1), (desk.load(ANA), desk.load(BEN)));
    assert_eq!(waiting_since, desk.newest().waiting_since());
    assert!(desk.conversation().control_epoch > epoch);
    let first = desk.facts.trail.claims[&(handoff, 1)];
    assert_eq!(Some(desk.now), first.ended_at);
}

#[test]
fn without_words_there_is_no_note() {
    let mut desk = held_by_ana();
    desk.try_transfers(ANA, to(BEN), " \n").unwrap();
    assert_eq!(3, desk.timeline().len());
}

#[test]
fn a_note_that_is_too_long_stops_it() {
    let mut desk = held_by_ana();
    let refused = desk.try_transfers(ANA, to(BEN), &"x".repeat(4_001));
    assert!(matches!(refused, Err(Refusal::TextTooLong { .. })));
    assert_eq!(agent(ANA), desk.holding().claim.agent);
}

#[test]
fn to_the_queue_it_waits_on_with_the_same_clock() {
    let mut desk = held_by_ana();
    let waiting_since = desk.newest().waiting_since();
    desk.transfers(ANA, Destination::Queue);

    assert_eq!("Ana: passed on to the queue", desk.last_line());
    assert_eq!(waiting_since, desk.newest().waiting_since());
    assert_eq!(desk.now, desk.waiting().since);
    assert_eq!(0, desk.load(ANA));
    // The deadline gives the team its whole time again.
    assert_eq!(Timestamp(desk.now.millis() + 15 * 60_000), desk.due_at());
    desk.claims(BEN);
}

#[test]
fn to_a_group_routing_asks_its_members() {
    let mut desk = held_by_ana();
    desk.set(|settings| settings.routing.mode = RoutingMode::Auto);
    desk.agent(OFFLINE).chosen = Availability::Online;
    desk.agent(OFFLINE).priority = 9;
    desk.transfers(ANA, Destination::Group(group(GROUP)));
    assert_eq!(
        vec!["Ana: passed on to a group", "system: claimed"],
        desk.timeline()[2..]
    );
    assert_eq!(agent(BEN), desk.holding().claim.agent);
}

#[test]
fn a_group_without_members_does_not_exist() {
    let mut desk = held_by_ana();
    assert_eq!(
        Err(Refusal::NotFound),
        desk.try_transfers(ANA, Destination::Group(group(7)), "")
    );
    // A group of another workspace is none here.
    desk.agent(FOREIGN).groups.push(group(7));
    assert_eq!(
        Err(Refusal::NotFound),
        desk.try_transfers(ANA, Destination::Group(group(7)), "")
    );
}

#[test]
fn it_goes_to_nobody_who_cannot_take_it() {
    let mut desk = held_by_ana();
    let name = |name: &str| name.to_owned();
    let refused = |desk: &mut Desk, who| desk.try_transfers(ANA, to(who), "").unwrap_err();

    assert_eq!(
        Refusal::TargetHolds {
            agent: agent(ANA),
            name: name("Ana")
        },
        refused(&mut desk, ANA)
    );
    assert_eq!(
        Refusal::TargetNotAssigned {
            agent: agent(UNASSIGNED),
            name: name("Dan")
        },
        refused(&mut desk, UNASSIGNED)
    );
    assert_eq!(
        Refusal::TargetNotOnline {
            agent: agent(OFFLINE),
            name: name("Eve")
        },
        refused(&mut desk, OFFLINE)
    );
    desk.agent(BUSY).load = 1;
    assert_eq!(
        Refusal::TargetFull {
            agent: agent(BUSY),
            name: name("Finn"),
            held: 1,
            limit: 1
        },
        refused(&mut desk, BUSY)
    );
    assert_eq!(Refusal::NotFound, refused(&mut desk, FOREIGN));
    assert_eq!(Refusal::NotFound, refused(&mut desk, 77));

    desk.leaves(BEN);
    desk.seconds_pass(60);
    assert!(matches!(
        refused(&mut desk, BEN),
        Refusal::TargetNotOnline { .. }
    ));
    desk.choose(OFFLINE, Availability::Away);
    assert!(matches!(
        refused(&mut desk, OFFLINE),
        Refusal::TargetNotOnline { .. }
    ));
}

#[test]
fn who_accepts_no_chats_from_routing_may_be_passed_one_by_hand() {
    let mut desk = held_by_ana();
    desk.agent(BEN).accepting = false;
    desk.transfers(ANA, to(BEN));
    assert_eq!(1, desk.load(BEN));
}

#[test]
fn only_the_holder_and_who_assigns_chats_may() {
    let mut desk = held_by_ana();
    assert_eq!(
        Err(Refusal::HeldBy {
            agent: agent(ANA),
            name: "Ana".to_owned()
        }),
        desk.try_transfers(BEN, to(BUSY), "")
    );
    desk.agent(BEN).role = Role::Supervisor;
    desk.transfers(BEN, to(BUSY));
    assert_eq!(agent(BUSY), desk.holding().claim.agent);
    let Body::Event(Event::HandoffTransferred { by, from, .. }) = &desk.last_entry().body else {
        panic!("it was passed on");
    };
    assert_eq!((agent(BEN), Some(agent(ANA))), (*by, *from));
    assert_eq!(Author::Agent(agent(BEN)), desk.last_entry().author);
    assert_eq!((0, 1), (desk.load(ANA), desk.load(BUSY)));
}

#[test]
fn a_supervisor_takes_over_and_gives_out_what_waits() {
    let mut desk = Desk::open();
    desk.visitor_asks();
    desk.says(BEN, "Hello.");
    desk.transfers(ANA, to(ANA));
    assert_eq!(agent(ANA), desk.holding().claim.agent);
    assert_eq!((1, 0), (desk.load(ANA), desk.load(BEN)));

    desk.conversation = conversation(2);
    desk.visitor_asks();
    assert_eq!(
        Err(Refusal::NotAllowed),
        desk.try_transfers(BEN, to(BEN), "")
    );
    desk.transfers(ANA, to(BEN));
    assert_eq!(agent(BEN), desk.holding().claim.agent);
    let Body::Event(Event::HandoffTransferred { from, .. }) = &desk.last_entry().body else {
        panic!("it was passed on");
    };
    assert_eq!(None, *from);
}

#[test]
fn who_takes_over_themselves_needs_room_and_not_to_be_offline() {
    let mut desk = Desk::open();
    desk.visitor_asks();
    desk.claims(BEN);
    desk.agent(ANA).load = 5;
    assert_eq!(
        Err(Refusal::ChatLimitReached { held: 5, limit: 5 }),
        desk.try_transfers(ANA, to(ANA), "")
    );
    desk.agent(ANA).load = 0;
    desk.choose(ANA, Availability::Offline);
    assert_eq!(
        Err(Refusal::NotOnline),
        desk.try_transfers(ANA, to(ANA), "")
    );
    desk.choose(ANA, Availability::Away);
    desk.transfers(ANA, to(ANA));
}

#[test]
fn a_supervisor_gives_out_what_is_offered_to_somebody_else() {
    let mut desk = Desk::with(|settings| settings.routing.mode = RoutingMode::Offer);
    desk.agent(BEN).priority = 1;
    desk.visitor_asks();
    assert_eq!(Some(agent(BEN)), desk.offered_to());
    desk.transfers(ANA, to(BUSY));
    assert_eq!(agent(BUSY), desk.holding().claim.agent);
}

#[test]
fn sent_to_the_queue_on_purpose_everybody_is_asked_again() {
    let mut desk = Desk::with(|settings| settings.routing.mode = RoutingMode::Offer);
    desk.only_there(&[ANA, BEN]);
    desk.visitor_asks();
    desk.rejects(ANA);
    desk.rejects(BEN);
    assert_eq!(None, desk.offer());
    desk.transfers(ANA, Destination::Queue);
    assert!(desk.offer().is_some());
}

#[test]
fn what_was_missed_may_wait_again_with_its_lead() {
    let mut desk = Desk::open();
    desk.visitor_asks();
    desk.due_comes();
    let (lead, waiting_since) = (desk.lead().id, desk.newest().waiting_since());
    assert_eq!(
        Err(Refusal::NotAllowed),
        desk.try_transfers(BEN, Destination::Queue, "")
    );
    desk.transfers(ANA, Destination::Queue);
    assert_eq!(waiting_since, desk.newest().waiting_since());
    assert_eq!(vec!["system: missed for Timeout"], desk.due_comes());
    assert_eq!(lead, desk.lead().id, "it is the same lead");
}

#[test]
fn passed_on_to_a_queue_where_nobody_is_it_is_missed_at_once() {
    let mut desk = held_by_ana();
    desk.only_there(&[]);
    desk.transfers(ANA, Destination::Queue);
    assert_eq!(
        vec!["Ana: passed on to the queue", "system: missed for NoAgent"],
        desk.timeline()[2..]
    );
    assert_eq!(Some(MissedReason::NoAgent), desk.missed_for());
    assert_eq!(0, desk.load(ANA));
}

#[test]
fn what_is_over_or_only_proposed_cannot_be_passed_on() {
    let mut desk = held_by_ana();
    desk.resolves(ANA, Outcome::Closed);
    assert_eq!(
        Err(Refusal::HandoffOver),
        desk.try_transfers(ANA, to(BEN), "")
    );
    desk.visitor_says(crate::desk::UNCLEAR_WISH);
    assert_eq!(
        Err(Refusal::HandoffOver),
        desk.try_transfers(ANA, to(BEN), "")
    );
}
