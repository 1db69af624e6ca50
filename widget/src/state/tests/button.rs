//! The way to a person, as the settings have it.

use super::*;

#[test]
fn the_button_appears_after_so_many_messages() {
    let mut state = live(vec![own(1, 1)]);
    assert!(state.may_ask());
    state.apply(VisitorEvent::WidgetChanged(widget(None)));
    assert!(!state.may_ask());
    state.apply(VisitorEvent::WidgetChanged(widget(Some(2))));
    assert!(!state.may_ask());
    state.apply(added(missed(2)));
    assert!(!state.may_ask(), "what happened is no message");
    state.apply(added(entry(3, PublicAuthor::Ai)));
    assert!(state.may_ask());
}

#[test]
fn messages_that_are_not_loaded_count_as_enough() {
    let mut state = live(vec![own(101, 1)]);
    state.apply(VisitorEvent::WidgetChanged(widget(Some(50))));
    assert!(!state.may_ask());
    state.more = true;
    assert!(state.may_ask());
}

#[test]
fn the_button_is_gone_while_a_person_is_on_the_way_or_here() {
    let mut state = live(Vec::new());
    for (line, may) in [
        (StateLine::Assistant, true),
        (StateLine::Proposed, false),
        (
            StateLine::Waiting {
                place: 1,
                minutes: None,
                form: false,
            },
            false,
        ),
        (StateLine::Person(mara()), false),
        (StateLine::LeaveDetails, true),
        (StateLine::ByMail, true),
        (StateLine::Closed, true),
    ] {
        state.apply(VisitorEvent::LineChanged(line.clone()));
        assert_eq!(may, state.may_ask(), "{line:?}");
    }
    for wish in [Wish::AskForHuman, Wish::AnswerProposal(true)] {
        let mut state = live(Vec::new());
        state.wish(key(1), wish);
        assert!(!state.may_ask());
    }
}

#[test]
fn changed_settings_are_shown_at_once_and_keep_what_was_typed() {
    let mut state = stood_up();
    let same = state.version;
    state.apply(VisitorEvent::WidgetChanged(widget(Some(0))));
    assert_eq!(same, state.version, "nothing has to be drawn anew");
    state.apply(VisitorEvent::WidgetChanged(WidgetView {
        name: "Trail & Tarn".to_owned(),
        ..widget(Some(3))
    }));
    assert_ne!(same, state.version);
    let name = state.widget.as_ref().map(|widget| widget.name.as_str());
    assert_eq!(Some("Trail & Tarn"), name);
    assert_eq!("kim@example.org", state.details.email);
}
