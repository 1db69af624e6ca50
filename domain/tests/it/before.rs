//! What is asked for before the chat: what the owner may set, and what a visitor may answer.

use domain::before::{asked, checked, kept};
use domain::settings::{check, defaults};
use domain::{Chatbot, Refusal};
use protocol::Timestamp;
use protocol::lead::{Answer, LeadDetails};
use protocol::refusal::{Field, Problem};
use protocol::settings::{Ask, BeforeSettings, Consent, CustomField, SettingsLayer};

use crate::desk::{CHATBOT, Desk, chatbot};

fn consent(url: Option<&str>) -> Option<Consent> {
    Some(Consent {
        text: "You may store this.".to_owned(),
        url: url.map(str::to_owned),
    })
}

fn asks() -> BeforeSettings {
    BeforeSettings {
        enabled: true,
        phone: Ask::Required,
        custom: vec![CustomField {
            label: "Order".to_owned(),
            required: false,
        }],
        consent: consent(None),
        ..defaults().before
    }
}

fn verdict(before: BeforeSettings) -> Result<(), Refusal> {
    let layer = SettingsLayer {
        before: Some(before),
        ..SettingsLayer::default()
    };
    check(&layer, &[])
}

#[test]
fn a_consent_has_words_and_links_to_the_web_alone() {
    for url in [None, Some("https://a.example"), Some("HTTP://a.example/b")] {
        let consent = consent(url);
        assert_eq!(Ok(()), verdict(BeforeSettings { consent, ..asks() }));
    }
    for url in ["javascript:alert(1)", "//a.example", "a.example"] {
        let consent = consent(Some(url));
        let wrong = verdict(BeforeSettings { consent, ..asks() });
        let setting = "before.consent.url".to_owned();
        let problem = Problem::NotAnAddress;
        assert_eq!(Err(Refusal::SettingInvalid { setting, problem }), wrong);
    }
    let mut twice = asks();
    twice.custom.push(twice.custom[0].clone());
    assert!(verdict(twice).is_err());
}

#[test]
fn nothing_is_asked_for_where_it_is_off_or_there_is_nothing_to_ask() {
    let of = |before: BeforeSettings| {
        let chatbot = Desk::open().facts.chatbots[&chatbot(CHATBOT)].clone();
        let mut chatbot = Chatbot::clone(&chatbot);
        chatbot.settings.before = before;
        asked(&chatbot)
    };
    assert_eq!(None, of(defaults().before));
    let nothing = BeforeSettings {
        name: Ask::Off,
        email: Ask::Off,
        enabled: true,
        ..defaults().before
    };
    assert_eq!(None, of(nothing));
    let form = of(asks()).expect("a form");
    assert_eq!(4, form.fields.len());
    let off = defaults().before;
    assert_eq!(
        Err(Refusal::FormNotAsked),
        checked(&off, &LeadDetails::default())
    );
}

#[test]
fn what_is_kept_is_what_was_asked_for_and_what_was_agreed_to() {
    let said = LeadDetails {
        name: "Mira".to_owned(),
        phone: "+41 44 668 18 00".to_owned(),
        message: "Not asked for.".to_owned(),
        consent: true,
        ..LeadDetails::default()
    };
    let day = Timestamp(1_772_442_000_000);
    let details = kept(&asks(), &said, day).unwrap();
    assert_eq!("", details.message);
    let agreed = Answer {
        label: "Consent".to_owned(),
        text: "2026-03-02: You may store this.".to_owned(),
    };
    assert_eq!(vec![agreed], details.custom);

    for (said, field) in [
        (
            LeadDetails {
                phone: String::new(),
                ..said.clone()
            },
            Field::Phone,
        ),
        (
            LeadDetails {
                consent: false,
                ..said
            },
            Field::Consent,
        ),
    ] {
        let problem = Problem::Missing;
        assert_eq!(
            Err(Refusal::FieldInvalid { field, problem }),
            checked(&asks(), &said)
        );
    }
}
