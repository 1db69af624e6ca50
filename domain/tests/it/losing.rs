//! The holder closes the laptop: the chat goes back to the queue and somebody else takes it.

use domain::agent::{Assigned, Presence};
use domain::entry::Body;
use domain::{Controller, HandoffState, Refusal};
use protocol::Timestamp;
use protocol::entry::{Author, Destination, Event, MissedReason, Released};
use protocol::person::Availability;
use protocol::settings::{Day, Interval, RoutingMode, WeekTimes};

use crate::desk::{ANA, BEN, Desk, OFFLINE, agent};

/// A desk where Ana holds a chat in which the visitor waits for an answer.
fn unanswered() -> Desk {
    let mut desk = Desk::open();
    desk.visitor_asks();
    desk.seconds_pass(30);
    desk.claims(ANA);
    desk.seconds_pass(30);
    desk
}

fn in_minutes(desk: &Desk, minutes: i64) -> Timestamp {
    Timestamp(desk.now.millis() + minutes * 60_000)
}

#[test]
fn an_unanswered_chat_goes_back_after_a_while_with_its_clock() {
    let mut desk = unanswered();
    let (handoff, since) = (desk.handoff(), desk.newest().waiting_since());
    let epoch = desk.conversation().control_epoch;
    desk.leaves(ANA);
    desk.look_after(ANA);
    assert_eq!(in_minutes(&desk, 5), desk.due_at());

    assert_eq!(vec!["system: released"], desk.due_comes());

    assert_eq!(
        (
            Author::System,
            Body::Event(Event::HandoffReleased {
                handoff,
                agent: agent(ANA),
                why: Released::Lost,
            })
        ),
        (desk.last_entry().author, desk.last_entry().body.clone())
    );
    assert_eq!(Controller::Waiting, desk.controller());
    assert_eq!(since, desk.newest().waiting_since());
    assert_eq!(Some(since), desk.conversation().unanswered_since);
    assert!(desk.conversation().control_epoch > epoch);
    assert_eq!(0, desk.load(ANA));
    assert!(desk.newest().declined_by.is_empty(), "they did not say no");
    desk.claims(BEN);
    assert_eq!(
        Err(Refusal::HeldBy {
            agent: agent(BEN),
            name: "Ben".to_owned()
        }),
        desk.try_says(ANA, "I am back.")
    );
}

#[test]
fn somebody_else_gets_it_at_once_where_chats_are_assigned() {
    let mut desk = unanswered();
    desk.set(|settings| settings.routing.mode = RoutingMode::Auto);
    desk.leaves(ANA);
    desk.look_after(ANA);
    assert_eq!(
        vec!["system: released", "system: claimed"],
        desk.due_comes()
    );
    assert_eq!(2, desk.holding().claim.number);
}

#[test]
fn with_nobody_else_there_it_is_missed_and_a_lead_is_kept() {
    let mut desk = unanswered();
    desk.only_there(&[ANA]);
    desk.leaves(ANA);
    desk.look_after(ANA);
    assert_eq!(
        vec!["system: released", "system: missed for NoAgent"],
        desk.due_comes()
    );
    assert_eq!(Some(MissedReason::NoAgent), desk.lead().reason);
}

#[test]
fn an_answered_chat_stays_until_the_visitor_writes() {
    let mut desk = unanswered();
    desk.says(ANA, "I look it up.");
    desk.leaves(ANA);
    desk.look_after(ANA);
    desk.minutes_pass(20);
    desk.time_comes();
    assert_eq!(Controller::Human(agent(ANA)), desk.controller());

    desk.visitor_says("And?");
    assert_eq!(in_minutes(&desk, 5), desk.due_at());
    assert_eq!(vec!["system: released"], desk.due_comes());
}

#[test]
fn who_comes_back_in_time_keeps_the_chat() {
    let mut desk = unanswered();
    desk.leaves(ANA);
    desk.look_after(ANA);
    desk.minutes_pass(4);
    desk.agent(ANA).presence = Presence::Connected;
    desk.look_after(ANA);
    assert_eq!(None, desk.holding().lost_since);
    assert_eq!(None, desk.conversation().due_at);
}

#[test]
fn who_came_back_without_anybody_saying_so_keeps_the_chat_when_the_time_comes() {
    let mut desk = unanswered();
    desk.leaves(ANA);
    desk.look_after(ANA);
    desk.minutes_pass(5);
    desk.agent(ANA).presence = Presence::Connected;
    desk.time_comes();
    assert_eq!(Controller::Human(agent(ANA)), desk.controller());
    assert_eq!(None, desk.conversation().due_at);
}

