//! Visitors are told in their own language, by the words of their chatbot.

use domain::entry::Body;
use domain::settings::{defaults, texts};
use protocol::entry::{Event, Outcome};
use protocol::settings::{MessageSettings, OnDeadline, Outside, Texts, Translation};

use crate::desk::{ANA, BEN, CHATBOT, Desk, Step, UNCLEAR_WISH, agent, chatbot};

/// Texts that say which they are and in which language.
fn marked(language: &str) -> Texts {
    let text = |name: &str| format!("{name} in {language}");
    Texts {
        greeting: text("greeting"),
        starters: vec![text("starter")],
        unknown: text("unknown"),
        proposal: text("proposal"),
        handover: text("handover"),
        waiting: text("waiting"),
        joined: format!("{{agent}} joined in {language}"),
        out_of_hours: text("out of hours"),
        no_agents: text("no agents"),
        missed: text("missed"),
        idle_warning: text("idle warning"),
        restored: text("restored"),
        closing: text("closing"),
    }
}

fn messages(languages: &[&str]) -> MessageSettings {
    let translation = |language: &&str| Translation {
        language: (*language).to_owned(),
        texts: marked(language),
    };
    MessageSettings {
        texts: marked("any"),
        translations: languages.iter().map(translation).collect(),
    }
}

#[test]
fn the_very_language_goes_before_its_parent_and_that_before_any() {
    let messages = messages(&["de", "de-AT", "pt-BR", "zh-Hant"]);
    for (locale, language) in [
        ("de", "de"),
        ("de-CH", "de"),
        ("de-AT", "de-AT"),
        ("DE-at", "de-AT"),
        ("de_AT", "de-AT"),
        ("pt-BR", "pt-BR"),
        ("pt", "any"),
        ("pt-PT", "any"),
        ("zh-Hant-TW", "zh-Hant"),
        ("zh-Hans-CN", "any"),
        ("en-US", "any"),
        ("den", "any"),
        ("", "any"),
        ("-", "any"),
    ] {
        let found = texts(&messages, locale);
        assert_eq!(
            format!("greeting in {language}"),
            found.greeting,
            "{locale}"
        );
    }
}

/// A desk whose visitor reads German.
fn german() -> Desk {
    let mut desk = Desk::with(|settings| settings.messages = messages(&["de"]));
    desk.visitor_says("Hallo?");
    let id = desk.conversation;
    let conversation = desk.facts.conversations.get_mut(&id);
    let conversation = conversation.expect("the visitor wrote");
    "de-CH".clone_into(&mut conversation.locale);
    desk
}

/// What the visitor was told last.
fn told(desk: &Desk) -> String {
    let public = desk.entries().into_iter().rev();
    let mut told = public.filter_map(|entry| match &entry.body {
        Body::Message { markdown, .. } => Some(markdown.clone()),
        Body::Note { .. } | Body::NoteEdited { .. } => None,
        Body::Event(event) => match event {
            Event::HandoffProposed { message, .. }
            | Event::HandoffRequested { message, .. }
            | Event::HandoffClaimed { message, .. }
            | Event::HandoffTransferred { message, .. }
            | Event::HandoffCancelled { message, .. }
            | Event::HandoffOverdue { message, .. }
            | Event::HandoffMissed { message, .. }
            | Event::IdleWarned { message, .. }
            | Event::HandoffResolved { message, .. } => Some(message.clone()),
            _ => None,
        },
    });
    told.next().expect("something was told")
}

