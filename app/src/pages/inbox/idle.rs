//! No conversation is open: what the keys do.

use leptos::prelude::*;

use crate::parts::painted::IntoPainted;
use crate::words::{Word, t};

/// The keys of the inbox.
const KEYS: [(&[&str], Word); 10] = [
    (&["J", "K"], t::keys_move),
    (&["1", "2", "3", "4"], t::keys_tabs),
    (&["A", "⇧ A"], t::keys_offer),
    (&["T"], t::keys_take),
    (&["⇧ T"], t::keys_transfer),
    (&["R", "N"], t::keys_write),
    (&["E"], t::keys_end),
    (&["I"], t::keys_panel),
    (&["Ctrl", "K"], t::do_palette),
    (&["?"], t::all_keys),
];

/// The empty middle of the sheet.
#[component]
pub(crate) fn Idle() -> impl IntoView {
    let row = |(keys, what): (&[&'static str], fn() -> &'static str)| {
        let keys = keys
            .iter()
            .map(|key| view! { <kbd>{*key}</kbd> })
            .collect_view();
        view! {
            <span>{keys}</span>
            <span>{what()}</span>
        }
    };
    view! {
        <main class="idle" id="conversation" aria-label=t::no_conversation_open()>
            <div class="keys">{KEYS.map(row)}</div>
        </main>
    }
    .painted()
}
