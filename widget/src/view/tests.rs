//! What the visitor's browser makes of texts and rows.

use js_sys::{Object, Reflect};
use protocol::entry::{Message, PublicAuthor, PublicBody, PublicEntry, PublicEvent};
use protocol::lead::{Answer, LeadDetails};
use protocol::person::Face;
use protocol::text::{Node, RichText, Tag};
use protocol::visitor::{StateLine, VisitorEvent, Welcome};
use protocol::widget::{FieldKind, FormField, FormView, WidgetView};
use protocol::{ConversationId, Key, PublicSeq, Timestamp};
use socket::Status;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement, HtmlInputElement};

use super::form;
use super::head::Head;
use super::rich_text::add_text;
use super::timeline::Timeline;
use crate::dom::{add, document, element};
use crate::state::{State, Wish};

wasm_bindgen_test_configure!(run_in_browser);

const ATTACK: &str = "<img src=x onerror=alert(1)><script>alert(2)</script>";

fn words(text: &str) -> Node {
    Node::Text(text.to_owned())
}

fn shown(nodes: Vec<Node>) -> Element {
    let place = element("div", "");
    add_text(&place, &RichText(nodes));
    place
}

fn names(place: &Element) -> Vec<String> {
    let all = place.get_elements_by_tag_name("*");
    let all = (0..all.length()).filter_map(|at| all.item(at));
    all.map(|element| element.tag_name().to_lowercase())
        .collect()
}

#[wasm_bindgen_test]
fn a_text_becomes_elements() {
    let place = shown(vec![
        Node::Open(Tag::Paragraph),
        words("Yes, "),
        Node::Open(Tag::Strong),
        words("within "),
        Node::Open(Tag::Emphasis),
        words("a week"),
        Node::Close,
        Node::Close,
        Node::Break,
        Node::Code("x = 1".to_owned()),
        Node::Close,
        Node::Open(Tag::List { ordered: true }),
        Node::Open(Tag::Item),
        words("one"),
        Node::Close,
        Node::Close,
        Node::Open(Tag::CodeBlock),
        words("let x;\n  y"),
        Node::Close,
    ]);
    assert_eq!(
        vec!["p", "strong", "em", "br", "code", "ol", "li", "pre"],
        names(&place)
    );
    assert_eq!(
        Some("Yes, within a weekx = 1onelet x;\n  y".to_owned()),
        place.text_content()
    );
}

#[wasm_bindgen_test]
fn html_in_a_text_stays_characters() {
    let place = shown(vec![
        words(ATTACK),
        Node::Code(ATTACK.to_owned()),
        Node::Open(Tag::Link {
            href: format!("https://example.org/{ATTACK}\" onclick=\"alert(3)"),
        }),
        words(ATTACK),
        Node::Close,
    ]);
    assert_eq!(vec!["code", "a"], names(&place));
    assert_eq!(Some(ATTACK.repeat(3)), place.text_content());
    let link = place.query_selector("a").unwrap().unwrap();
    assert_eq!(None, link.get_attribute("onclick"));
}

#[wasm_bindgen_test]
fn links_lead_only_where_links_may_lead() {
    for href in [
        "https://example.org",
        "HTTP://example.org",
        "mailto:a@b.c",
        "tel:+41",
    ] {
        let place = shown(vec![
            Node::Open(Tag::Link {
                href: href.to_owned(),
            }),
            words("here"),
            Node::Close,
        ]);
        let link = place.query_selector("a").unwrap().expect(href);
        assert_eq!(Some(href.to_owned()), link.get_attribute("href"));
        assert_eq!(Some("_blank".to_owned()), link.get_attribute("target"));
        assert_eq!(
            Some("noopener noreferrer nofollow".to_owned()),
            link.get_attribute("rel")
        );
    }
    for href in [
        "javascript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "//x",
        "",
    ] {
        let place = shown(vec![
            Node::Open(Tag::Link {
                href: href.to_owned(),
            }),
            words("here"),
            Node::Close,
        ]);
        assert_eq!(vec!["span"], names(&place), "{href}");
        assert_eq!(Some("here".to_owned()), place.text_content());
    }
}

#[wasm_bindgen_test]
fn a_text_that_closes_too_often_ends_there() {
    let place = shown(vec![words("a"), Node::Close, Node::Close, words("b")]);
    assert_eq!(Some("a".to_owned()), place.text_content());
}

fn answer(seq: u64, text: &str) -> PublicEntry {
    PublicEntry {
        seq: PublicSeq(seq),
        at: Timestamp(1),
        key: None,
        author: PublicAuthor::Ai,
        body: PublicBody::Message(Message {
            text: RichText(vec![words(text)]),
            sources: Vec::new(),
            choices: Vec::new(),
        }),
    }
}

fn widget() -> WidgetView {
    let field = |kind, required| FormField { kind, required };
    WidgetView {
        name: "Help".to_owned(),
        greeting: "Hello.".to_owned(),
        starters: vec!["Do you ship abroad?".to_owned()],
        handoff_button: Some(0),
        form: FormView {
            fields: vec![
                field(FieldKind::Name, false),
                field(FieldKind::Email, true),
                field(FieldKind::Phone, false),
                field(FieldKind::Custom("Order".to_owned()), false),
                field(FieldKind::Message, false),
            ],
            consent: Some("You may store this.".to_owned()),
        },
    }
}

fn live(entries: Vec<PublicEntry>) -> State {
    let conversation = ConversationId::new(Timestamp(1), &[1; 10]);
    let mut state = State::new(None, conversation, Vec::new());
    state.connection(Status::Live);
    state.apply(VisitorEvent::Welcome(Welcome {
        token: None,
        conversation,
        widget: widget(),
        line: StateLine::Assistant,
        entries,
        more: true,
        read_by_team: PublicSeq(0),
        read: PublicSeq(0),
        now: Timestamp(1),
    }));
    state
}

/// A timeline on the page, and what it shows.
struct Shown {
    chat: Element,
    timeline: Timeline,
}

/// Makes what `boot.js` makes, as far as rows ask for it.
fn hosted() {
    let clock = Closure::<dyn FnMut() -> String>::new(|| "09:05".to_owned());
    let host = Object::new();
    for (object, name, value) in [
        (&host, "clock", &clock.into_js_value()),
        (&js_sys::global(), "baton", &host),
    ] {
        Reflect::set(object, &name.into(), value).unwrap();
    }
}

impl Shown {
    fn new() -> Self {
        hosted();
        let chat = element("div", "chat");
        add(&document().body().unwrap(), &chat);
        let timeline = Timeline::new(&chat);
        Self { chat, timeline }
    }

    fn show(&mut self, state: &State) -> Vec<Element> {
        self.timeline.show(&state.rows(), false, true);
        let rows = self.chat.query_selector("ol").unwrap().unwrap().children();
        (0..rows.length()).filter_map(|at| rows.item(at)).collect()
    }
}

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

fn waiting(place: u32, minutes: Option<u32>) -> StateLine {
    StateLine::Waiting {
        place,
        minutes,
        form: false,
    }
}

fn happened(seq: u64, event: PublicEvent) -> PublicEntry {
    PublicEntry {
        author: PublicAuthor::System,
        body: PublicBody::Event(event),
        ..answer(seq, "")
    }
}

fn text(row: &Element) -> String {
    row.text_content().unwrap_or_default()
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
    let mut empty = super::empty::Empty::new(&place);
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
