//! The panel on the page: built once, then brought in line with the state.

mod composer;
mod empty;
mod files;
pub(crate) mod form;
mod head;
mod rich_text;
mod rows;
mod timeline;

use alloc::string::String;

use protocol::visitor::StateLine;
use socket::Status;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::dom::{add, button, document, flag, icon, inside, label, say, say_line, set};
use crate::state::State;
use crate::text::Line;

pub(crate) use composer::Composer;
pub(crate) use timeline::Timeline;

/// Everything on the page.
pub(crate) struct View {
    pub panel: Element,
    head: head::Head,
    notice: Element,
    noticed: Option<String>,
    pub timeline: Timeline,
    empty: empty::Empty,
    say_box: Element,
    hand: Element,
    files: files::Files,
    pub composer: Composer,
    /// Up to which version of the state its trouble was shown.
    troubled: u32,
}

impl View {
    /// Builds the panel. `framed` when there is a page around that can close it.
    pub(crate) fn new(framed: bool) -> Self {
        let panel = crate::dom::element("section", "w");
        set(&panel, "role", "dialog");
        label(&panel, Line::chat);
        set(&panel, "tabindex", "-1");
        let head = head::Head::new(&panel, framed);
        let notice = inside(&panel, "div", "note-line");
        set(&notice, "role", "alert");
        flag(&notice, "hidden", true);
        let chat = inside(&panel, "div", "chat");
        let empty = empty::Empty::new(&chat);
        let timeline = Timeline::new(&chat);
        let say_box = inside(&panel, "form", "say-box");
        let hand = button(&say_box, "btn sm hand", "hand");
        add(&hand, &icon("#i-person", "i s"));
        say_line(&hand, Line::talk);
        let composer = Composer::new(&say_box);
        let files = files::Files::new(&say_box, composer.frame());
        if let Some(body) = document().body() {
            add(&body, &panel);
        }
        Self {
            panel,
            head,
            notice,
            noticed: None,
            timeline,
            empty,
            say_box,
            hand,
            files,
            composer,
            troubled: 0,
        }
    }

    /// Shows the state. `history` when rows came that were said before the visitor looked.
    pub(crate) fn show(&mut self, state: &State, history: bool) {
        let at_end = self.timeline.is_at_end();
        self.head.show(state);
        let rows = state.rows();
        let empty = rows.is_empty() && state.widget.is_some();
        self.empty.show(state, empty);
        let waits = matches!(state.line, Some(StateLine::Waiting { .. }));
        self.composer.invite(waits, state.is_previewed());
        self.files.show(state);
        self.composer.goes_along(!state.files.is_empty());
        flag(&self.hand, "hidden", empty || !state.may_ask());
        flag(&self.say_box, "hidden", state.unknown);
        if self.noticed != state.notice {
            self.noticed.clone_from(&state.notice);
            if state.unknown {
                // The cursor was in what is gone; from here Escape still closes the panel.
                self.focus();
            }
            self.show_notice(matches!(state.status, Status::Stopped(_)));
        }
        // Last, when everything around it has its size.
        self.timeline.show(&rows, history, at_end);
        if self.troubled != state.version {
            self.troubled = state.version;
            if state.trouble.is_some() {
                form::focus_trouble(&self.panel);
            }
        }
    }

    /// Follows what is being written.
    pub(crate) fn written(&self) {
        let at_end = self.timeline.is_at_end();
        self.composer.changed();
        if at_end {
            self.timeline.to_end();
        }
    }

    /// Follows the room there is.
    pub(crate) fn resized(&self) {
        self.composer.changed();
        self.timeline.resized();
    }

    /// Puts the focus on the panel itself.
    pub(crate) fn focus(&self) {
        let panel: &HtmlElement = self.panel.unchecked_ref();
        // Its error is a page that is going away.
        let _focused = panel.focus();
    }

    fn show_notice(&self, over: bool) {
        self.notice.set_text_content(None);
        flag(&self.notice, "hidden", self.noticed.is_none());
        if let Some(words) = &self.noticed {
            add(&self.notice, &icon("#i-alert", "i"));
            say(&inside(&self.notice, "span", ""), words);
        }
        if over {
            let reload = button(&self.notice, "btn sm", "reload");
            say_line(&reload, Line::reload);
        }
    }
}

#[cfg(test)]
#[cfg(target_arch = "wasm32")]
mod tests;
