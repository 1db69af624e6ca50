//! The visitor's chat: plain WASM on web-sys, no framework.
//!
//! [`state`] is what the widget knows, without a browser. [`view`] shows it. [`chat`] joins both to the
//! socket and to the page around the frame ([`host`]). [`text`] holds every sentence.
//!
//! The build for visitors has no standard library: its panic messages alone weigh 10 KB. There a panic
//! is a trap, which `boot.js` notices. Builds with debug assertions have it, for tests and lints.

#![cfg_attr(all(target_arch = "wasm32", not(debug_assertions)), no_std)]

extern crate alloc;

mod chat;
mod codec;
mod dom;
mod events;
mod host;
mod ids;
mod state;
mod store;
mod text;
mod view;

use alloc::boxed::Box;
use alloc::string::String;

use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;

// The samples of the wire look for it here.
#[cfg(test)]
use codec::tests::Visit;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

#[cfg(all(target_arch = "wasm32", not(debug_assertions)))]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}

/// Starts the chat in this page. Returns the function that hears the loader.
#[wasm_bindgen]
pub fn start(chatbot: &str) -> JsValue {
    // What is no id is sent as one that nobody has, so that the hub says what is wrong.
    let chatbot = ids::read(chatbot).unwrap_or_default();
    let chat = chat::Chat::new(protocol::ChatbotId(chatbot));
    // It lives as long as the page.
    let chat: &'static chat::Chat = Box::leak(Box::new(chat));
    events::listen(chat);
    chat.begin();
    let hear = move |what: String, url: String, title: String, referrer: String| match what.as_str()
    {
        "page" => chat.around(url, title, referrer),
        "show" => chat.show(),
        "hide" => chat.hide(),
        "say" => chat.say_for_page(&url),
        "handoff" => chat.ask_for_page(),
        // Of a file, which only this page tells of.
        _ => chat.file(&what, &url, title, &referrer),
    };
    Closure::<dyn FnMut(String, String, String, String)>::new(hear).into_js_value()
}
