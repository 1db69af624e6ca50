//! What the pages need of the browser itself: chance, addresses, focus, the clipboard.

use leptos::prelude::{document, window};
use web_sys::wasm_bindgen::JsCast;
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

/// Whether what has the focus takes text, so that a letter is a letter and no shortcut.
pub(crate) fn is_writing() -> bool {
    let Some(element) = document().active_element() else {
        return false;
    };
    matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
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
