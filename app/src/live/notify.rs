//! Notifications of the system, while a tab is open. Only called in the browser.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Notification, NotificationOptions, NotificationPermission};

/// Whether the system may be asked to show something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Allowed {
    Yes,
    /// The reader has not been asked.
    NotAsked,
    /// The reader or the browser said no.
    No,
}

/// Whether the system may be asked.
pub(crate) fn allowed() -> Allowed {
    // Without https there is none.
    let exists = js_sys::Reflect::has(&js_sys::global(), &JsValue::from_str("Notification"));
    if exists != Ok(true) {
        return Allowed::No;
    }
    match Notification::permission() {
        NotificationPermission::Granted => Allowed::Yes,
        NotificationPermission::Default => Allowed::NotAsked,
        _ => Allowed::No,
    }
}

/// Asks the reader.
pub(crate) async fn ask() -> Allowed {
    if allowed() == Allowed::NotAsked
        && let Ok(asked) = Notification::request_permission()
    {
        // What the reader said is read below.
        let _said = wasm_bindgen_futures::JsFuture::from(asked).await;
    }
    allowed()
}

/// Shows something; a click on it comes back to this tab. Of two with one tag the newer is shown.
pub(crate) fn show(title: &str, body: &str, tag: &str, opened: impl Fn() + 'static) {
    if allowed() != Allowed::Yes {
        return;
    }
    let options = NotificationOptions::new();
    options.set_body(body);
    options.set_tag(tag);
    // Some phones only let a service worker show one.
    let Ok(shown) = Notification::new_with_options(title, &options) else {
        return;
    };
    let notification = shown.clone();
    let clicked = Closure::<dyn FnMut()>::new(move || {
        let _focused = leptos::prelude::window().focus();
        notification.close();
        opened();
    });
    shown.set_onclick(Some(clicked.as_ref().unchecked_ref()));
    // As long as the notification may be clicked, which nobody knows.
    clicked.forget();
}
