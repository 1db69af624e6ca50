//! The list of rows, changed no more than needed: what stays the same keeps its element.

use alloc::vec::Vec;
use core::cell::Cell;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::rows::draw;
use crate::dom::{as_a, inside, label, set};
use crate::state::{Row, RowId};
use crate::text::Line;

/// Nearer to the end than this counts as being there, in CSS pixels.
const NEAR: i32 = 60;

/// The rows on the page.
pub(crate) struct Timeline {
    /// What scrolls.
    chat: HtmlElement,
    list: Element,
    rows: Vec<Drawn>,
    /// Whether the newest row was in view when it was last scrolled.
    follows: Cell<bool>,
}

struct Drawn {
    id: RowId,
    version: u32,
    element: Element,
}

impl Timeline {
    /// An empty list in its scrolling place.
    pub(crate) fn new(chat: &Element) -> Self {
        set(chat, "role", "log");
        label(chat, Line::messages);
        set(chat, "tabindex", "0");
        let list = inside(chat, "ol", "");
        let chat: HtmlElement = as_a(chat.clone());
        // The place in the text is kept by hand, since not every browser does it.
        let _set = chat.style().set_property("overflow-anchor", "none");
        Self {
            chat,
            list,
            rows: Vec::new(),
            follows: Cell::new(true),
        }
    }

    /// Brings the page in line with the rows, and shows the newest if it was shown before. History is
    /// not read out.
    pub(crate) fn show(&mut self, rows: &[Row<'_>], history: bool, at_end: bool) {
        let before = self.rows.first().map(|row| (row.id, top(&row.element)));
        set(
            &self.chat,
            "aria-live",
            if history { "off" } else { "polite" },
        );

        let mut old = core::mem::take(&mut self.rows);
        let mut cursor = self.list.first_element_child();
        for row in rows {
            let kept = old.iter().position(|drawn| drawn.id == row.id);
            let kept = kept.map(|at| old.swap_remove(at));
            let element = match &kept {
                Some(drawn) if drawn.version == row.version => drawn.element.clone(),
                Some(drawn) => {
                    let element = draw(&row.what);
                    if cursor.as_ref() == Some(&drawn.element) {
                        cursor = Some(element.clone());
                    }
                    // Its error is a node without a parent, which this one has.
                    let _replaced = drawn.element.replace_with_with_node_1(&element);
                    element
                }
                None => draw(&row.what),
            };
            if cursor.as_ref() == Some(&element) {
                cursor = element.next_element_sibling();
            } else {
                // Its error is a cursor that is not in the list.
                let _moved = self.list.insert_before(&element, cursor.as_deref());
            }
            self.rows.push(Drawn {
                id: row.id,
                version: row.version,
                element,
            });
        }
        for gone in old {
            gone.element.remove();
        }

        if at_end {
            self.to_end();
        } else if let Some((id, before)) = before
            && let Some(row) = self.rows.iter().find(|row| row.id == id)
        {
            let moved = top(&row.element) - before;
            if moved != 0 {
                self.chat.set_scroll_top(self.chat.scroll_top() + moved);
            }
        }
    }

    /// Shows the newest row: all of it, or its beginning when there is more of it than room.
    pub(crate) fn to_end(&self) {
        self.chat.set_scroll_top(self.end());
    }

    /// How far it is scrolled when the newest row is shown.
    fn end(&self) -> i32 {
        let end = self.chat.scroll_height() - self.chat.client_height();
        let newest = self.rows.last();
        newest.map_or(end, |row| end.min(top(&row.element) - top(&self.list)))
    }

    /// Remembers whether the newest row is in view.
    pub(crate) fn scrolled(&self) {
        self.follows.set(self.is_at_end());
    }

    /// Keeps the newest row in view when there is more or less room, as when a phone's keyboard opens.
    pub(crate) fn resized(&self) {
        if self.follows.get() {
            self.to_end();
        }
    }

    /// Whether older rows are about to come into view. A panel that is not shown has no height.
    pub(crate) fn is_near_start(&self) -> bool {
        self.chat.client_height() > 0 && self.chat.scroll_top() < NEAR
    }

    /// Whether the newest row is in view.
    pub(crate) fn is_at_end(&self) -> bool {
        self.end() - self.chat.scroll_top() < NEAR
    }
}

fn top(element: &Element) -> i32 {
    element.unchecked_ref::<HtmlElement>().offset_top()
}
