//! Nobody takes a request: it is missed, a lead is kept, and somebody may still come late.

use domain::entry::Body;
use domain::handoff::Form;
use domain::{Controller, HandoffState, Refusal};
use protocol::card::CardState;
use protocol::entry::{Author, Event, MissedReason, Outcome, Trigger};
use protocol::person::Availability;
use protocol::settings::{OnDeadline, RoutingMode, WhenNobody};
use protocol::{Seq, Timestamp};

use crate::desk::{ANA, BEN, Desk, OFFLINE, agent, chatbot, conversation, workspace};

/// A desk whose request was missed at its deadline.
fn missed() -> Desk {
    let mut desk = Desk::open();
    desk.visitor_says("Do you ship to Norway?");
    desk.visitor_asks();
    desk.due_comes();
    desk
}

#[test]
fn at_the_deadline_to_the_millisecond_it_is_missed_and_a_lead_is_kept_with_it() {
    let mut desk = Desk::open();
    desk.visitor_says("Do you ship to Norway?");
    let handoff = desk.visitor_asks();
    let begun = desk.now;
    desk.visitor_says("I am in a hurry.");
    assert_eq!(Timestamp(begun.millis() + 15 * 60_000), desk.due_at());

    assert_eq!(vec!["system: missed for Timeout"], desk.due_comes());

    assert_eq!(
        Body::Event(Event::HandoffMissed {
            handoff,
            trigger: Trigger::Button,
            reason: MissedReason::Timeout,
            message: domain::settings::defaults().messages.texts.missed,
            form: true,
        }),
        desk.last_entry().body
    );
    assert_eq!(
        CardState::Missed {
            handoff,
            reason: MissedReason::Timeout,
            at: desk.now,
            details: false,
        },
        desk.conversation().card_state()
    );
    assert_eq!(Controller::Ai, desk.controller());
    assert_eq!(None, desk.conversation().due_at);
    let lead = desk.lead();
    assert_eq!(
        (workspace(1), chatbot(1), conversation(1), handoff),
        (
            lead.workspace,
            lead.chatbot,
            lead.conversation,
            lead.handoff
        )
    );
    assert_eq!(
        (Some(MissedReason::Timeout), desk.conversation().last_seq),
        (lead.reason, lead.seq)
    );
    assert_eq!((desk.now, None), (lead.at, lead.details.clone()));
}

#[test]
fn a_visitor_without_a_connection_at_the_deadline_has_left() {
    let mut desk = Desk::open();
    desk.visitor_asks();
    desk.minutes_pass(15);
    desk.time_comes_to(false);
    assert_eq!(Some(MissedReason::VisitorLeft), desk.missed_for());
    assert!(matches!(desk.newest().form, Form::Asked { lead: Some(_) }));
}

#[test]
fn the_deadline_is_what_is_set() {
    let mut desk = Desk::with(|settings| settings.queue.deadline_minutes = 2);
    desk.visitor_asks();
    assert_eq!(Timestamp(desk.now.millis() + 120_000), desk.due_at());
}

#[test]
fn a_change_of_the_deadline_holds_for_who_waits_already() {
    let mut desk = Desk::open();
    desk.visitor_asks();
    let begun = desk.now;
    desk.set(|settings| settings.queue.deadline_minutes = 60);
    desk.minutes_pass(15);
    desk.time_comes();
    assert_eq!(None, desk.missed_for());
    assert_eq!(Timestamp(begun.millis() + 60 * 60_000), desk.due_at());
}

#[test]
fn a_release_gives_the_team_its_whole_time_again() {
    let mut desk = Desk::open();
    desk.visitor_asks();
    desk.minutes_pass(14);
    desk.claims(ANA);
    desk.minutes_pass(10);
    desk.releases(ANA);
    assert_eq!(Timestamp(desk.now.millis() + 15 * 60_000), desk.due_at());
}

#[test]
fn the_ai_goes_on_after_a_missed_request() {
    let mut desk = missed();
    desk.visitor_says("And to Sweden?");
    let run = desk.run();
    desk.ai_answers(run).unwrap();
    assert_eq!("ai: It **is**.", desk.last_line());
}

