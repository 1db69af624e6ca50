//! How much time is left: a dial that empties, and a clock that ticks down.

use leptos::prelude::*;
use protocol::Timestamp;

use crate::live::Live;
use crate::parts::follow::reads;
use crate::parts::late::IntoLate;
use crate::words::{self, t};

/// The clock turns warm for so long at the end.
const HURRY_MS: u64 = 5_000;

/// The time until an end. It is a timer to those who read with their ears, too: never read out by
/// itself, only when asked for.
#[component]
pub(crate) fn Left(until: Timestamp) -> impl IntoView {
    let live = Live::here();
    let left = move || until.millis_since(live.now());
    let all = until.millis_since(live.now_untracked()).max(1);
    let hurry = reads(move || (left() <= HURRY_MS).then_some("warm"));
    let filled = move || (left() * 100 / all).min(100).to_string();
    view! {
        <span class="wait left" data-age=hurry role="timer" aria-label=t::time_left()>
            <i class="dial" aria-hidden="true" style=("--f", filled)></i>
            <time>{move || words::ticking(left())}</time>
        </span>
    }
    .late()
}
