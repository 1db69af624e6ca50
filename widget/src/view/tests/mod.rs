//! What the visitor's browser makes of texts and rows.

mod forms;
mod rich_text;
mod rows;

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
            attachments: Vec::new(),
            thumb: None,
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
        file_limit: Some(20),
        preview: false,
        thumbs: false,
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