#[test]
fn what_the_ai_had_under_way_is_void_when_it_is_missed() {
    let mut desk = Desk::with(|settings| {
        settings.handoff.while_waiting = protocol::settings::WhileWaiting::Continue;
    });
    desk.visitor_asks();
    desk.visitor_says("And to Sweden?");
    let run = desk.run();
    desk.due_comes();
    assert_eq!(Err(Refusal::HandoffOver), desk.ai_answers(run));
}

#[test]
fn a_missed_request_may_be_claimed_late_with_its_clock() {
    let mut desk = missed();
    let since = desk.newest().waiting_since();
    desk.minutes_pass(60);
    desk.claims(BEN);
    assert_eq!(Controller::Human(agent(BEN)), desk.controller());
    assert_eq!(since, desk.newest().waiting_since());
    desk.says(BEN, "Sorry for the wait.");
    desk.resolves(BEN, Outcome::RestoredToAi);
}

#[test]
fn a_late_reply_claims_and_a_late_resolve_claims_first() {
    let mut desk = missed();
    desk.says(ANA, "Sorry for the wait.");
    assert_eq!(Controller::Human(agent(ANA)), desk.controller());

    let mut desk = missed();
    desk.resolves(ANA, Outcome::Closed);
    let lines = desk.timeline();
    assert_eq!(
        ["Ana: claimed", "Ana: resolved as Closed"],
        lines[lines.len() - 2..]
    );
}

#[test]
fn a_late_claim_is_refused_once_a_newer_request_is_open() {
    let mut desk = missed();
    let older = desk.handoff();
    let newer = desk.visitor_asks();
    assert_ne!(older, newer);
    assert_eq!(Err(Refusal::HandoffOver), desk.try_claims(ANA, older));
    desk.try_claims(ANA, newer).unwrap();
    assert_eq!(Err(Refusal::HandoffOver), desk.try_claims(BEN, older));
}

#[test]
fn what_was_claimed_late_and_given_back_is_missed_again_with_the_same_lead() {
    let mut desk = missed();
    let lead = desk.lead().id;
    desk.claims(ANA);
    desk.releases(ANA);
    desk.due_comes();
    assert_eq!(lead, desk.lead().id);
    assert_eq!(1, desk.facts.trail.leads.len());
}

#[test]
fn with_nobody_there_a_request_is_missed_at_once_and_asks_for_details() {
    let mut desk = Desk::open();
    desk.only_there(&[]);
    let done = desk.try_visitor_asks().unwrap();
    assert_eq!(
        vec!["visitor: requested by Button", "system: missed for NoAgent"],
        desk.timeline()
    );
    let Body::Event(Event::HandoffMissed { message, form, .. }) = &desk.last_entry().body else {
        panic!("it was missed");
    };
    assert_eq!(
        (&domain::settings::defaults().messages.texts.no_agents, true),
        (message, *form)
    );
    // The handover message would be a lie.
    let Body::Event(Event::HandoffRequested { message, .. }) = &desk.entries()[0].body else {
        panic!("it was requested");
    };
    assert_eq!("", message);
    assert_eq!(Some(Seq(1)), done.seq);
}

#[test]
fn with_nobody_there_it_is_kept_without_a_form_where_it_is_set_so() {
    let mut desk = Desk::with(|settings| settings.queue.nobody = WhenNobody::Message);
    desk.only_there(&[]);
    desk.visitor_asks();
    assert_eq!(Some(MissedReason::NoAgent), desk.missed_for());
    assert!(matches!(desk.newest().form, Form::Kept { .. }));
    let Body::Event(Event::HandoffMissed { form, .. }) = &desk.last_entry().body else {
        panic!("it was missed");
    };
    assert!(!form);
    assert_eq!(Some(MissedReason::NoAgent), desk.lead().reason);
}

#[test]
fn with_nobody_there_it_waits_where_it_is_set_so() {
    let mut desk = Desk::with(|settings| settings.queue.nobody = WhenNobody::Wait);
    desk.only_there(&[]);
    desk.visitor_asks();
    desk.route();
    assert_eq!(Controller::Waiting, desk.controller());
    assert_eq!(vec!["system: missed for Timeout"], desk.due_comes());
}