#[test]
fn everything_a_visitor_is_told_is_in_their_language() {
    let ways: [(&str, Step); 13] = [
        ("unknown in de", |desk| desk.ai_knows_nothing()),
        ("proposal in de", |desk| {
            desk.visitor_says(UNCLEAR_WISH);
        }),
        ("handover in de", |desk| {
            desk.visitor_asks();
        }),
        ("waiting in de", |desk| {
            desk.visitor_asks();
            desk.visitor_says("Eilig!");
        }),
        ("Ben joined in de", |desk| {
            desk.visitor_asks();
            desk.claims(BEN);
        }),
        ("Ana joined in de", |desk| {
            desk.visitor_asks();
            desk.claims(BEN);
            desk.transfers(BEN, protocol::entry::Destination::Agent(agent(ANA)));
        }),
        ("out of hours in de", |desk| {
            desk.set(|settings| {
                settings.hours.enabled = true;
                settings.hours.times.open.clear();
                settings.hours.outside = Outside::AiContinue;
            });
            desk.visitor_asks();
        }),
        ("out of hours in de", |desk| {
            desk.set(|settings| {
                settings.hours.enabled = true;
                settings.hours.times.open.clear();
            });
            desk.visitor_asks();
        }),
        ("no agents in de", |desk| {
            desk.only_there(&[]);
            desk.visitor_asks();
        }),
        ("missed in de", |desk| {
            desk.visitor_asks();
            desk.due_comes();
        }),
        ("missed in de", |desk| {
            desk.set(|settings| settings.queue.on_deadline = OnDeadline::KeepWaiting);
            desk.visitor_asks();
            desk.due_comes();
        }),
        ("idle warning in de", |desk| {
            desk.visitor_asks();
            desk.says(BEN, "Hallo.");
            desk.due_comes();
        }),
        ("closing in de", |desk| {
            desk.visitor_asks();
            desk.says(BEN, "Hallo.");
            desk.due_comes();
            desk.due_comes();
        }),
    ];
    for (expected, way) in ways {
        let mut desk = german();
        way(&mut desk);
        assert_eq!(expected, told(&desk));
    }
    for (expected, outcome) in [
        ("restored in de", Outcome::RestoredToAi),
        ("closing in de", Outcome::Closed),
    ] {
        let mut desk = german();
        desk.visitor_asks();
        desk.resolves(ANA, outcome);
        assert_eq!(expected, told(&desk));
    }
}

#[test]
fn the_widget_greets_in_the_visitors_language() {
    let desk = german();
    let chatbot = &desk.facts.chatbots[&chatbot(CHATBOT)];
    let view = chatbot.widget_view("de-CH");
    assert_eq!("greeting in de", view.greeting);
    assert_eq!(vec!["starter in de"], view.starters);
    assert_eq!("greeting in any", chatbot.widget_view("fr").greeting);
}

#[test]
fn the_widget_shows_the_button_only_where_people_can_be_asked_for() {
    for (enabled, button, shown) in [
        (true, true, Some(3)),
        (true, false, None),
        (false, true, None),
        (false, false, None),
    ] {
        let mut desk = Desk::with(|settings| settings.handoff.button_after = 3);
        desk.set(|settings| {
            settings.handoff.enabled = enabled;
            settings.handoff.button = button;
        });
        let view = desk.facts.chatbots[&chatbot(CHATBOT)].widget_view("en");
        assert_eq!(shown, view.handoff_button);
    }
}

#[test]
fn the_widgets_form_holds_what_is_asked_for_in_its_order() {
    use protocol::settings::{Ask, CustomField, FormSettings};
    use protocol::widget::{FieldKind, FormField, FormView};
    let mut desk = Desk::open();
    desk.set(|settings| {
        settings.form = FormSettings {
            name: Ask::Required,
            email: Ask::Optional,
            phone: Ask::Off,
            message: Ask::Optional,
            custom: vec![CustomField {
                label: "Shop".to_owned(),
                required: true,
            }],
            consent: Some("I agree.".to_owned()),
        };
    });
    let field = |kind, required| FormField { kind, required };
    assert_eq!(
        FormView {
            fields: vec![
                field(FieldKind::Name, true),
                field(FieldKind::Email, false),
                field(FieldKind::Custom("Shop".to_owned()), true),
                field(FieldKind::Message, false),
            ],
            consent: Some("I agree.".to_owned()),
        },
        desk.facts.chatbots[&chatbot(CHATBOT)]
            .widget_view("en")
            .form
    );
}

#[test]
fn nobody_reads_a_gap_where_the_name_belongs() {
    assert!(defaults().messages.texts.joined.contains("{agent}"));
    let mut desk = Desk::open();
    desk.visitor_asks();
    desk.claims(BEN);
    assert!(!told(&desk).contains('{'));
}
