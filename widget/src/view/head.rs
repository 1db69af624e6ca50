//! The head: who has the visitor right now, said by one line and by the baton rail.

use alloc::string::String;

use protocol::person::Face;
use protocol::visitor::StateLine;
use socket::Status;
use web_sys::{Element, HtmlElement};

use crate::dom::{add, as_a, button, element, flag, icon, inside, label, say, set};
use crate::state::State;
use crate::text::{self, Line};

/// Stands in a text for what is to stand out in it.
const GAP: &str = "\n";

/// The head's moving parts.
pub(super) struct Head {
    /// The whole panel, which carries the rail's pattern.
    panel: Element,
    mark: Element,
    name: Element,
    line: Element,
    /// The words of the line, so that nothing is announced twice.
    said: String,
}

impl Head {
    pub(super) fn new(panel: &Element, framed: bool) -> Self {
        let head = inside(panel, "header", "");
        let mark = inside(&head, "span", "");
        let words = inside(&head, "div", "");
        let name = inside(&words, "h2", "");
        let line = inside(&words, "p", "state-line");
        set(&line, "role", "status");
        let more = way(&head, "more", Line::more, "#i-more");
        set(&more, "data-part", "more");
        set(&more, "aria-expanded", "false");
        if framed {
            way(&head, "close", Line::close, "#i-x");
        }
        Self {
            panel: panel.clone(),
            mark,
            name,
            line,
            said: String::new(),
        }
    }

    pub(super) fn show(&mut self, state: &State) {
        let name = match &state.widget {
            Some(widget) => widget.name.clone(),
            None => Line::chat.text(),
        };
        if self.name.text_content().as_deref() != Some(&name) {
            self.name.set_text_content(Some(&name));
            set(&self.panel, "aria-label", &Line::chat_with.with(&name));
        }
        let (mut strong, mut rest) = (String::new(), String::new());
        let line = match (&state.line, state.status) {
            _ if state.unknown => Line::unavailable,
            (_, Status::Lost { .. } | Status::Stopped(_)) => Line::offline,
            (None, _) => Line::connecting,
            (Some(StateLine::Assistant | StateLine::Proposed), _) => Line::with_assistant,
            (Some(StateLine::Waiting { place, minutes, .. }), _) => {
                strong = text::turn(*place);
                rest = text::about(*minutes);
                if *place > 1 {
                    Line::waiting
                } else {
                    Line::you_are
                }
            }
            (Some(StateLine::LeaveDetails), _) => Line::nobody,
            (Some(StateLine::ByMail), _) => Line::by_mail,
            (Some(StateLine::Person(face)), _) => {
                strong.clone_from(&face.name);
                Line::with
            }
            (Some(StateLine::Closed), _) => Line::closed,
        };
        let words = line.with(GAP);
        let (before, after) = words.split_once(GAP).unwrap_or((&words, ""));
        let parts = [before, &strong, after, &rest];
        let said = parts.concat();
        if said != self.said {
            self.said = said;
            self.line.set_text_content(None);
            let line = inside(&self.line, "span", "");
            say(&line, before);
            say(&inside(&line, "b", ""), &strong);
            say(&line, after);
            say(&line, &rest);
            self.draw(state);
        }
    }

    fn draw(&mut self, state: &State) {
        let offline = matches!(state.status, Status::Lost { .. } | Status::Stopped(_));
        let line = state.line.as_ref().filter(|_| !offline);
        let held = match line {
            Some(StateLine::Assistant | StateLine::Proposed) => "ai",
            Some(StateLine::Waiting { .. }) => "waiting",
            Some(StateLine::Person(_)) => "person",
            Some(StateLine::LeaveDetails | StateLine::ByMail | StateLine::Closed) | None => "",
        };
        flag(&self.panel, "data-held", !held.is_empty());
        if !held.is_empty() {
            set(&self.panel, "data-held", held);
        }
        let mark = match line {
            _ if offline => headmark("#i-cut"),
            Some(StateLine::Assistant | StateLine::Proposed) | None => assistant(),
            Some(StateLine::LeaveDetails | StateLine::ByMail) => headmark("#i-mail"),
            Some(StateLine::Waiting { .. }) => {
                let mark = element("span", "headmark");
                set(&mark, "data-is", "wait");
                inside(&mark, "i", "dial");
                mark
            }
            Some(StateLine::Person(face)) => person(face),
            Some(StateLine::Closed) => headmark("#i-done"),
        };
        set(&mark, "aria-hidden", "true");
        // Its error is a node without a parent, which this one has.
        let _replaced = self.mark.replace_with_with_node_1(&mark);
        self.mark = mark;
    }
}

/// A button that shows what it does by its icon alone.
fn way(head: &Element, does: &str, line: Line, name: &str) -> Element {
    let way = button(head, "btn sq", does);
    set(&way, "data-kind", "quiet");
    label(&way, line);
    set(&way, "title", &line.text());
    add(&way, &icon(name, "i"));
    way
}

fn assistant() -> Element {
    let face = element("span", "face");
    set(&face, "data-who", "ai");
    add(&face, &icon("#i-ai", "i"));
    face
}

/// Somebody of the team, by their initials.
pub(super) fn person(face: &Face) -> Element {
    let mark: HtmlElement = as_a(element("span", "face"));
    set(&mark, "aria-hidden", "true");
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