#[test]
fn somebody_away_keeps_it_in_the_queue() {
    let mut desk = Desk::open();
    desk.only_there(&[]);
    desk.choose(OFFLINE, Availability::Away);
    desk.visitor_asks();
    assert_eq!(Controller::Waiting, desk.controller());
}

#[test]
fn somebody_reached_by_push_keeps_it_in_the_queue() {
    let mut desk = Desk::open();
    desk.only_there(&[BEN]);
    desk.agent(BEN).has_outlet = true;
    desk.leaves(BEN);
    desk.minutes_pass(30);
    desk.visitor_asks();
    assert_eq!(Controller::Waiting, desk.controller());

    desk.agent(BEN).has_outlet = false;
    desk.conversation = conversation(2);
    desk.visitor_asks();
    assert_eq!(Some(MissedReason::NoAgent), desk.missed_for());
}

#[test]
fn when_the_last_agent_leaves_what_waits_is_missed_at_once() {
    for mode in [RoutingMode::Pool, RoutingMode::Offer, RoutingMode::Auto] {
        let mut desk = Desk::with(|settings| settings.routing.mode = mode);
        desk.only_there(&[]);
        desk.choose(OFFLINE, Availability::Away);
        desk.visitor_asks();
        assert_eq!(Controller::Waiting, desk.controller());
        desk.choose(OFFLINE, Availability::Offline);
        desk.route();
        assert_eq!(Some(MissedReason::NoAgent), desk.missed_for());
    }
}

#[test]
fn waiting_on_at_the_deadline_is_told_once_and_asks_for_details() {
    let mut desk = Desk::with(|settings| settings.queue.on_deadline = OnDeadline::KeepWaiting);
    let handoff = desk.visitor_asks();
    let since = desk.newest().waiting_since();

    assert_eq!(vec!["system: overdue"], desk.due_comes());

    assert_eq!(
        (
            Author::System,
            Body::Event(Event::HandoffOverdue {
                handoff,
                message: domain::settings::defaults().messages.texts.missed,
            })
        ),
        (desk.last_entry().author, desk.last_entry().body.clone())
    );
    assert_eq!(Controller::Waiting, desk.controller());
    assert_eq!(Form::Asked { lead: None }, desk.newest().form);
    assert_eq!(since, desk.newest().waiting_since());
    assert_eq!(None, desk.conversation().due_at);
    assert!(desk.facts.trail.leads.is_empty());
    desk.minutes_pass(24 * 60);
    desk.time_comes();
    assert_eq!("system: overdue", desk.last_line());
    desk.claims(ANA);
}

#[test]
fn who_waits_on_is_missed_after_all_when_the_setting_changes() {
    let mut desk = Desk::with(|settings| settings.queue.on_deadline = OnDeadline::KeepWaiting);
    desk.visitor_asks();
    desk.due_comes();
    desk.set(|settings| settings.queue.on_deadline = OnDeadline::Miss);
    desk.time_comes();
    assert_eq!(Some(MissedReason::Timeout), desk.missed_for());
    assert!(matches!(desk.newest().state, HandoffState::Missed { .. }));
}

#[test]
fn what_was_missed_is_not_forgotten_when_the_visitor_asks_again_and_then_does_not_wait() {
    let mut desk = missed();
    desk.visitor_sends("nora@example.org");
    let lead = desk.lead().id;
    desk.visitor_asks();
    assert_eq!(Controller::Waiting, desk.controller());
    desk.visitor_cancels();

    assert_eq!(Controller::Ai, desk.controller());
    assert_eq!(
        domain::conversation::Line::ByMail,
        desk.conversation().line()
    );
    assert_eq!(Form::Sent { lead }, desk.newest().form);
    assert!(matches!(
        desk.conversation().card_state(),
        CardState::Missed {
            reason: MissedReason::VisitorLeft,
            details: true,
            ..
        }
    ));
    // It can still be taken.
    let handoff = desk.handoff();
    desk.try_claims(ANA, handoff).unwrap();
}

#[test]
fn a_request_without_a_lead_that_is_cancelled_is_over() {
    let mut desk = Desk::open();
    desk.visitor_asks();
    desk.visitor_cancels();
    assert!(matches!(
        desk.newest().state,
        HandoffState::Cancelled { .. }
    ));
}