#[test]
fn who_lost_the_connection_again_has_the_whole_time_again() {
    let mut desk = unanswered();
    desk.leaves(ANA);
    desk.look_after(ANA);
    desk.seconds_pass(4 * 60 + 30);
    // Back for a moment, and gone again; nobody has said so yet.
    desk.leaves(ANA);
    let again = desk.now;
    desk.seconds_pass(30);
    desk.time_comes();
    assert_eq!(Some(again), desk.holding().lost_since);
    assert_eq!(Timestamp(again.millis() + 5 * 60_000), desk.due_at());
    assert_eq!(vec!["system: released"], desk.due_comes());
}

#[test]
fn a_chat_given_to_somebody_who_has_just_lost_the_connection_goes_back_too() {
    let mut desk = Desk::with(|settings| settings.routing.mode = RoutingMode::Auto);
    desk.agent(BEN).priority = 1;
    desk.leaves(BEN);
    let left = desk.now;
    desk.seconds_pass(30);
    desk.visitor_asks();
    assert_eq!(agent(BEN), desk.holding().claim.agent);
    assert_eq!(Some(left), desk.holding().lost_since);
    assert_eq!(in_minutes(&desk, 5), desk.due_at());
    assert_eq!(
        vec!["system: released", "system: claimed"],
        desk.due_comes()
    );
}

#[test]
fn a_late_claim_does_not_go_back_at_once_because_the_visitor_waited_long() {
    let mut desk = Desk::open();
    desk.visitor_asks();
    desk.due_comes();
    desk.leaves(ANA);
    desk.minutes_pass(60);
    desk.claims(ANA);
    assert_eq!(in_minutes(&desk, 5), desk.due_at());
}

#[test]
fn the_time_is_what_is_set_and_off_is_never() {
    let mut desk = unanswered();
    desk.set(|settings| settings.routing.requeue_minutes = Some(1));
    desk.leaves(ANA);
    desk.look_after(ANA);
    assert_eq!(in_minutes(&desk, 1), desk.due_at());
    assert_eq!(
        vec!["system: released"],
        desk.due_comes(),
        "not before the grace is over either"
    );

    let mut off = unanswered();
    off.set(|settings| settings.routing.requeue_minutes = None);
    off.leaves(ANA);
    off.look_after(ANA);
    assert_eq!(None, off.conversation().due_at);
}

#[test]
fn only_the_holder_is_looked_after() {
    let mut desk = unanswered();
    let version = desk.conversation().version;
    desk.leaves(BEN);
    desk.look_after(BEN);
    assert_eq!(version, desk.conversation().version);
    desk.look_after(ANA);
    assert_eq!(version, desk.conversation().version, "Ana is there");
}

#[test]
fn a_holder_who_is_no_longer_of_the_team_has_left() {
    let mut desk = unanswered();
    desk.leaves(ANA);
    desk.look_after(ANA);
    desk.minutes_pass(5);
    desk.facts.agents.remove(&agent(ANA));
    desk.time_comes();
    assert_eq!(Controller::Waiting, desk.controller());
}

#[test]
fn a_chat_that_was_lost_goes_to_the_chatbots_group() {
    let mut desk = unanswered();
    desk.set(|settings| {
        settings.routing.group = Some(crate::desk::group(crate::desk::GROUP));
    });
    desk.leaves(ANA);
    desk.look_after(ANA);
    desk.due_comes();
    assert_eq!(
        Some(crate::desk::group(crate::desk::GROUP)),
        desk.waiting().group
    );
}

#[test]
fn a_holder_who_chooses_to_be_offline_gives_an_unanswered_chat_back_in_time() {
    let mut desk = unanswered();
    desk.agent(ANA).chosen = Availability::Offline;
    desk.look_after(ANA);
    assert_eq!(in_minutes(&desk, 5), desk.due_at());
    assert_eq!(vec!["system: released"], desk.due_comes());
}

#[test]
fn who_chooses_to_be_online_again_in_time_keeps_the_chat() {
    let mut desk = unanswered();
    desk.agent(ANA).chosen = Availability::Offline;
    desk.look_after(ANA);
    let due = desk.due_at();
    desk.minutes_pass(1);
    // Looked at once more, the time goes on from when they left.
    desk.look_after(ANA);
    assert_eq!(due, desk.due_at());

    desk.agent(ANA).chosen = Availability::Online;
    desk.look_after(ANA);
    assert_eq!(None, desk.holding().lost_since);
}

