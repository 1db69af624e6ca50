//! The head: who has the visitor right now, said by one line and by the baton rail.

use alloc::string::String;

use protocol::person::Face;
use protocol::visitor::StateLine;
use socket::Status;
use web_sys::{Element, HtmlElement};

use crate::dom::{add, as_a, button, element, flag, icon, inside, say, set};
use crate::state::State;
use crate::text;

/// The head's moving parts.
pub(super) struct Head {
    /// The whole panel, which carries the rail's pattern.
    panel: Element,
    mark: Element,
    name: Element,
    line: Element,
    /// What is shown now, so that nothing is announced twice.
    shown: Option<Shown>,
}

#[derive(PartialEq, Clone)]
enum Shown {
    Connecting,
    Offline,
    Line(StateLine),
}

impl Head {
    pub(super) fn new(panel: &Element, framed: bool) -> Self {
        let head = inside(panel, "header", "");
        let mark = inside(&head, "span", "");
        let words = inside(&head, "div", "");
        let name = inside(&words, "h2", "");
        let line = inside(&words, "p", "state-line");
        set(&line, "role", "status");
        if framed {
            let close = button(&head, "btn sq", "close");
            set(&close, "data-kind", "quiet");
            set(&close, "aria-label", text::CLOSE);
            set(&close, "title", text::CLOSE);
            add(&close, &icon("#i-x", "i"));
        }
        Self {
            panel: panel.clone(),
            mark,
            name,
            line,
            shown: None,
        }
    }

    pub(super) fn show(&mut self, state: &State) {
        let name = state
            .widget
            .as_ref()
            .map_or(text::CHAT, |widget| &widget.name);
        if self.name.text_content().as_deref() != Some(name) {
            self.name.set_text_content(Some(name));
            set(&self.panel, "aria-label", &label(name));
        }
        let now = match (&state.line, state.status) {
            (_, Status::Lost { .. } | Status::Stopped(_)) => Shown::Offline,
            (Some(line), _) => Shown::Line(line.clone()),
            (None, _) => Shown::Connecting,
        };
        if self.shown.as_ref() != Some(&now) {
            self.draw(&now);
            self.shown = Some(now);
        }
    }

    fn draw(&mut self, shown: &Shown) {
        let held = match shown {
            Shown::Line(StateLine::Assistant) => "ai",
            Shown::Line(StateLine::Waiting { .. }) => "waiting",
            Shown::Line(StateLine::Person(_)) => "person",
            Shown::Line(StateLine::Closed) | Shown::Connecting | Shown::Offline => "",
        };
        flag(&self.panel, "data-held", !held.is_empty());
        if !held.is_empty() {
            set(&self.panel, "data-held", held);
        }

        let mark = match shown {
            Shown::Line(StateLine::Assistant) | Shown::Connecting => assistant(),
            Shown::Line(StateLine::Waiting { .. }) => {
                let mark = element("span", "headmark");
                set(&mark, "data-is", "wait");
                inside(&mark, "i", "dial");
                mark
            }
            Shown::Line(StateLine::Person(face)) => person(face),
            Shown::Line(StateLine::Closed) => headmark("#i-done"),
            Shown::Offline => headmark("#i-cut"),
        };
        set(&mark, "aria-hidden", "true");
        // Its error is a node without a parent, which this one has.
        let _replaced = self.mark.replace_with_with_node_1(&mark);
        self.mark = mark;

        let (words, strong) = match shown {
            Shown::Connecting => (text::CONNECTING, None),
            Shown::Offline => (text::OFFLINE, None),
            Shown::Line(StateLine::Assistant) => (text::WITH_ASSISTANT, None),
            Shown::Line(StateLine::Closed) => (text::CLOSED, None),
            Shown::Line(StateLine::Waiting { place }) => (text::WAITING, Some(text::place(*place))),
            Shown::Line(StateLine::Person(face)) => (text::WITH, Some(face.name.clone())),
        };
        self.line.set_text_content(None);
        let line = inside(&self.line, "span", "");
        say(&line, words);
        if let Some(strong) = strong {
            say(&inside(&line, "b", ""), &strong);
        }
    }
}

fn label(name: &str) -> String {
    let mut label = String::from("Chat with ");
    label.push_str(name);
    label
}

fn assistant() -> Element {
    let face = element("span", "face");
    set(&face, "data-who", "ai");
    add(&face, &icon("#i-ai", "i"));
    face
}

fn person(face: &Face) -> Element {
    let mark: HtmlElement = as_a(element("span", "face"));
    // Its error is a name that is none.
    let _set = mark
        .style()
        .set_property("--h", &text::number(usize::from(face.hue)));
    say(&mark, &face.initials);
    as_a(mark.into())
}

fn headmark(name: &str) -> Element {
    let mark = element("span", "headmark");
    add(&mark, &icon(name, "i"));
    mark
}
