//! One agent at a time is asked: accepting, passing on, letting it expire.

use domain::Refusal;
use domain::agent::{Assigned, Presence};
use domain::entry::Body;
use domain::handoff::HandoffState;
use protocol::Timestamp;
use protocol::card::{CardState, Offer};
use protocol::entry::{Event, MissedReason, Outcome, Passed};
use protocol::person::Availability;
use protocol::settings::{OnDeadline, RoutingMode};

use crate::desk::{ANA, BEN, BUSY, Desk, OFFLINE, Step, agent, conversation};

/// Ana is asked first, then Ben; nobody else is there.
fn desk() -> Desk {
    let mut desk = Desk::with(|settings| settings.routing.mode = RoutingMode::Offer);
    desk.only_there(&[ANA, BEN]);
    desk.agent(ANA).priority = 1;
    desk
}

#[test]
fn the_first_agent_is_asked_and_the_visitor_does_not_hear_of_it() {
    let mut desk = desk();
    let handoff = desk.visitor_asks();
    let until = Timestamp(desk.now.millis() + 30_000);
    let offer = Offer {
        agent: agent(ANA),
        until,
    };

    assert_eq!(
        vec!["visitor: requested by Button", "system: offered to Ana"],
        desk.timeline()
    );
    assert_eq!(None, desk.last_entry().public_seq);
    assert_eq!(
        Body::Event(Event::HandoffOffered {
            handoff,
            agent: agent(ANA),
            until
        }),
        desk.last_entry().body
    );
    let CardState::Pending { offer: shown, .. } = desk.conversation().card_state() else {
        panic!("it is pending");
    };
    assert_eq!(Some(offer), shown);
    assert_eq!(until, desk.due_at());
    assert_eq!(0, desk.load(ANA));
}

#[test]
fn accepting_is_claiming_and_nobody_else_may_meanwhile() {
    let mut desk = desk();
    let handoff = desk.visitor_asks();
    let offered_to = Refusal::OfferedTo {
        agent: agent(ANA),
        name: "Ana".to_owned(),
    };
    assert_eq!(Err(offered_to.clone()), desk.try_claims(BEN, handoff));
    assert_eq!(Err(offered_to.clone()), desk.try_says(BEN, "Hello."));
    assert_eq!(Err(offered_to.clone()), desk.try_steps_in(BEN));
    assert_eq!(Err(offered_to), desk.try_resolves(BEN, Outcome::Closed));

    desk.claims(ANA);
    assert_eq!(agent(ANA), desk.holding().claim.agent);
}

#[test]
fn a_reply_of_the_one_who_is_asked_accepts() {
    let mut desk = desk();
    desk.visitor_asks();
    desk.says(ANA, "Hello.");
    assert_eq!("Ana: Hello.", desk.last_line());
}

#[test]
fn whoever_passes_on_is_remembered_and_the_next_is_asked_at_once() {
    let mut desk = desk();
    desk.visitor_asks();
    desk.seconds_pass(10);
    let done = desk.rejects(ANA);

    assert_eq!(
        vec!["Ana: Rejected for Ana", "system: offered to Ben"],
        desk.timeline()[2..]
    );
    assert_eq!(vec![agent(ANA)], desk.newest().declined_by);
    assert_eq!(
        Some(Offer {
            agent: agent(BEN),
            until: Timestamp(desk.now.millis() + 30_000)
        }),
        desk.offer()
    );
    // The answer names the rejection, which the visitor never sees.
    let rejected = desk.entries()[2];
    assert_eq!((Some(rejected.seq), None), (done.seq, done.public_seq));
    assert_eq!(None, rejected.public_seq);
}

#[test]
fn when_all_have_declined_everybody_may_take_it() {
    let mut desk = desk();
    let handoff = desk.visitor_asks();
    desk.rejects(ANA);
    desk.rejects(BEN);

    assert_eq!(None, desk.offer());
    assert_eq!("Ben: Rejected for Ben", desk.last_line());
    desk.route();
    assert_eq!(None, desk.offer(), "nobody is asked twice");
    // Also who passed it on before.
    desk.try_claims(ANA, handoff).unwrap();
}

#[test]
fn passing_on_twice_is_passing_on_once() {
    let mut desk = desk();
    desk.visitor_asks();
    desk.rejects(ANA);
    let lines = desk.timeline().len();
    assert_eq!(None, desk.rejects(ANA).seq);
    assert_eq!(lines, desk.timeline().len());
}

#[test]
fn somebody_who_was_not_asked_may_pass_on_ahead() {
    let mut desk = desk();
    desk.visitor_asks();
    desk.rejects(BEN);
    assert_eq!(Some(agent(ANA)), desk.offered_to(), "Ana is still asked");
    desk.rejects(ANA);
    assert_eq!(None, desk.offer(), "Ben is not asked any more");
}

