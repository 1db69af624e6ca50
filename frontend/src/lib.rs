//! Starts the app in the browser, on the page that the server has painted.

use wasm_bindgen::prelude::wasm_bindgen;

/// Called by `boot.js` once the program is loaded.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_body(app::App);
}
