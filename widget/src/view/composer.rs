//! Where the visitor writes.

use alloc::borrow::ToOwned as _;
use alloc::string::String;

use protocol::limits;
use web_sys::{Element, HtmlElement, HtmlTextAreaElement};

use crate::dom::{add, as_a, button, flag, icon, inside, label, set};
use crate::text::{self, Line, count};

/// Bytes of what the team is shown.
const ENDING: usize = 1_000;

/// The text, Send, and a word when the text is too long.
pub(crate) struct Composer {
    frame: Element,
    field: HtmlTextAreaElement,
    remark: Element,
    /// That the team sees what is typed.
    told: Element,
    waiting: Option<bool>,
    files: bool,
}

impl Composer {
    /// Builds it at the end of a form.
    pub(crate) fn new(form: &Element) -> Self {
        let frame = inside(form, "div", "in");
        let field = inside(&frame, "textarea", "");
        set(&field, "rows", "1");
        label(&field, Line::message);
        set(&field, "enterkeyhint", "send");
        set(&field, "autocomplete", "off");
        set(&field, "dir", "auto");
        let send = button(&frame, "btn sq", "send");
        set(&send, "data-kind", "primary");
        label(&send, Line::send);
        set(&send, "title", &Line::send.text());
        add(&send, &icon("#i-send", "i"));
        let remark = inside(form, "small", "");
        set(&remark, "role", "status");
        let told = inside(form, "small", "");
        told.set_text_content(Some(&Line::previewed.text()));
        let composer = Self {
            frame,
            field: as_a(field),
            remark,
            told,
            waiting: None,
            files: false,
        };
        composer.changed();
        composer
    }

    /// The frame around text and buttons.
    pub(crate) fn frame(&self) -> &Element {
        &self.frame
    }

    /// Whether files go along, and words need not be there.
    pub(crate) fn goes_along(&mut self, files: bool) {
        if self.files != files {
            self.files = files;
            self.changed();
        }
    }

    /// The words to send, if they can be sent.
    pub(crate) fn ready(&self) -> Option<String> {
        let words = self.words();
        let count = count(&words);
        ((count > 0 || self.files) && count <= limits::TEXT).then_some(words)
    }

    /// Whether there is nothing but space.
    pub(crate) fn is_empty(&self) -> bool {
        self.words().is_empty()
    }

    /// Empties it.
    pub(crate) fn clear(&self) {
        self.field.set_value("");
        self.changed();
    }

    /// Follows the text: its height, and what is to be said of it.
    pub(crate) fn changed(&self) {
        let style = AsRef::<HtmlElement>::as_ref(&self.field).style();
        let _reset = style.set_property("height", "auto");
        // Nothing is measured while the panel is not shown.
        let height = self.field.scroll_height();
        if height > 0 {
            let mut pixels = text::number(height as usize);
            pixels.push_str("px");
            let _set = style.set_property("height", &pixels);
        }
        let count = count(&self.words());
        flag(&self.frame, "data-empty", count == 0 && !self.files);
        let remark = (count > limits::TEXT).then(|| text::too_long_by(count));
        if self.remark.text_content().as_deref() != Some(remark.as_deref().unwrap_or_default()) {
            self.remark.set_text_content(remark.as_deref());
        }
        flag(&self.remark, "hidden", remark.is_none());
    }

    /// Says what may be written now, and whether the team sees it meanwhile.
    pub(crate) fn invite(&mut self, waiting: bool, previewed: bool) {
        flag(&self.told, "hidden", !previewed);
        if self.waiting != Some(waiting) {
            self.waiting = Some(waiting);
            let invitation = if waiting {
                Line::write_waiting
            } else {
                Line::write
            };
            self.field.set_placeholder(&invitation.text());
        }
    }

    /// The last of what stands there, as much as the team is shown.
    pub(crate) fn ending(&self) -> String {
        let mut words = self.words();
        let from = words.floor_char_boundary(words.len().saturating_sub(ENDING));
        words.drain(..from);
        words
    }

    fn words(&self) -> String {
        let value = self.field.value();
        value.trim_ascii().to_owned()
    }

    /// Puts the cursor into it.
    pub(crate) fn focus(&self) {
        // Its error is a page that is going away.
        let _focused = self.field.focus();
    }

    /// Whether an element is the text.
    pub(crate) fn is_field(&self, element: &Element) -> bool {
        let field: &Element = &self.field;
        field == element
    }
}