#[test]
fn an_offer_that_nobody_answers_expires_to_the_millisecond_and_goes_to_the_next() {
    let mut desk = desk();
    let handoff = desk.visitor_asks();

    assert_eq!(
        vec!["system: Expired for Ana", "system: offered to Ben"],
        desk.due_comes()
    );
    assert_eq!(
        Body::Event(Event::HandoffRejected {
            handoff,
            agent: agent(ANA),
            why: Passed::Expired
        }),
        desk.entries()[2].body
    );
    assert_eq!(vec!["system: Expired for Ben"], desk.due_comes());
    assert_eq!(vec![agent(ANA), agent(BEN)], desk.newest().declined_by);
    assert_eq!(None, desk.offer());
    // What is next is the deadline, which counts from the request.
    let since = desk.newest().waiting_since();
    assert_eq!(Timestamp(since.millis() + 15 * 60_000), desk.due_at());
}

#[test]
fn an_offer_expires_after_as_long_as_is_set() {
    let mut desk = desk();
    desk.set(|settings| settings.routing.offer_seconds = 90);
    desk.visitor_asks();
    assert_eq!(Timestamp(desk.now.millis() + 90_000), desk.due_at());
}

#[test]
fn nobody_who_is_full_is_asked_until_there_is_room() {
    let mut desk = desk();
    desk.only_there(&[BUSY]);
    desk.visitor_asks();
    desk.claims(BUSY);
    desk.conversation = conversation(2);
    desk.visitor_asks();
    assert_eq!(None, desk.offer());

    desk.conversation = conversation(1);
    desk.resolves(BUSY, Outcome::Closed);
    desk.conversation = conversation(2);
    desk.route();
    assert_eq!(Some(agent(BUSY)), desk.offered_to());
}

#[test]
fn who_comes_online_is_asked() {
    let mut desk = desk();
    desk.only_there(&[]);
    desk.choose(OFFLINE, Availability::Away);
    desk.visitor_asks();
    assert_eq!(None, desk.offer());
    desk.choose(OFFLINE, Availability::Online);
    desk.route();
    assert_eq!(Some(agent(OFFLINE)), desk.offered_to());
    let asked = desk.offer();
    desk.route();
    assert_eq!(
        asked,
        desk.offer(),
        "an offer that stands is not made again"
    );
}

#[test]
fn a_chat_given_back_is_offered_to_somebody_else() {
    let mut desk = desk();
    desk.visitor_asks();
    desk.claims(ANA);
    desk.releases(ANA);
    assert_eq!(Some(agent(BEN)), desk.offered_to());
}

#[test]
fn the_deadline_passes_while_somebody_is_asked() {
    let mut desk = desk();
    desk.set(|settings| {
        settings.routing.offer_seconds = 600;
        settings.queue.deadline_minutes = 5;
    });
    desk.visitor_asks();
    assert_eq!(vec!["system: missed for Timeout"], desk.due_comes());
    assert_eq!(Some(MissedReason::Timeout), desk.missed_for());
}

#[test]
fn an_offer_and_a_deadline_at_once_are_two_steps() {
    let mut desk = desk();
    desk.set(|settings| {
        settings.queue.deadline_minutes = 1;
        settings.queue.on_deadline = OnDeadline::KeepWaiting;
    });
    desk.visitor_asks();
    desk.minutes_pass(2);
    desk.time_comes();
    assert_eq!("system: offered to Ben", desk.last_line());
    desk.time_comes();
    assert_eq!("system: overdue", desk.last_line());
    assert_eq!(Some(agent(BEN)), desk.offered_to(), "Ben is still asked");
}

#[test]
fn cancelling_ends_the_offer() {
    let mut desk = desk();
    let handoff = desk.visitor_asks();
    desk.visitor_cancels();
    assert_eq!(Err(Refusal::NotPending), desk.try_rejects(ANA));
    assert_eq!(Err(Refusal::HandoffOver), desk.try_claims(ANA, handoff));
    assert_eq!(None, desk.conversation().due_at);
}

#[test]
fn rejecting_in_the_pool_is_remembered_and_it_stays_there() {
    let mut desk = Desk::open();
    desk.visitor_asks();
    desk.rejects(BEN);
    assert_eq!(vec![agent(BEN)], desk.newest().declined_by);
    assert_eq!(None, desk.offer());
    desk.claims(ANA);
}

#[test]
fn what_is_over_or_held_cannot_be_passed_on() {
    let mut desk = desk();
    desk.visitor_asks();
    desk.claims(ANA);
    assert_eq!(Err(Refusal::NotPending), desk.try_rejects(BEN));
    assert_eq!(Err(Refusal::NotPending), desk.try_rejects(ANA));
    desk.resolves(ANA, Outcome::Closed);
    assert_eq!(Err(Refusal::NotPending), desk.try_rejects(BEN));
}

