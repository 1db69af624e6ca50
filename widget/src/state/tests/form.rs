//! Details that a visitor leaves for people who are not there.

use super::*;

#[test]
fn the_form_stands_after_what_asked_for_it_and_the_talk_goes_on_below() {
    let mut state = stood_up();
    state.apply(added(entry(3, PublicAuthor::Ai)));
    state.wish(key(1), Wish::Say("hi".to_owned()));
    assert_eq!(
        vec!["own", "event", "form", "theirs", "draft"],
        kinds(&state)
    );
}

#[test]
fn a_waiting_visitor_may_leave_details_and_keeps_the_place() {
    let mut state = live(vec![happened(
        1,
        PublicEvent::Overdue {
            message: "It takes longer.".to_owned(),
        },
    )]);
    state.apply(waiting(1, true));
    assert_eq!(vec!["event", "form", "waiting"], kinds(&state));
    state.apply(waiting(1, false));
    assert_eq!(vec!["event", "waiting"], kinds(&state));
}

#[test]
fn the_form_is_sent_kept_while_offline_and_thanked_for() {
    let mut state = stood_up();
    state.connection(Status::Lost { since: 1 });
    let wish = state.filled().expect("nothing is wrong with it");
    let command = state.wish(key(1), wish).command();
    let VisitorCommand::SendForm { key: sent, details } = command else {
        panic!("it is no form");
    };
    assert_eq!((key(1), "kim@example.org"), (sent, details.email.as_str()));
    assert_eq!(What::Sending { offline: true }, state.rows()[2].what);
    assert_eq!(vec!["own", "event", "sending"], kinds(&state));

    state.connection(Status::Live);
    assert_eq!(What::Sending { offline: false }, state.rows()[2].what);
    let todo = state.apply(VisitorEvent::Done {
        key: key(1),
        seq: Some(PublicSeq(3)),
    });
    assert_eq!(vec![Todo::Settled(key(1))], todo);
    assert_eq!(vec!["own", "event", "sending"], kinds(&state));
    let todo = state.apply(added(PublicEntry {
        body: PublicBody::Event(PublicEvent::FormSent),
        ..own(3, 1)
    }));
    assert_eq!(vec![Todo::Settled(key(1)), Todo::ForgetDetails], todo);
    assert_eq!(LeadDetails::default(), state.details);
    // The line comes a moment later.
    assert_eq!(vec!["own", "event", "event"], kinds(&state));
    state.apply(VisitorEvent::LineChanged(StateLine::ByMail));
    assert_eq!(vec!["own", "event", "event"], kinds(&state));
}

#[test]
fn a_form_that_went_out_before_the_reload_is_settled_by_the_welcome() {
    let mut before = stood_up();
    let wish = before.filled().expect("nothing is wrong with it");
    let draft = before.wish(key(1), wish).clone();
    let mut state = State::new(None, conversation(1), vec![draft]);
    state.connection(Status::Live);
    let todo = state.apply(VisitorEvent::Welcome(Welcome {
        line: StateLine::ByMail,
        ..welcome(vec![PublicEntry {
            body: PublicBody::Event(PublicEvent::FormSent),
            ..own(1, 1)
        }])
    }));
    assert_eq!(vec![Todo::Settled(key(1)), Todo::ForgetDetails], todo);
    assert_eq!(vec!["event"], kinds(&state));
}

#[test]
fn a_refused_field_brings_the_form_back_with_the_reason_at_the_field() {
    let mut state = stood_up();
    state.details.email = "kim@example".to_owned();
    let wish = state.filled().expect("nothing is wrong that is seen here");
    state.wish(key(1), wish);
    let before = state.version;
    let refusal = Refusal::FieldInvalid {
        field: Field::Email,
        problem: Problem::NotAnAddress,
    };
    let todo = state.apply(refused(1, refusal.clone()));
    assert_eq!(vec![Todo::Settled(key(1))], todo);
    assert_eq!(None, state.notice);
    let trouble = Trouble {
        at: 1,
        sentence: refusal.to_string(),
    };
    assert_eq!(
        What::Form {
            form: &widget(Some(0)).form,
            details: &LeadDetails {
                email: "kim@example".to_owned(),
                ..LeadDetails::default()
            },
            trouble: Some(&trouble),
        },
        state.rows()[2].what
    );
    assert_ne!(before, state.version, "it has to be drawn anew");
}

#[test]
fn a_refused_field_that_the_form_does_not_have_is_said_above_the_messages() {
    let mut state = stood_up();
    let wish = state.filled().expect("nothing is wrong with it");
    state.wish(key(1), wish);
    let refusal = Refusal::FieldInvalid {
        field: Field::Phone,
        problem: Problem::Missing,
    };
    state.apply(refused(1, refusal.clone()));
    assert_eq!(Some(refusal.to_string()), state.notice);
    assert_eq!(None, state.trouble);
}

#[test]
fn a_form_that_the_hub_would_refuse_is_not_sent() {
    let mut state = stood_up();
    state.details.email.clear();
    assert_eq!(None, state.filled());
    assert_eq!(Some(1), state.trouble.as_ref().map(|trouble| trouble.at));
    state.details.email = "kim@example.org".to_owned();
    assert!(state.filled().is_some());
    assert_eq!(None, state.trouble);
}
