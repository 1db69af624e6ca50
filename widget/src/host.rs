//! What lies around the chat: the frame's own address, and the loader on the page around. `boot.js`
//! keeps both; this is the other end of it.

use alloc::string::String;

use protocol::limits;
use protocol::visitor::Page;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{Element, Event};

#[wasm_bindgen]
extern "C" {
    /// The object `baton`, which `boot.js` makes.
    #[derive(Clone)]
    pub(crate) type Host;

    #[wasm_bindgen(thread_local_v2, js_name = baton)]
    static HOST: Host;

    /// Where the hub listens.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn socket(this: &Host) -> String;

    /// Whether there is a page around that can close the panel.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn framed(this: &Host) -> bool;

    /// A line of the visitor's language, with its values.
    #[wasm_bindgen(method)]
    pub(crate) fn said(this: &Host, line: u32, one: &str, two: &str) -> String;

    /// The language that the page or the browser asks for.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn locale(this: &Host) -> String;

    /// Whether there is a mouse or the like; fingers would have the keyboard jump up at them.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn fine(this: &Host) -> bool;

    /// A time as the visitor reads it: of today the time of day, else with the day.
    #[wasm_bindgen(method)]
    pub(crate) fn clock(this: &Host, at: f64) -> String;

    /// Fills bytes with chance that nobody can guess.
    #[wasm_bindgen(method)]
    pub(crate) fn random(this: &Host, bytes: &mut [u8]);

    /// What was kept for this chatbot under a name.
    #[wasm_bindgen(method)]
    pub(crate) fn kept(this: &Host, name: &str) -> Option<String>;

    /// Keeps something under a name for this chatbot, or forgets it.
    #[wasm_bindgen(method)]
    pub(crate) fn keep(this: &Host, name: &str, value: Option<&str>);

    /// All names under which something is kept, separated by spaces.
    #[wasm_bindgen(method)]
    pub(crate) fn names(this: &Host) -> String;

    /// Takes the files of a choice, a paste or a drop; each is told to the function that hears.
    #[wasm_bindgen(method)]
    pub(crate) fn take(this: &Host, event: &Event);

    /// Sends a file to a conversation. How far it gets is told to the function that hears.
    #[wasm_bindgen(method)]
    pub(crate) fn upload(this: &Host, place: u32, conversation: &str, accept: &str);

    /// Cuts an upload off and lets the file go.
    #[wasm_bindgen(method)]
    pub(crate) fn cut(this: &Host, place: u32);

    /// By what files are fetched and sent.
    #[wasm_bindgen(method, setter)]
    pub(crate) fn set_token(this: &Host, token: Option<&str>);

    /// Shows the thumbnail of a picture.
    #[wasm_bindgen(method)]
    pub(crate) fn picture(this: &Host, image: &Element, id: &str);

    /// Saves a file to the visitor's machine.
    #[wasm_bindgen(method)]
    pub(crate) fn save(this: &Host, id: &str, name: &str);

    /// Draws whether an answer helped into its place. What was said before: 0 nothing, 1 up, 2 down.
    #[wasm_bindgen(method)]
    pub(crate) fn thumbs(this: &Host, place: &Element, seq: f64, thumb: u32);

    /// Asks to close the panel.
    #[wasm_bindgen(method)]
    pub(crate) fn close(this: &Host);

    /// Tells how many messages are unread.
    #[wasm_bindgen(method)]
    pub(crate) fn unread(this: &Host, count: u32);

    /// Tells the page around that somebody answered.
    #[wasm_bindgen(method)]
    pub(crate) fn came(this: &Host, from: &str);

    /// Tells the page around who answers now.
    #[wasm_bindgen(method)]
    pub(crate) fn stands(this: &Host, state: &str);

    /// The hub welcomed us: this version is the right one.
    #[wasm_bindgen(method)]
    pub(crate) fn welcomed(this: &Host);

    /// Loads this page anew. With `once` it does not when that did not help before, and says so.
    #[wasm_bindgen(method)]
    pub(crate) fn reload(this: &Host, once: bool) -> bool;
}

/// What lies around the chat.
pub(crate) fn host() -> Host {
    HOST.with(Clone::clone)
}

/// The page around, as the loader told of it, within the wire's limits.
pub(crate) fn page(url: String, title: String, referrer: String) -> Page {
    let [url, title, referrer] = [url, title, referrer].map(|mut text| {
        if let Some((end, _)) = text.char_indices().nth(limits::PAGE_URL) {
            text.truncate(end);
        }
        text
    });
    Page {
        url,
        title,
        referrer,
    }
}
