//! The text box: where its caret is, and changes that the browser can undo.

use std::ops::Range;

use leptos::prelude::document;
use web_sys::HtmlTextAreaElement;
use web_sys::wasm_bindgen::JsCast;

use crate::live::edit::{Edit, byte, units};

/// What is selected, in bytes of the text.
pub(crate) fn selected(area: &HtmlTextAreaElement) -> Range<usize> {
    let text = area.value();
    let start = area.selection_start().ok().flatten().unwrap_or(0);
    let end = area.selection_end().ok().flatten().unwrap_or(start);
    byte(&text, start)..byte(&text, end)
}

/// Changes the text as if it had been typed, so that the browser's own undo takes it back, and
/// whoever listens for letters hears of it.
pub(crate) fn apply(area: &HtmlTextAreaElement, edit: &Edit) {
    let old = area.value();
    let _focused = area.focus();
    let (from, to) = (
        units(&old, edit.replace.start),
        units(&old, edit.replace.end),
    );
    let _selected = area.set_selection_range(from, to);
    let page = document().dyn_into::<web_sys::HtmlDocument>().ok();
    let typed = page.is_some_and(|page| {
        let (command, with) = if edit.with.is_empty() {
            ("delete", "")
        } else {
            ("insertText", edit.with.as_str())
        };
        // False for a box that takes no text.
        page.exec_command_with_show_ui_and_value(command, false, with)
            .unwrap_or(false)
    });
    let new = area.value();
    if typed {
        let select = &edit.select;
        let _selected =
            area.set_selection_range(units(&new, select.start), units(&new, select.end));
    }
}
