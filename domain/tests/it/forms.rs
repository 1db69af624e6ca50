//! The form for visitors whom nobody can answer: who is asked, what is kept, each field.

use domain::entry::Body;
use domain::handoff::Form;
use domain::{Controller, Refusal, lead};
use protocol::card::CardState;
use protocol::entry::{Event, MissedReason};
use protocol::lead::{Answer, LeadDetails};
use protocol::refusal::{Field, Problem};
use protocol::settings::{Ask, CustomField, FormSettings, OnDeadline};

use crate::desk::{ANA, Desk};

/// Asks for everything, and needs nothing but a way to answer.
fn everything() -> FormSettings {
    let custom = |label: &str, required| CustomField {
        label: label.to_owned(),
        required,
    };
    FormSettings {
        name: Ask::Optional,
        email: Ask::Optional,
        phone: Ask::Optional,
        message: Ask::Optional,
        custom: vec![custom("Order number", false), custom("Shop", false)],
        consent: None,
    }
}

fn details() -> LeadDetails {
    LeadDetails {
        name: "Mira".to_owned(),
        email: "mira@example.org".to_owned(),
        phone: "+41 44 668 18 00".to_owned(),
        message: "Do you ship to Norway?".to_owned(),
        custom: vec![Answer {
            label: "Shop".to_owned(),
            text: "Oslo".to_owned(),
        }],
        consent: false,
    }
}

fn invalid(field: Field, problem: Problem) -> Result<LeadDetails, Refusal> {
    Err(Refusal::FieldInvalid { field, problem })
}

#[test]
fn what_was_asked_for_is_kept_and_nothing_else() {
    assert_eq!(Ok(details()), lead::checked(&everything(), &details()));

    let only_email = FormSettings {
        name: Ask::Off,
        email: Ask::Required,
        phone: Ask::Off,
        message: Ask::Off,
        custom: Vec::new(),
        consent: None,
    };
    let told_too_much = LeadDetails {
        consent: true,
        ..details()
    };
    assert_eq!(
        Ok(LeadDetails {
            email: "mira@example.org".to_owned(),
            ..LeadDetails::default()
        }),
        lead::checked(&only_email, &told_too_much)
    );
}

#[test]
fn what_is_required_has_to_be_there() {
    type Set = fn(&mut FormSettings);
    type Empty = fn(&mut LeadDetails);
    let fields: [(Field, Set, Empty); 6] = [
        (
            Field::Name,
            |form| form.name = Ask::Required,
            |details| details.name.clear(),
        ),
        (
            Field::Email,
            |form| form.email = Ask::Required,
            |details| details.email = " \n".to_owned(),
        ),
        (
            Field::Phone,
            |form| form.phone = Ask::Required,
            |details| details.phone.clear(),
        ),
        (
            Field::Message,
            |form| form.message = Ask::Required,
            |details| details.message = "\u{7}".to_owned(),
        ),
        (
            Field::Custom(1),
            |form| form.custom[1].required = true,
            |details| details.custom.clear(),
        ),
        (
            Field::Consent,
            |form| form.consent = Some("I agree.".to_owned()),
            |_| {},
        ),
    ];
    for (field, set, empty) in fields {
        let mut form = everything();
        let mut told = details();
        empty(&mut told);
        assert!(lead::checked(&form, &told).is_ok(), "{field:?} is optional");
        set(&mut form);
        assert_eq!(
            invalid(field, Problem::Missing),
            lead::checked(&form, &told),
            "{field:?}"
        );
    }
}

#[test]
fn no_field_is_longer_than_it_may_be() {
    type Fill = fn(&mut LeadDetails, usize);
    let fields: [(Field, usize, Fill); 4] = [
        (Field::Name, 60, |details, length| {
            details.name = "ä".repeat(length);
        }),
        (Field::Email, 254, |details, length| {
            details.email = format!("{}@example.org", "a".repeat(length - 12));
        }),
        (Field::Message, 1_000, |details, length| {
            details.message = "ä".repeat(length);
        }),
        (Field::Custom(1), 1_000, |details, length| {
            details.custom[0].text = "ä".repeat(length);
        }),
    ];
    for (field, limit, fill) in fields {
        let mut told = details();
        fill(&mut told, limit);
        assert!(lead::checked(&everything(), &told).is_ok(), "{field:?}");
        fill(&mut told, limit + 1);
        let limit = u32::try_from(limit).unwrap();
        assert_eq!(
            invalid(field, Problem::TooLong { limit }),
            lead::checked(&everything(), &told)
        );
    }
    let told = LeadDetails {
        phone: format!("12345{}", " ".repeat(26)) + "6",
        ..details()
    };
    assert_eq!(
        invalid(Field::Phone, Problem::TooLong { limit: 30 }),
        lead::checked(&everything(), &told)
    );
}

#[test]
fn an_address_or_a_number_has_to_be_one() {
    let told = LeadDetails {
        email: "mira@".to_owned(),
        ..details()
    };
    assert_eq!(
        invalid(Field::Email, Problem::NotAnAddress),
        lead::checked(&everything(), &told)
    );
    for (phone, good) in [
        ("+41 44 668 18 00", true),
        ("(044) 668-18.00", true),
        ("12345", true),
        ("123456789012345", true),
        ("1234", false),
        ("1234567890123456", false),
        ("41 + 44 668 18 00", false),
        ("call me maybe 12345", false),
        ("++41 44 668 18 00", false),
    ] {
        let told = LeadDetails {
            phone: phone.to_owned(),
            ..details()
        };
        let checked = lead::checked(&everything(), &told);
        if good {
            assert!(checked.is_ok(), "{phone}");
        } else {
            assert_eq!(
                invalid(Field::Phone, Problem::NotAPhoneNumber),
                checked,
                "{phone}"
            );
        }
    }
}

