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

/// Whether somebody looks at this page and works in it.
pub(crate) fn has_attention() -> bool {
    !is_hidden() && document().has_focus().unwrap_or(false)
}

/// Marks the page's icon where a request waits.
pub(crate) fn set_badge(waits: bool) {
    let Some(icon) = document().get_element_by_id("icon") else {
        return;
    };
    let name = if waits { "data-waits" } else { "data-calm" };
    if let Some(href) = icon.get_attribute(name) {
        // An attribute of a link takes every value.
        let _set = icon.set_attribute("href", &href);
    }
}

/// Counts what has rung, in an attribute of the page: what cannot be seen can be looked up.
pub(crate) fn count_ring() {
    let Some(root) = document().document_element() else {
        return;
    };
    let rung = root.get_attribute("data-rung");
    let rung: u32 = rung.and_then(|rung| rung.parse().ok()).unwrap_or(0);
    let _set = root.set_attribute("data-rung", &(rung + 1).to_string());
}

/// Whether a dialog is open: it has its own keys.
pub(crate) fn has_dialog() -> bool {
    has("dialog[open]")
}

/// Whether a selector finds anything on the page.
pub(crate) fn has(selector: &str) -> bool {
    matches!(document().query_selector(selector), Ok(Some(_)))
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

/// What stands behind the `#` of the address.
pub(crate) fn fragment() -> String {
    let hash = window().location().hash().unwrap_or_default();
    hash.trim_start_matches('#').to_owned()
}

/// Takes what stands behind the `?` out of the address, once it was shown.
pub(crate) fn forget_query() {
    let path = window().location().pathname().unwrap_or_default();
    // A page's history takes every address of its own site.
    let _forgot = window().history().and_then(|history| {
        let state = history.state().unwrap_or_default();
        history.replace_state_with_url(&state, "", Some(&path))
    });
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

/// The path of the row that has the focus.
pub(crate) fn focused_link() -> Option<String> {
    let active = document().active_element()?;
    active.get_attribute("href")
}

/// Scrolls as little as it takes to see an element.
pub(crate) fn keep_in_sight(element: &web_sys::Element) {
    let how = web_sys::ScrollIntoViewOptions::new();
    how.set_block(web_sys::ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&how);
}

/// The height of a line of a list with the room behind it: from the first that a selector finds to
/// the next, or of the only one.
pub(crate) fn pitch(area: &web_sys::Element, selector: &str) -> Option<i32> {
    let found = area.query_selector_all(selector).ok()?;
    let line = |at| found.get(at)?.dyn_into::<HtmlElement>().ok();
    let first = line(0)?;
    let next = line(1).map(|next| next.offset_top() - first.offset_top());
    let height = next
        .filter(|next| *next > 0)
        .unwrap_or(first.offset_height());
    (height > 0).then_some(height)
}

/// How far below the beginning of an area the first element lies that a selector finds.
pub(crate) fn top_of(area: &web_sys::Element, selector: &str) -> Option<i32> {
    let found = area.query_selector(selector).ok().flatten()?;
    let (found, area_box) = (
        found.get_bounding_client_rect(),
        area.get_bounding_client_rect(),
    );
    Some((found.top() - area_box.top()) as i32 + area.scroll_top())
}

/// Shows the first element that a selector finds, be it folded away, and marks it as the one that was
/// found. Says how far below the beginning of an area it lies.
pub(crate) fn reveal(area: &web_sys::Element, selector: &str) -> Option<i32> {
    const MARK: &str = "data-found";
    if let Ok(Some(before)) = area.query_selector("[data-found]") {
        let _unmarked = before.remove_attribute(MARK);
    }
    let found = area.query_selector(selector).ok().flatten()?;
    if let Ok(Some(fold)) = found.closest("details") {
        let _unfolded = fold.set_attribute("open", "");
    }
    let _marked = found.set_attribute(MARK, "");
    top_of(area, selector)
}

/// The height of the first element that a selector finds.
pub(crate) fn height(area: &web_sys::Element, selector: &str) -> Option<i32> {
    let found = area.query_selector(selector).ok().flatten()?;
    Some(found.dyn_into::<HtmlElement>().ok()?.offset_height())
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
    // A tick box or a switch takes no letters.
    let takes_text = "input:not([type=checkbox], [type=radio], [type=range]), textarea, select";
    element.matches(takes_text).unwrap_or(false)
}

/// What has the focus within a part that is made anew keeps it: it is found again by its `data-at`.
pub(crate) fn keep_focus(part: &'static str) {
    let Some(active) = document().active_element() else {
        return;
    };
    let inside = active.closest(part).is_ok_and(|part| part.is_some());
    if let Some(at) = active.get_attribute("data-at").filter(|_| inside) {
        let again = format!("{part} [data-at=\"{at}\"]");
        leptos::prelude::request_animation_frame(move || focus(&again));
    }
}

/// What stands in a field of the form that is being sent, or was chosen in it.
pub(crate) fn field_value(event: &web_sys::SubmitEvent, name: &str) -> String {
    let form = event
        .target()
        .and_then(|form| form.dyn_into::<web_sys::HtmlFormElement>().ok());
    let field = form.and_then(|form| form.elements().named_item(name));
    let Some(field) = field else {
        return String::new();
    };
    match field.dyn_into::<web_sys::HtmlInputElement>() {
        Ok(input) => input.value(),
        Err(other) => {
            let select = other.dyn_into::<web_sys::HtmlSelectElement>();
            select.map(|select| select.value()).unwrap_or_default()
        }
    }
}

/// Whether a box of the form that is being sent is ticked.
pub(crate) fn is_ticked(event: &web_sys::SubmitEvent, name: &str) -> bool {
    let form = event
        .target()
        .and_then(|form| form.dyn_into::<web_sys::HtmlFormElement>().ok());
    let field = form.and_then(|form| form.elements().named_item(name));
    let field = field.and_then(|field| field.dyn_into::<web_sys::HtmlInputElement>().ok());
    field.is_some_and(|field| field.checked())
}

/// Empties the form of a submit event, for the next thing to type.
pub(crate) fn empty_form(event: &web_sys::SubmitEvent) {
    let form = event
        .target()
        .and_then(|form| form.dyn_into::<web_sys::HtmlFormElement>().ok());
    if let Some(form) = form {
        form.reset();
    }
}

/// Lets the visitor on the site in a frame say something, if the frame is one of our own.
pub(crate) fn tell_frame(selector: &str, text: &str) {
    let frame = document().query_selector(selector).ok().flatten();
    let frame = frame.and_then(|frame| frame.dyn_into::<web_sys::HtmlIFrameElement>().ok());
    let Some(inside) = frame.and_then(|frame| frame.content_window()) else {
        return;
    };
    let message = js_sys::Object::new();
    for (name, value) in [("playground", "say"), ("text", text)] {
        // A plain object takes every property.
        let _set = js_sys::Reflect::set(&message, &name.into(), &value.into());
    }
    let origin = window().location().origin().unwrap_or_default();
    // Another site in it would not hear it.
    let _told = inside.post_message(&message, &origin);
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
