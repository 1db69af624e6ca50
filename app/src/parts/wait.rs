//! How long somebody waits: a dial that fills towards the goal, and a clock that ticks.

use leptos::prelude::*;
use protocol::Timestamp;

use crate::live::Live;
use crate::parts::late::IntoLate;
use crate::words::{self, Age};

/// A wait that began at a time. The time is what is read out; the dial is decoration.
#[component]
pub(crate) fn Wait(
    #[prop(into)] since: Signal<Timestamp>,
    /// A word before the clock.
    #[prop(optional)]
    label: &'static str,
) -> impl IntoView {
    let live = Live::here();
    let age = move || words::age(since.get(), live.now());
    let name = move || match age().0 {
        Age::Fresh => None,
        Age::Warm => Some("warm"),
        Age::Late => Some("late"),
    };
    let clock = move || words::ticking(live.now().millis_since(since.get()));
    view! {
        <span class="wait" data-age=name>
            <i class="dial" aria-hidden="true" style=("--f", move || age().1.to_string())></i>
            {(!label.is_empty()).then(|| view! { <span>{label}</span> })}
            " "
            <time>{clock}</time>
        </span>
    }
    .late()
}
