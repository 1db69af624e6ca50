//! No conversation is open: what the keys do.

use leptos::prelude::*;

use crate::parts::painted::IntoPainted;

/// The keys of the inbox.
const KEYS: [(&[&str], &str); 8] = [
    (&["J", "K"], "next, previous conversation"),
    (&["1", "2", "3", "4"], "Pending, Active, Missed, Resolved"),
    (&["A", "⇧ A"], "accept, reject what is offered"),
    (&["T"], "take over, step in"),
    (&["⇧ T"], "transfer"),
    (&["R", "N"], "reply, note"),
    (&["E"], "end: restore to AI, close"),
    (&["I"], "details"),
];

/// The empty middle of the sheet.
#[component]
pub(crate) fn Idle() -> impl IntoView {
    let row = |(keys, what): (&[&'static str], &'static str)| {
        let keys = keys
            .iter()
            .map(|key| view! { <kbd>{*key}</kbd> })
            .collect_view();
        view! {
            <span>{keys}</span>
            <span>{what}</span>
        }
    };
    view! {
        <main class="idle" id="conversation" aria-label="No conversation open">
            <div class="keys">{KEYS.map(row)}</div>
        </main>
    }
    .painted()
}