/// Asks in a conversation and says who is asked to take it.
fn asked(desk: &mut Desk, number: u32) -> Option<protocol::AgentId> {
    desk.conversation = conversation(number);
    desk.seconds_pass(1);
    desk.visitor_asks();
    desk.conversation().offered_to()
}

#[test]
fn one_chat_at_a_time_is_offered_to_an_agent_and_the_rest_wait_for_an_answer() {
    // What happens to the first offer, and who is asked to take the third chat then.
    type Ends = fn(&mut Desk);
    let ways: [(&str, Ends, u32); 4] = [
        (
            "accepted",
            |desk| {
                desk.claims(ANA);
            },
            ANA,
        ),
        (
            "passed on",
            |desk| {
                desk.rejects(ANA);
            },
            ANA,
        ),
        ("expired", |desk| desk.seconds_pass(31), ANA),
        (
            "cancelled",
            |desk| {
                desk.visitor_cancels();
            },
            ANA,
        ),
    ];
    for (way, ends, next) in ways {
        let mut desk = desk();
        assert_eq!(Some(agent(ANA)), asked(&mut desk, 1));
        assert_eq!(
            Some(agent(BEN)),
            asked(&mut desk, 2),
            "Ana has one to answer"
        );
        assert_eq!(None, asked(&mut desk, 3), "both have one to answer");
        assert_eq!(None, desk.route().seq, "still");

        desk.conversation = conversation(1);
        ends(&mut desk);
        if way == "expired" {
            desk.time_comes();
        }

        desk.conversation = conversation(3);
        desk.route();
        assert_eq!(Some(agent(next)), desk.conversation().offered_to(), "{way}");
    }
}

/// Why an offer to Ana cannot stand, and what makes it so.
const REASONS: [(&str, Step); 6] = [
    ("offline", |desk| {
        desk.agent(ANA).chosen = Availability::Offline;
    }),
    ("away", |desk| desk.agent(ANA).chosen = Availability::Away),
    ("not accepting", |desk| desk.agent(ANA).accepting = false),
    ("gone", |desk| {
        let since = Timestamp(desk.now.millis() - 60_000);
        desk.agent(ANA).presence = Presence::Gone { since };
    }),
    ("full", |desk| {
        desk.agent(ANA).load = desk.agent(ANA).chat_limit
    }),
    ("unassigned", |desk| {
        desk.agent(ANA).assigned = Assigned::Only(Vec::new());
    }),
];

#[test]
fn an_offer_is_taken_back_when_its_agent_may_not_have_the_chat_and_the_next_is_asked() {
    for (reason, happens) in REASONS {
        let mut desk = desk();
        let handoff = desk.visitor_asks();
        let before = desk.timeline().len();
        desk.route();
        assert_eq!(
            before,
            desk.timeline().len(),
            "as long as it stands, it stands"
        );

        happens(&mut desk);
        desk.route();

        assert_eq!(
            ["system: Withdrawn for Ana", "system: offered to Ben"],
            desk.timeline()[before..],
            "{reason}"
        );
        let withdrawn = Body::Event(Event::HandoffRejected {
            handoff,
            agent: agent(ANA),
            why: Passed::Withdrawn,
        });
        assert_eq!(withdrawn, desk.entries()[before].body);
        assert_eq!(None, desk.entries()[before].public_seq);
        // It was not their answer: they may be asked again.
        assert_eq!(Vec::<protocol::AgentId>::new(), desk.newest().declined_by);
    }
}

#[test]
fn an_open_offer_ends_with_the_mode_that_made_it() {
    let mut desk = desk();
    desk.visitor_asks();
    desk.set(|settings| settings.routing.mode = RoutingMode::Pool);
    desk.route();
    assert_eq!("system: Withdrawn for Ana", desk.last_line());
    assert_eq!(None, desk.offer());

    let mut desk = self::desk();
    desk.visitor_asks();
    desk.set(|settings| settings.routing.mode = RoutingMode::Auto);
    desk.route();
    assert_eq!(agent(ANA), desk.holding().claim.agent);
}

#[test]
fn with_nobody_left_the_offer_is_taken_back_and_the_request_missed() {
    let mut desk = desk();
    desk.visitor_asks();
    desk.only_there(&[]);
    let before = desk.timeline().len();
    desk.route();
    assert_eq!("system: Withdrawn for Ana", desk.timeline()[before]);
    assert_eq!(before + 2, desk.timeline().len());
    assert!(matches!(
        desk.newest().state,
        HandoffState::Missed {
            reason: MissedReason::NoAgent,
            ..
        }
    ));
}
