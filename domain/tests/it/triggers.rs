//! What a visitor's words lead to, as the triggers are set.

use domain::settings::defaults;
use domain::triggers::{Found, read};
use protocol::entry::Trigger;
use protocol::settings::{Reaction, TriggerSettings};

use crate::desk::{Desk, UNCLEAR_WISH, WISH};

/// Triggers that are all off, and without phrases.
fn off() -> TriggerSettings {
    let mut triggers = defaults().triggers;
    triggers.wish = Reaction::Off;
    triggers.unclear_wish = Reaction::Off;
    triggers.keywords.reaction = Reaction::Off;
    triggers.low_confidence.reaction = Reaction::Off;
    triggers.frustration = Reaction::Off;
    triggers.topics.reaction = Reaction::Off;
    triggers.high_value.reaction = Reaction::Off;
    triggers.keywords.phrases = vec!["refund".to_owned()];
    triggers.topics.own = vec!["allergy".to_owned()];
    triggers.high_value.phrases = vec!["Enterprise plan".to_owned()];
    triggers
}

type Set = fn(&mut TriggerSettings, Reaction);

/// One text for each trigger, and what turns it on.
const EACH: [(&str, Trigger, &str, Set); 6] = [
    (WISH, Trigger::Wish, "", |t, r| t.wish = r),
    (UNCLEAR_WISH, Trigger::Wish, "", |t, r| t.unclear_wish = r),
    ("About a REFUND, now", Trigger::Keyword, "refund", |t, r| {
        t.keywords.reaction = r;
    }),
    (
        "my lawyer will read it",
        Trigger::Topic,
        "legal: lawyer",
        |t, r| {
            t.topics.reaction = r;
        },
    ),
    (
        "it is worth $5,000.",
        Trigger::HighValue,
        "$ 5,000",
        |t, r| {
            t.high_value.reaction = r;
        },
    ),
    (
        "this is ridiculous",
        Trigger::Frustration,
        "this is ridiculous",
        |t, r| t.frustration = r,
    ),
];

#[test]
fn each_trigger_leads_to_what_it_is_set_to_and_off_is_off() {
    for (text, trigger, reason, set) in EACH {
        assert_eq!(None, read(text, &off()), "{text}");
        for reaction in [Reaction::Propose, Reaction::Force] {
            let mut triggers = off();
            set(&mut triggers, reaction);
            assert_eq!(
                Some(Found {
                    trigger,
                    reason: reason.to_owned(),
                    reaction
                }),
                read(text, &triggers),
                "{text}"
            );
        }
        // Every other one on says nothing to this text.
        let mut others = off();
        for (other, _, _, set) in EACH {
            if other != text {
                set(&mut others, Reaction::Force);
            }
        }
        assert_eq!(None, read(text, &others), "{text}");
    }
}

#[test]
fn what_forces_goes_before_what_proposes_and_then_the_wish_goes_first() {
    let mut triggers = off();
    triggers.wish = Reaction::Propose;
    triggers.keywords.reaction = Reaction::Propose;
    triggers.topics.reaction = Reaction::Propose;
    let text = format!("{WISH} My lawyer wants a refund.");
    let found = |triggers: &TriggerSettings| read(&text, triggers).map(|found| found.trigger);

    assert_eq!(Some(Trigger::Wish), found(&triggers));
    triggers.topics.reaction = Reaction::Force;
    assert_eq!(Some(Trigger::Topic), found(&triggers));
    triggers.keywords.reaction = Reaction::Force;
    assert_eq!(Some(Trigger::Keyword), found(&triggers));
    triggers.wish = Reaction::Force;
    assert_eq!(Some(Trigger::Wish), found(&triggers));
}

#[test]
fn a_topic_that_is_switched_off_is_none() {
    let mut triggers = off();
    triggers.topics.reaction = Reaction::Force;
    let found = |text: &str, triggers: &TriggerSettings| read(text, triggers).map(|f| f.reason);
    let reason = |text: &str| Some(text.to_owned());
    for (text, expected) in [
        ("I am pregnant", "medical: pregnant"),
        ("ich brauche einen Anwalt", "legal: anwalt"),
        ("my stolen card", "financial: stolen card"),
        ("I have an allergy", "allergy"),
    ] {
        assert_eq!(reason(expected), found(text, &triggers));
    }
    triggers.topics.legal = false;
    triggers.topics.medical = false;
    triggers.topics.financial = false;
    for text in ["I am pregnant", "my lawyer", "my stolen card"] {
        assert_eq!(None, found(text, &triggers), "{text}");
    }
    assert_eq!(reason("allergy"), found("I have an allergy", &triggers));
}

#[test]
fn a_sum_counts_from_the_amount_on_and_a_plan_always() {
    let mut triggers = off();
    triggers.high_value.reaction = Reaction::Propose;
    triggers.high_value.amount = Some(1_000);
    let found = |text: &str, triggers: &TriggerSettings| read(text, triggers).map(|f| f.reason);
    assert_eq!(Some("1000 €".to_owned()), found("about 1000 €", &triggers));
    assert_eq!(None, found("about 999 €", &triggers));
    assert_eq!(
        Some("Enterprise plan".to_owned()),
        found("what is the enterprise-plan?", &triggers)
    );
    triggers.high_value.amount = None;
    assert_eq!(None, found("about 1000000 €", &triggers));
}

#[test]
fn a_reason_is_as_short_as_what_set_it_off() {
    let mut triggers = off();
    triggers.high_value.reaction = Reaction::Force;
    let text = format!("{}5000 € {}", "~".repeat(1_000), "~".repeat(1_000));
    let found = read(&text, &triggers).expect("it is a sum");
    assert_eq!("5000 €", found.reason);
}

#[test]
fn the_agent_sees_why_a_handoff_began() {
    let mut desk = Desk::with(|settings| {
        settings.triggers.topics.reaction = Reaction::Force;
    });
    desk.visitor_says("My lawyer will call you.");
    assert_eq!(Trigger::Topic, desk.newest().trigger);
    assert_eq!("legal: lawyer", desk.newest().reason);
    assert_eq!("ai: requested by Topic", desk.last_line());
}

#[test]
fn every_trigger_proposes_or_begins_a_handoff_in_a_conversation() {
    for (text, trigger, reason, set) in EACH {
        let mut desk = Desk::with(|settings| {
            settings.triggers = off();
            set(&mut settings.triggers, Reaction::Propose);
        });
        desk.visitor_says(text);
        assert_eq!(format!("ai: proposed by {trigger:?}"), desk.last_line());

        desk.set(|settings| set(&mut settings.triggers, Reaction::Force));
        desk.conversation = crate::desk::conversation(2);
        desk.visitor_says(text);
        let by = if trigger == Trigger::Wish {
            "visitor"
        } else {
            "ai"
        };
        assert_eq!(format!("{by}: requested by {trigger:?}"), desk.last_line());
        assert_eq!(reason, desk.newest().reason);
    }
}
