//! What the pages need of the browser itself: chance, addresses, focus, the clipboard.

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{HtmlElement, VisibilityState};

/// Ten random bytes for a key.
pub(crate) fn random() -> [u8; 10] {
    let mut bytes = [0; 10];
    let crypto = window()
        .crypto()
        .expect("every browser has a source of chance");
    let filled = crypto.get_random_values_with_u8_array(&mut bytes);
    filled.expect("ten bytes are within its limit");
    bytes
}

/// Where the hub listens for agents.
pub(crate) fn hub_address() -> String {
    let location = window().location();
    let secure = location
        .protocol()
        .is_ok_and(|protocol| protocol == "https:");
    let scheme = if secure { "wss" } else { "ws" };
    format!(
        "{scheme}://{}/ws/agent",
        location.host().unwrap_or_default()
    )
}

/// Whether nobody sees this page now.
pub(crate) fn is_hidden() -> bool {
    document().visibility_state() == VisibilityState::Hidden
}

/// Loads another page from the server, with whatever cookie there is now.
pub(crate) fn go(path: &str) {
    // It fails for addresses that are no addresses; ours are fixed words.
    let _went = window().location().assign(path);
}

/// Keeps a word for the server in a cookie, for a year.
pub(crate) fn keep_cookie(name: &str, value: &str) {
    let Some(page) = document().dyn_into::<web_sys::HtmlDocument>().ok() else {
        return;
    };
    let cookie = format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax");
    // It fails in pages that may have none, and those have no sign-in either.
    let _kept = page.set_cookie(&cookie);
}

/// What the tab and the window are called.
pub(crate) fn set_title(title: &str) {
    document().set_title(title);
}

/// Loads this page anew.
pub(crate) fn reload() {
    let _reloaded = window().location().reload();
}

/// Moves the focus to the first element that a selector finds.
pub(crate) fn focus(selector: &str) {
    let found = document().query_selector(selector).ok().flatten();
    if let Some(element) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        // Fails for nothing that can take the focus.
        let _focused = element.focus();
    }
}

/// Moves the focus to the next or the previous of the elements that a selector finds: from the one
/// that has it, else from the one that is marked as current.
pub(crate) fn step_focus(selector: &str, forward: bool) {
    let Ok(found) = document().query_selector_all(selector) else {
        return;
    };
    let active = document().active_element();
    let elements =
        (0..found.length()).filter_map(|at| found.get(at)?.dyn_into::<HtmlElement>().ok());
    let elements: Vec<HtmlElement> = elements.collect();
    let has_focus = |element: &HtmlElement| active.as_deref() == Some(element);
    let at = elements.iter().position(has_focus).or_else(|| {
        elements
            .iter()
            .position(|element| element.has_attribute("aria-current"))
    });
    let to = match (at, forward) {
        (None, _) => 0,
        (Some(at), true) => (at + 1).min(elements.len().saturating_sub(1)),
        (Some(at), false) => at.saturating_sub(1),
    };
    if let Some(element) = elements.get(to) {
        let _focused = element.focus();
    }
}

/// Watches the size of an element for as long as the answer is kept.
pub(crate) fn on_resize(element: &web_sys::Element, changed: impl Fn() + 'static) -> Watch {
    let callback = Closure::<dyn FnMut()>::new(changed);
    let observer = web_sys::ResizeObserver::new(callback.as_ref().unchecked_ref());
    let observer = observer.expect("every browser can watch a size");
    observer.observe(element);
    Watch {
        observer,
        _callback: callback,
    }
}

/// A watch over an element's size; it ends when this is dropped.
pub(crate) struct Watch {
    observer: web_sys::ResizeObserver,
    _callback: Closure<dyn FnMut()>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Whether what was scrolled is near its end.
pub(crate) fn is_near_end(event: &web_sys::Event) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|area| area.scroll_height() - area.scroll_top() - area.client_height() < 400)
}

/// Whether what has the focus is one of those that a selector means.
pub(crate) fn has_focus(selector: &str) -> bool {
    let active = document().active_element();
    active.is_some_and(|active| active.matches(selector).unwrap_or(false))
}

/// Whether what has the focus takes text, so that a letter is a letter and no shortcut.
pub(crate) fn is_writing() -> bool {
    let Some(element) = document().active_element() else {
        return false;
    };
    matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
}

/// What stands in a field of the form that is being sent.
pub(crate) fn field_value(event: &web_sys::SubmitEvent, name: &str) -> String {
    let form = event
        .target()
        .and_then(|form| form.dyn_into::<web_sys::HtmlFormElement>().ok());
    let field = form.and_then(|form| form.elements().named_item(name));
    let field = field.and_then(|field| field.dyn_into::<web_sys::HtmlInputElement>().ok());
    field.map(|field| field.value()).unwrap_or_default()
}

/// Posts nothing to an address of the server. Tells whether it was done.
pub(crate) async fn post(path: &str) -> bool {
    let how = web_sys::RequestInit::new();
    how.set_method("POST");
    let answer = window().fetch_with_str_and_init(path, &how);
    let answer = wasm_bindgen_futures::JsFuture::from(answer).await;
    let answer = answer.and_then(|answer| answer.dyn_into::<web_sys::Response>());
    answer.is_ok_and(|answer| answer.ok())
}

/// Puts a text on the clipboard. False where the browser does not let a page do so.
pub(crate) async fn copy(text: &str) -> bool {
    // Absent on pages without https.
    if !window().is_secure_context() {
        return false;
    }
    let copied = window().navigator().clipboard().write_text(text);
    wasm_bindgen_futures::JsFuture::from(copied).await.is_ok()
}
