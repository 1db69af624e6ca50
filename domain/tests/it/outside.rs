//! A request outside the business hours: the AI goes on, a message, or a form.

use std::collections::HashSet;

use domain::entry::Body;
use domain::handoff::Form;
use domain::{Controller, Facts, Refusal};
use protocol::entry::{Author, Event, MissedReason, Trigger};
use protocol::lead::LeadDetails;
use protocol::settings::{Outside, Reaction, WhileWaiting};

use crate::desk::{ANA, Desk, WISH};

/// A desk that is closed, although everybody is there.
fn closed(outside: Outside) -> Desk {
    Desk::with(|settings| {
        settings.hours.enabled = true;
        settings.hours.times.open.clear();
        settings.hours.outside = outside;
    })
}

fn told() -> String {
    domain::settings::defaults().messages.texts.out_of_hours
}

#[test]
fn the_ai_goes_on_and_the_visitor_is_told() {
    let mut desk = closed(Outside::AiContinue);
    let handoff = desk.visitor_asks();
    assert_eq!(
        vec!["visitor: requested by Button", "system: cancelled"],
        desk.timeline()
    );
    assert_eq!(
        Body::Event(Event::HandoffCancelled {
            handoff,
            by: Author::System,
            message: told(),
        }),
        desk.last_entry().body
    );
    assert_eq!(Controller::Ai, desk.controller());
    assert_eq!(None, desk.conversation().unanswered_since);
    assert_eq!(0, desk.conversation().unread);
    assert_eq!(None, desk.conversation().due_at);
    assert!(desk.facts.trail.leads.is_empty());
    desk.visitor_says("When do you open?");
    let run = desk.run();
    desk.ai_answers(run).unwrap();
}

#[test]
fn a_message_keeps_the_request_as_missed_with_a_lead_and_no_form() {
    let mut desk = closed(Outside::Message);
    desk.visitor_asks();
    assert_eq!(Some(MissedReason::OutOfHours), desk.missed_for());
    let Body::Event(Event::HandoffMissed { message, form, .. }) = &desk.last_entry().body else {
        panic!("it was missed");
    };
    assert_eq!((told(), false), (message.clone(), *form));
    assert!(matches!(desk.newest().form, Form::Kept { .. }));
    assert_eq!(Some(MissedReason::OutOfHours), desk.lead().reason);
    assert_eq!(
        Err(Refusal::FormNotAsked),
        desk.try_visitor_sends(LeadDetails {
            email: "mira@example.org".to_owned(),
            ..LeadDetails::default()
        })
    );
    desk.claims(ANA);
}

#[test]
fn a_form_asks_for_details_and_the_request_can_be_claimed_in_the_morning() {
    let mut desk = closed(Outside::Form);
    desk.visitor_asks();
    assert!(matches!(desk.newest().form, Form::Asked { lead: Some(_) }));
    desk.visitor_sends("mira@example.org");
    assert_eq!("visitor: form sent", desk.last_line());
    desk.minutes_pass(12 * 60);
    desk.claims(ANA);
}

#[test]
fn the_message_comes_at_the_request_and_never_on_top_of_the_ais_answers() {
    let mut desk = closed(Outside::Message);
    desk.visitor_says("Are you open on Sunday?");
    let run = desk.run();
    desk.ai_answers(run).unwrap();
    assert_eq!(2, desk.timeline().len());
    assert_eq!(None, desk.conversation().handoff);
}

#[test]
fn the_form_itself_is_a_way_to_ask_without_a_button() {
    let mut desk = closed(Outside::Form);
    let done = desk.visitor_sends("mira@example.org");
    assert_eq!(
        vec![
            "visitor: requested by Form",
            "system: missed for OutOfHours",
            "visitor: form sent"
        ],
        desk.timeline()
    );
    assert_eq!(Trigger::Form, desk.newest().trigger);
    assert_eq!(Some(desk.last_entry().seq), done.seq);
    let lead = desk.lead();
    assert_eq!(
        (Some(MissedReason::OutOfHours), "mira@example.org"),
        (lead.reason, lead.details.as_ref().unwrap().email.as_str())
    );
    assert_eq!(1, desk.facts.trail.leads.len());
}