#[test]
fn a_holder_whose_working_hours_end_gives_an_unanswered_chat_back_in_time() {
    let mut desk = unanswered();
    let ends = desk.now;
    desk.agent(ANA).hours = Some(until(ends));
    desk.look_after(ANA);
    assert_eq!(None, desk.holding().lost_since, "they still work");

    desk.minutes_pass(1);
    desk.look_after(ANA);
    assert_eq!(Some(desk.now), desk.holding().lost_since);
    assert_eq!(vec!["system: released"], desk.due_comes());
}

#[test]
fn who_takes_a_chat_outside_of_their_hours_stays_with_it() {
    let mut desk = Desk::open();
    let ended = Timestamp(desk.now.millis() - 60_000);
    desk.agent(ANA).hours = Some(until(ended));
    desk.visitor_asks();
    desk.seconds_pass(30);
    desk.claims(ANA);
    desk.minutes_pass(30);
    desk.look_after(ANA);
    assert_eq!(None, desk.holding().lost_since);
}

/// Working hours of the day of this time, to the end of its minute.
fn until(end: Timestamp) -> WeekTimes {
    let minutes = end.millis() / 60_000;
    // The first of January 1970 was a Thursday.
    let days = [
        Day::Thursday,
        Day::Friday,
        Day::Saturday,
        Day::Sunday,
        Day::Monday,
        Day::Tuesday,
        Day::Wednesday,
    ];
    let day = usize::try_from(minutes / 1_440 % 7).map(|place| days[place]);
    WeekTimes {
        zone: "UTC".to_owned(),
        open: vec![Interval {
            day: day.expect("the stories play after 1970"),
            from: 0,
            to: u16::try_from(minutes % 1_440 + 1).expect("a day has 1,440 minutes"),
        }],
    }
}

#[test]
fn who_may_not_see_a_chat_any_more_gives_it_back_at_once_and_another_gets_it() {
    let mut desk = unanswered();
    desk.set(|settings| settings.routing.mode = RoutingMode::Auto);
    let (handoff, since) = (desk.handoff(), desk.newest().waiting_since());
    desk.agent(ANA).assigned = Assigned::Only(Vec::new());
    let before = desk.timeline().len();

    desk.look_after(ANA);

    assert_eq!(
        ["system: released", "system: claimed"],
        desk.timeline()[before..]
    );
    let released = Body::Event(Event::HandoffReleased {
        handoff,
        agent: agent(ANA),
        why: Released::Unassigned,
    });
    assert_eq!(released, desk.entries()[before].body);
    assert_ne!(agent(ANA), desk.holding().claim.agent);
    assert_eq!(since, desk.newest().waiting_since());
    assert_eq!(0, desk.load(ANA));
}

/// A desk where Ana has said the last word and Ben has the chat, who says nothing.
fn passed_on_after_a_word() -> Desk {
    let mut desk = unanswered();
    desk.says(ANA, "I pass you on to Ben.");
    assert_eq!(None, desk.conversation().unanswered_since);
    desk.seconds_pass(10);
    desk.transfers(ANA, Destination::Agent(agent(BEN)));
    desk
}

#[test]
fn whoever_gets_a_chat_owes_an_answer_whoever_said_the_last_word() {
    let mut desk = passed_on_after_a_word();
    assert_eq!(Some(desk.now), desk.conversation().unanswered_since);
    desk.leaves(BEN);
    desk.look_after(BEN);
    assert_eq!(vec!["system: released"], desk.due_comes());

    let mut desk = unanswered();
    desk.says(ANA, "One moment.");
    desk.releases(ANA);
    desk.claims(BEN);
    desk.leaves(BEN);
    desk.look_after(BEN);
    assert_eq!(vec!["system: released"], desk.due_comes());
}

#[test]
fn a_late_claim_owes_an_answer_although_the_ai_gave_one_meanwhile() {
    let mut desk = Desk::open();
    desk.visitor_asks();
    desk.due_comes();
    assert!(matches!(desk.newest().state, HandoffState::Missed { .. }));
    desk.visitor_says("How heavy is the tent?");
    let run = desk.run();
    desk.ai_answers(run).expect("the AI is asked");
    assert_eq!(None, desk.conversation().unanswered_since);
    desk.claims(ANA);
    assert_eq!(Some(desk.now), desk.conversation().unanswered_since);
}

#[test]
fn who_comes_back_may_be_asked_like_anybody_else() {
    let mut desk = unanswered();
    desk.set(|settings| settings.routing.mode = RoutingMode::Auto);
    desk.only_there(&[ANA]);
    desk.choose(OFFLINE, Availability::Away);
    desk.leaves(ANA);
    desk.look_after(ANA);
    assert_eq!(vec!["system: released"], desk.due_comes());
    desk.agent(ANA).presence = Presence::Connected;
    desk.route();
    assert_eq!(agent(ANA), desk.holding().claim.agent);
}
