//! What the visitor's browser makes of texts and rows.

use protocol::entry::{Message, PublicAuthor, PublicBody, PublicEntry};
use protocol::text::{Node, RichText, Tag};
use protocol::visitor::{StateLine, VisitorEvent, Welcome};
use protocol::{ConversationId, Key, PublicSeq, Timestamp, settings};
use socket::Status;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::Element;

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

fn live(entries: Vec<PublicEntry>) -> State {
    let conversation = ConversationId::new(Timestamp(1), &[1; 10]);
    let mut state = State::new(None, conversation, Vec::new());
    state.connection(Status::Live);
    state.apply(VisitorEvent::Welcome(Welcome {
        token: None,
        conversation,
        widget: settings::WidgetView {
            name: "Help".to_owned(),
            greeting: String::new(),
            starters: Vec::new(),
            handoff_button: true,
        },
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

impl Shown {
    fn new() -> Self {
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
    state.apply(VisitorEvent::LineChanged(StateLine::Waiting { place: 2 }));
    let rows = shown.show(&state);
    assert_eq!(1, rows.len());
    assert!(rows[0].query_selector("[data-do=go-on]").unwrap().is_some());
    state.apply(VisitorEvent::LineChanged(StateLine::Assistant));
    assert_eq!(0, shown.show(&state).len());
}

fn mark(row: &Element) -> Option<String> {
    row.query_selector(".is").unwrap()?.text_content()
}