#[test]
fn one_way_to_answer_is_needed_and_one_is_enough() {
    let without = |email: &str, phone: &str| LeadDetails {
        email: email.to_owned(),
        phone: phone.to_owned(),
        ..details()
    };
    assert_eq!(
        invalid(Field::Contact, Problem::Missing),
        lead::checked(&everything(), &without("", ""))
    );
    assert!(lead::checked(&everything(), &without("mira@example.org", "")).is_ok());
    assert!(lead::checked(&everything(), &without("", "044 668 18 00")).is_ok());
}

#[test]
fn answers_are_found_by_their_label_and_kept_in_the_forms_order() {
    let answer = |label: &str, text: &str| Answer {
        label: label.to_owned(),
        text: text.to_owned(),
    };
    let told = LeadDetails {
        custom: vec![
            answer("Shop", " Oslo "),
            answer("Colour", "blue"),
            answer("Order number", "77"),
        ],
        ..details()
    };
    assert_eq!(
        vec![answer("Order number", "77"), answer("Shop", "Oslo")],
        lead::checked(&everything(), &told).unwrap().custom
    );
}

#[test]
fn consent_is_kept_only_where_it_was_asked_for() {
    let mut form = everything();
    let told = LeadDetails {
        consent: true,
        ..details()
    };
    assert!(!lead::checked(&form, &told).unwrap().consent);
    form.consent = Some("I agree.".to_owned());
    assert!(lead::checked(&form, &told).unwrap().consent);
}

#[test]
fn characters_that_nobody_sees_are_left_out() {
    let told = LeadDetails {
        name: " Mi\u{0}ra\u{7} ".to_owned(),
        message: "One\ntwo\r\n".to_owned(),
        ..details()
    };
    let kept = lead::checked(&everything(), &told).unwrap();
    assert_eq!(("Mira", "One\ntwo"), (&*kept.name, &*kept.message));
}

/// A desk whose request was missed and asks for details.
fn missed() -> Desk {
    let mut desk = Desk::open();
    desk.visitor_asks();
    desk.due_comes();
    desk
}

#[test]
fn details_are_added_to_the_lead_that_is_there_and_name_the_visitor() {
    let mut desk = missed();
    let lead = desk.lead().id;
    let details = LeadDetails {
        name: "Mira Holm".to_owned(),
        email: "mira@example.org".to_owned(),
        ..LeadDetails::default()
    };
    desk.seconds_pass(60);
    desk.try_visitor_sends(details.clone()).unwrap();

    assert_eq!(Form::Sent { lead }, desk.newest().form);
    assert_eq!(
        Body::Event(Event::FormSent {
            handoff: desk.handoff(),
            details: details.clone()
        }),
        desk.last_entry().body
    );
    assert_eq!(Some(details), desk.lead().details);
    assert_eq!(Some(MissedReason::Timeout), desk.lead().reason);
    assert_eq!("Mira Holm", desk.conversation().visitor_name);
    let CardState::Missed { details, .. } = desk.conversation().card_state() else {
        panic!("it is missed");
    };
    assert!(details);
    assert_eq!(Controller::Ai, desk.controller());
}

#[test]
fn without_a_name_the_visitor_is_called_as_before() {
    let mut desk = missed();
    desk.visitor_sends("mira@example.org");
    assert_eq!("Mira", desk.conversation().visitor_name);
}

#[test]
fn details_may_be_mended_until_somebody_takes_the_handoff() {
    let mut desk = missed();
    desk.visitor_sends("mira@example.com");
    desk.visitor_sends("mira@example.org");
    let lead = desk.lead();
    assert_eq!("mira@example.org", lead.details.as_ref().unwrap().email);
    assert_eq!(1, desk.facts.trail.leads.len());

    desk.claims(ANA);
    assert_eq!(
        Err(Refusal::FormNotAsked),
        desk.try_visitor_sends(details())
    );
}

#[test]
fn wrong_details_are_refused_and_may_be_sent_again() {
    let mut desk = missed();
    assert_eq!(
        Err(Refusal::FieldInvalid {
            field: Field::Email,
            problem: Problem::Missing
        }),
        desk.try_visitor_sends(LeadDetails::default())
    );
    desk.visitor_sends("mira@example.org");
}

#[test]
fn who_waits_on_may_leave_details_and_is_still_missed_or_taken_with_them() {
    let mut desk = Desk::with(|settings| settings.queue.on_deadline = OnDeadline::KeepWaiting);
    desk.visitor_asks();
    assert_eq!(
        Err(Refusal::FormNotAsked),
        desk.try_visitor_sends(details()),
        "not before it takes long"
    );
    desk.due_comes();
    desk.visitor_sends("mira@example.org");
    assert_eq!(Controller::Waiting, desk.controller());
    let lead = desk.lead().clone();
    assert_eq!(None, lead.reason, "nobody has missed it yet");
    assert!(lead.details.is_some());

    desk.only_there(&[]);
    desk.route();
    assert_eq!(Some(MissedReason::NoAgent), desk.missed_for());
    assert_eq!(lead.id, desk.lead().id);
    assert_eq!(Some(MissedReason::NoAgent), desk.lead().reason);
    assert_eq!(lead.details, desk.lead().details, "no detail is forgotten");
    assert_eq!(Form::Sent { lead: lead.id }, desk.newest().form);
}

#[test]
fn details_sent_while_it_waits_again_do_not_forget_why_it_was_missed() {
    let mut desk = missed();
    desk.transfers(ANA, protocol::entry::Destination::Queue);
    desk.visitor_sends("mira@example.org");
    assert_eq!(Some(MissedReason::Timeout), desk.lead().reason);
}
