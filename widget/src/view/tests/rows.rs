//! What the visitor's browser makes of rows.

use super::*;

fn texts(rows: &[Element]) -> Vec<String> {
    let bubbles = rows
        .iter()
        .filter_map(|row| row.query_selector(".b").unwrap());
    bubbles.filter_map(|bubble| bubble.text_content()).collect()
}

#[wasm_bindgen_test]
fn what_stays_the_same_keeps_its_element() {
    let mut shown = Shown::new();
    let mut state = live(vec![answer(5, "five"), answer(6, "six")]);
    let before = shown.show(&state);
    state.apply(VisitorEvent::EntryAdded(answer(7, "seven")));
    let after = shown.show(&state);
    assert_eq!(vec!["five", "six", "seven"], texts(&after));
    assert_eq!(before[..], after[..2]);
}

#[wasm_bindgen_test]
fn older_rows_go_on_top() {
    let mut shown = Shown::new();
    let mut state = live(vec![answer(5, "five")]);
    let before = shown.show(&state);
    state.apply(VisitorEvent::Earlier {
        entries: vec![answer(3, "three"), answer(4, "four")],
        more: false,
    });
    let after = shown.show(&state);
    assert_eq!(vec!["three", "four", "five"], texts(&after));
    // Its name went to the first of the three: it is drawn anew, in its place.
    assert_ne!(before[0], after[2]);
}

#[wasm_bindgen_test]
fn a_draft_becomes_its_entry_in_its_place() {
    let mut shown = Shown::new();
    let key = Key::new(Timestamp(1), &[7; 10]);
    let mut state = live(vec![answer(1, "one")]);
    state.wish(key, Wish::Say("mine".to_owned()));
    let rows = shown.show(&state);
    assert_eq!(vec!["one", "mine"], texts(&rows));
    assert_eq!(Some("Sending".to_owned()), mark(&rows[1]));

    let mut entry = answer(2, "mine");
    entry.key = Some(key);
    entry.author = PublicAuthor::Visitor;
    state.apply(VisitorEvent::EntryAdded(entry));
    state.apply(VisitorEvent::EntryAdded(answer(3, "three")));
    state.apply(VisitorEvent::ReadByTeam { seq: PublicSeq(2) });
    assert_eq!(vec!["one", "mine", "three"], texts(&shown.show(&state)));
}

#[wasm_bindgen_test]
fn rows_that_are_over_go() {
    let mut shown = Shown::new();
    let mut state = live(Vec::new());
    state.apply(VisitorEvent::LineChanged(waiting(2, None)));
    let rows = shown.show(&state);
    assert_eq!(1, rows.len());
    assert!(rows[0].query_selector("[data-do=go-on]").unwrap().is_some());
    state.apply(VisitorEvent::LineChanged(StateLine::Assistant));
    assert_eq!(0, shown.show(&state).len());
}

fn mark(row: &Element) -> Option<String> {
    row.query_selector(".is").unwrap()?.text_content()
}

#[wasm_bindgen_test]
fn the_head_says_in_one_line_who_answers() {
    let panel = element("section", "w");
    let mut head = Head::new(&panel, false);
    let mut state = live(Vec::new());
    let mara = Face {
        name: "Mara".to_owned(),
        initials: "M".to_owned(),
        hue: 208,
    };
    for (line, held, words) in [
        (
            StateLine::Assistant,
            Some("ai"),
            "You are talking to the assistant",
        ),
        (
            StateLine::Proposed,
            Some("ai"),
            "You are talking to the assistant",
        ),
        (
            waiting(1, Some(2)),
            Some("waiting"),
            "You are next, about 2 minutes",
        ),
        (waiting(1, None), Some("waiting"), "You are next"),
        (
            waiting(3, Some(1)),
            Some("waiting"),
            "Waiting, 3rd in line, about 1 minute",
        ),
        (StateLine::LeaveDetails, None, "Nobody is there right now"),
        (StateLine::ByMail, None, "We will answer by mail"),
        (
            StateLine::Person(mara),
            Some("person"),
            "You are talking to Mara",
        ),
        (StateLine::Closed, None, "This conversation is closed"),
    ] {
        state.apply(VisitorEvent::LineChanged(line));
        head.show(&state);
        let lines = panel.query_selector_all(".state-line").unwrap();
        assert_eq!(1, lines.length());
        let line = panel.query_selector("[role=status]").unwrap().unwrap();
        assert_eq!(words, text(&line));
        assert_eq!(held, panel.get_attribute("data-held").as_deref());
    }
}

#[wasm_bindgen_test]
fn what_happened_is_said_in_the_hubs_words() {
    let mut shown = Shown::new();
    let message = || "So it is.".to_owned();
    let person = || Face {
        name: "Mara".to_owned(),
        initials: "M".to_owned(),
        hue: 208,
    };
    for event in [
        PublicEvent::Proposed { message: message() },
        PublicEvent::Waiting { message: message() },
        PublicEvent::Joined {
            person: person(),
            message: message(),
        },
        PublicEvent::Cancelled { message: message() },
        PublicEvent::Overdue { message: message() },
        PublicEvent::Missed {
            message: message(),
            form: false,
        },
        PublicEvent::IdleWarned { message: message() },
    ] {
        let rows = shown.show(&live(vec![happened(1, event)]));
        assert_eq!(vec!["So it is."], rows.iter().map(text).collect::<Vec<_>>());
        assert_eq!("sys-line", rows[0].class_name());
        shown = Shown::new();
    }
    let rows = shown.show(&live(vec![
        happened(1, PublicEvent::FormSent),
        happened(
            2,
            PublicEvent::Restored {
                person: person(),
                message: message(),
            },
        ),
    ]));
    assert_eq!("Thank you. We will answer by mail.", text(&rows[0]));
    assert!(text(&rows[1]).starts_with("Mara finished"));
    assert!(text(&rows[1]).ends_with("So it is."));
}

#[wasm_bindgen_test]
fn a_proposal_is_a_group_of_two_buttons_named_by_its_words() {
    let mut shown = Shown::new();
    let proposed = PublicEvent::Proposed {
        message: "Shall I fetch a person?".to_owned(),
    };
    let mut state = live(vec![happened(1, proposed), answer(2, "Meanwhile.")]);
    state.apply(VisitorEvent::LineChanged(StateLine::Proposed));
    let rows = shown.show(&state);
    assert_eq!(2, rows.len());
    let card = rows[1].query_selector("[role=group]").unwrap().unwrap();
    let named = card.get_attribute("aria-labelledby").unwrap();
    let words = document().get_element_by_id(&named).unwrap();
    assert_eq!("Shall I fetch a person?", text(&words));
    let buttons = card.query_selector_all("button").unwrap();
    let buttons = [0, 1].map(|at| buttons.item(at).unwrap().unchecked_into::<Element>());
    assert_eq!(
        ["Talk to a human", "No, thanks"],
        buttons.each_ref().map(text).each_ref().map(String::as_str)
    );
    assert_eq!(
        [Some("yes"), Some("no")],
        buttons
            .each_ref()
            .map(|button| button.get_attribute("data-do"))
            .each_ref()
            .map(Option::as_deref)
    );
    state.apply(VisitorEvent::LineChanged(StateLine::Assistant));
    let rows = shown.show(&state);
    assert_eq!("sys-line", rows[0].class_name());
    assert_eq!("Shall I fetch a person?", text(&rows[0]));
    shown.chat.remove();
}
