//! Whoever leaves a page with something typed and not saved is asked by the browser.

use leptos::ev;
use leptos::prelude::*;
use web_sys::wasm_bindgen::JsCast as _;
use web_sys::{Element, Event};

use super::follow::effect;
use crate::live::browser;

/// Asks while there is something unsaved.
pub(crate) fn guard(unsaved: impl Fn() -> bool + Copy + 'static) {
    effect(move || {
        let leaves = window_event_listener(ev::beforeunload, move |event| {
            if untrack(unsaved) {
                event.prevent_default();
            }
        });
        on_cleanup(move || leaves.remove());
    });
}

/// On a form that was typed in; `sent` once it was handed over since.
const TYPED: &str = "data-typed";
/// Forms that save something, and not those that search.
const SAVES: &str = "form:not([method=get])";
/// What was handed over and refused says why, and is as unsaved as before. A field in no form says by
/// itself that it is, and a form that says that it is as it was has nothing to save.
const UNSAVED: &str = "form[data-typed=here]:not([data-changed=no]), [data-unsaved], \
                       form[data-typed=sent]:has([role=alert], [aria-invalid=true])";

/// Asks while a form on the page was typed in and not saved, or a field says so.
pub(crate) fn guard_forms() {
    effect(|| {
        let typed = window_event_listener(ev::input, |event| mark(&event, false));
        let sent = window_event_listener(ev::submit, |event| mark(&event, true));
        on_cleanup(move || {
            typed.remove();
            sent.remove();
        });
    });
    guard(|| browser::has(UNSAVED));
}

/// Notes what was done to the form of an event; one that nobody typed in is not noted when it is sent.
fn mark(event: &Event, sent: bool) {
    let target = event.target().and_then(|to| to.dyn_into::<Element>().ok());
    let form = target.and_then(|target| target.closest(SAVES).ok().flatten());
    let Some(form) = form else { return };
    if !sent || form.has_attribute(TYPED) {
        let _marked = form.set_attribute(TYPED, if sent { "sent" } else { "here" });
    }
}
