//! Where in the inbox this page is: the open conversation, which stands in the address.
//!
//! The inbox has one kind of address, so it needs no router; what it needs of one is here.

use leptos::ev;
use leptos::prelude::*;
use protocol::ConversationId;
use wasm_bindgen::{JsCast, JsValue};

/// Where the inbox begins.
const INBOX: &str = "/inbox";

/// The place of this page. It belongs to the root.
#[derive(Clone, Copy)]
pub(crate) struct Place(RwSignal<Option<ConversationId>>);

impl Place {
    /// Puts the place of the page's address into the context.
    pub(crate) fn provide(path: &str) {
        provide_context(Self(RwSignal::new(conversation(path))));
    }

    /// The place of this page.
    pub(crate) fn here() -> Self {
        expect_context()
    }

    /// The open conversation.
    pub(crate) fn open(self) -> Option<ConversationId> {
        self.0.get()
    }

    /// Opens a conversation as a link to it would.
    pub(crate) fn go(self, to: ConversationId) {
        self.enter(&format!("{INBOX}/{to}"));
    }

    /// Follows the address and takes its links, for as long as the page lives. Only called in the browser.
    pub(crate) fn listen(self) {
        let _back_and_forth = window_event_listener(ev::popstate, move |_| self.look());
        let _links = window_event_listener(ev::click, move |event| {
            if let Some(path) = link(&event) {
                event.prevent_default();
                self.enter(&path);
            }
        });
    }

    fn enter(self, path: &str) {
        if path != address() {
            let history = window().history();
            // Refused only to pages that change it hundreds of times in a moment; the place is right
            // all the same.
            let _entered =
                history.map(|history| history.push_state_with_url(&JsValue::NULL, "", Some(path)));
        }
        self.0.set(conversation(path));
    }

    fn look(self) {
        self.0.set(conversation(&address()));
    }
}

/// The path of this page's address. Only called in the browser.
pub(crate) fn address() -> String {
    window().location().pathname().unwrap_or_default()
}

/// The conversation that a path names.
fn conversation(path: &str) -> Option<ConversationId> {
    path.strip_prefix(INBOX)?.strip_prefix('/')?.parse().ok()
}

/// The path of a link within the inbox that was clicked plainly: not to open elsewhere, not to download.
fn link(event: &web_sys::MouseEvent) -> Option<String> {
    let chord = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
    if event.default_prevented() || event.button() != 0 || chord {
        return None;
    }
    let clicked = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let path = clicked.closest("a").ok()??.get_attribute("href")?;
    let inside = path.strip_prefix(INBOX)?;
    (inside.is_empty() || inside.starts_with('/')).then_some(path)
}

#[cfg(test)]
mod tests {
    use protocol::Timestamp;

    use super::*;

    #[test]
    fn a_path_names_the_open_conversation_or_none() {
        let id = ConversationId::new(Timestamp(5), &[9; 10]);
        assert_eq!(Some(id), conversation(&format!("/inbox/{id}")));
        for path in ["/inbox", "/inbox/", "/inbox/nonsense", "/doctor"] {
            assert_eq!(None, conversation(path), "{path}");
        }
    }
}
