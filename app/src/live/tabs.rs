//! One tab of several rings: the one that holds a lock of the browser. Only called in the browser.

use std::cell::Cell;

use js_sys::Promise;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

#[wasm_bindgen]
extern "C" {
    /// `navigator.locks`, which web-sys does not have yet.
    type Locks;

    #[wasm_bindgen(thread_local_v2, js_namespace = navigator, js_name = locks)]
    static LOCKS: Option<Locks>;

    #[wasm_bindgen(method, catch)]
    fn request(this: &Locks, name: &str, held: &js_sys::Function) -> Result<Promise, JsValue>;
}

thread_local! {
    static HOLDS: Cell<bool> = const { Cell::new(false) };
}

/// Whether this tab is the one that rings.
pub(crate) fn rings() -> bool {
    HOLDS.get()
}

/// Asks for the lock and keeps it until the tab is closed; then the next one gets it. Where the
/// browser has no locks, which is without https, every tab rings.
pub(crate) fn wait_for_turn(turn: impl Fn() + 'static) {
    let held = Closure::<dyn FnMut(JsValue) -> Promise>::new(move |_| {
        HOLDS.set(true);
        turn();
        // Held for as long as this is not settled.
        Promise::new(&mut |_, _| {})
    });
    let asked = LOCKS.with(|locks| {
        let locks = locks.as_ref()?;
        locks
            .request("baton-bell", held.as_ref().unchecked_ref())
            .ok()
    });
    if asked.is_none() {
        HOLDS.set(true);
    }
    held.forget();
}
