//! The form in the visitor's browser.

use super::*;

/// A timeline that shows the form, with an address typed.
fn asked() -> (Shown, State) {
    let mut shown = Shown::new();
    let missed = PublicEvent::Missed {
        message: "Nobody came.".to_owned(),
        form: true,
    };
    let mut state = live(vec![happened(1, missed)]);
    state.apply(VisitorEvent::LineChanged(StateLine::LeaveDetails));
    state.details.email = "kim@example".to_owned();
    shown.show(&state);
    (shown, state)
}

fn input(at: usize) -> HtmlInputElement {
    let field = document().get_element_by_id(&format!("field-{at}"));
    field.expect("there is such a field").unchecked_into()
}

#[wasm_bindgen_test]
fn the_forms_fields_are_labelled_and_help_the_browser_to_help() {
    let (shown, _) = asked();
    let labels = shown.chat.query_selector_all("label").unwrap();
    let labels = (0..labels.length()).filter_map(|at| labels.item(at));
    let labels: Vec<Element> = labels.map(wasm_bindgen::JsCast::unchecked_into).collect();
    assert_eq!(
        vec![
            "Name",
            "E-mail (required)",
            "Phone",
            "Order",
            "Message",
            "You may store this. (required)"
        ],
        labels.iter().map(text).collect::<Vec<_>>()
    );
    for (at, label) in labels[..5].iter().enumerate() {
        assert_eq!(Some(format!("field-{at}")), label.get_attribute("for"));
    }
    assert!(labels[5].contains(Some(&input(5))));
    let attribute = |name: &str| [0, 1, 2, 3, 4].map(|at| input(at).get_attribute(name));
    assert_eq!(
        [Some("text"), Some("email"), Some("tel"), Some("text"), None],
        attribute("type").each_ref().map(Option::as_deref)
    );
    assert_eq!(
        [
            Some("name"),
            Some("email"),
            Some("tel"),
            Some("off"),
            Some("off")
        ],
        attribute("autocomplete").each_ref().map(Option::as_deref)
    );
    assert_eq!("TEXTAREA", input(4).tag_name());
    assert_eq!(
        [None, Some("true"), None, None, None],
        attribute("aria-required").each_ref().map(Option::as_deref)
    );
    shown.chat.remove();
}

#[wasm_bindgen_test]
fn what_stands_in_the_form_is_what_is_read() {
    let (shown, _) = asked();
    assert_eq!("kim@example", input(1).value());
    input(0).set_value("Kim \u{1f}Berg");
    input(3).set_value("NO-5");
    input(4).set_value("Two\nlines");
    input(5).set_checked(true);
    assert_eq!(
        LeadDetails {
            name: "Kim Berg".to_owned(),
            email: "kim@example".to_owned(),
            phone: String::new(),
            message: "Two\nlines".to_owned(),
            custom: vec![Answer {
                label: "Order".to_owned(),
                text: "NO-5".to_owned(),
            }],
            consent: true,
        },
        form::read(&widget().form)
    );
    shown.chat.remove();
}

#[wasm_bindgen_test]
fn typing_and_talking_leave_the_form_alone() {
    let (mut shown, mut state) = asked();
    let before = input(1);
    let _focused = before.focus();
    before.set_value("kim@example.org");
    state.details = form::read(&widget().form);
    state.apply(VisitorEvent::EntryAdded(answer(2, "Meanwhile.")));
    let rows = shown.show(&state);
    assert_eq!(3, rows.len());
    assert_eq!(before, input(1));
    assert_eq!(Some(before.into()), document().active_element());
    shown.chat.remove();
}

#[wasm_bindgen_test]
fn a_field_says_what_is_wrong_with_it_and_gets_the_focus() {
    let (mut shown, mut state) = asked();
    state.details.email.clear();
    assert_eq!(None, state.filled());
    shown.show(&state);
    form::focus_trouble(&shown.chat);
    let field: &HtmlElement = &input(1);
    assert_eq!(Some("true"), field.get_attribute("aria-invalid").as_deref());
    let described = field.get_attribute("aria-describedby").unwrap();
    let error = document().get_element_by_id(&described).unwrap();
    assert_eq!("This is needed.", text(&error));
    assert_eq!(Some(input(1).into()), document().active_element());
    assert_eq!(None, input(0).get_attribute("aria-invalid"));
    shown.chat.remove();
}

#[wasm_bindgen_test]
fn changed_settings_change_the_head_and_the_greeting_at_once() {
    let place = element("div", "");
    let mut head = Head::new(&place, false);
    let mut empty = crate::view::empty::Empty::new(&place);
    let mut state = live(Vec::new());
    let mut show = |state: &State| {
        head.show(state);
        empty.show(state, true);
        text(&place)
    };
    let before = show(&state);
    assert!(before.contains("Help") && before.contains("Hello.Do you ship abroad?"));
    assert!(before.contains("Talk to a human"));
    state.apply(VisitorEvent::WidgetChanged(WidgetView {
        name: "Tents".to_owned(),
        greeting: "Hi.".to_owned(),
        starters: Vec::new(),
        handoff_button: None,
        ..widget()
    }));
    let after = show(&state);
    assert!(after.contains("Tents") && after.contains("Hi."));
    assert!(!after.contains("Hello.") && !after.contains("ship abroad"));
    assert!(!after.contains("Talk to a human"));
}