#[test]
fn the_form_is_no_way_to_ask_within_the_hours_or_where_it_is_not_set_so() {
    let details = || LeadDetails {
        email: "mira@example.org".to_owned(),
        ..LeadDetails::default()
    };
    for outside in [Outside::AiContinue, Outside::Message] {
        let mut desk = closed(outside);
        assert_eq!(
            Err(Refusal::FormNotAsked),
            desk.try_visitor_sends(details())
        );
        assert!(desk.facts.conversations.is_empty());
    }
    let mut desk = closed(Outside::Form);
    desk.set(|settings| settings.hours.enabled = false);
    assert_eq!(
        Err(Refusal::FormNotAsked),
        desk.try_visitor_sends(details())
    );
    let mut desk = closed(Outside::Form);
    desk.set(|settings| settings.handoff.enabled = false);
    assert_eq!(Err(Refusal::HandoffOff), desk.try_visitor_sends(details()));
    // Nor while somebody holds it.
    let mut desk = closed(Outside::Form);
    desk.visitor_says("Hello?");
    desk.steps_in(ANA);
    assert_eq!(
        Err(Refusal::FormNotAsked),
        desk.try_visitor_sends(details())
    );
}

#[test]
fn asking_again_out_of_hours_keeps_the_details_and_the_lead() {
    let mut desk = closed(Outside::Form);
    desk.visitor_asks();
    desk.visitor_sends("mira@example.org");
    let lead = desk.lead().id;

    let second = desk.visitor_asks();

    assert_eq!(Form::Sent { lead }, desk.newest().form);
    let Body::Event(Event::HandoffMissed { form, .. }) = &desk.last_entry().body else {
        panic!("it was missed");
    };
    assert!(!form, "who left details is not asked for them again");
    assert_eq!(1, desk.facts.trail.leads.len());
    assert_eq!(second, desk.lead().handoff);
    assert!(
        desk.lead().details.is_some(),
        "what is missed later forgets no details"
    );
}

#[test]
fn whoever_said_more_than_a_wish_gets_an_answer_of_the_ai_all_the_same() {
    for outside in [Outside::AiContinue, Outside::Message, Outside::Form] {
        let mut desk = closed(outside);
        desk.set(|settings| {
            settings.triggers.keywords.phrases = vec!["refund".to_owned()];
            settings.triggers.unclear_wish = Reaction::Off;
        });
        desk.visitor_says("How do I get a refund?");
        assert_eq!("ai: requested by Keyword", desk.timeline()[1]);
        let run = desk.run();
        desk.ai_answers(run).unwrap();

        desk.visitor_says(WISH);
        assert_eq!(None, desk.conversation().run, "a wish is answered already");
    }
}

#[test]
fn while_somebody_is_asked_for_the_question_is_the_ais_only_if_it_continues() {
    for (mode, asks) in [
        (WhileWaiting::Silent, false),
        (WhileWaiting::Holding, false),
        (WhileWaiting::Continue, true),
    ] {
        let mut desk = Desk::with(|settings| {
            settings.handoff.while_waiting = mode;
            settings.triggers.keywords.phrases = vec!["refund".to_owned()];
        });
        desk.visitor_says("How do I get a refund?");
        assert_eq!(Controller::Waiting, desk.controller());
        assert_eq!(asks, desk.conversation().run.is_some(), "{mode:?}");
    }
}

#[test]
fn the_staff_is_needed_for_every_command_that_looks_for_somebody() {
    let mut facts = Facts::default();
    let mut desk = closed(Outside::Form);
    facts.chatbots.clone_from(&desk.facts.chatbots);
    let mut says = |text: &str| domain::Command::VisitorSays {
        opening: desk.opening(),
        write: desk.write(),
        text: text.to_owned(),
        attachments: Vec::new(),
        run: crate::desk::run(1),
        fresh: desk.fresh(),
    };
    for (text, needed) in [
        (WISH, true),
        ("yes", true),
        ("This is ridiculous", true),
        ("Are you open on Sunday?", false),
    ] {
        let alone = domain::needs_staff(&facts, &says(text), &HashSet::new());
        assert_eq!(needed, alone, "{text}");
    }
}

/// Unless they may be given back to the assistant before.
#[test]
fn nobody_is_looked_for_where_somebody_waits_already() {
    let mut desk = Desk::with(|_| {});
    desk.visitor_asks();
    let says = domain::Command::VisitorSays {
        opening: desk.opening(),
        write: desk.write(),
        text: WISH.to_owned(),
        attachments: Vec::new(),
        run: crate::desk::run(1),
        fresh: desk.fresh(),
    };
    let passed_on = HashSet::from([says.conversation()]);
    assert!(!domain::needs_staff(&desk.facts, &says, &HashSet::new()));
    assert!(domain::needs_staff(&desk.facts, &says, &passed_on));
}
