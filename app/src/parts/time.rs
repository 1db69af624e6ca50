//! Times by the reader's own clock. Only shown in the browser: the server does not know that clock.

use leptos::prelude::*;
use protocol::Timestamp;

use crate::live::{Live, local};
use crate::parts::late::IntoLate;
use crate::parts::memo::memo;

/// A time of the day, such as `14:02`.
#[component]
pub(crate) fn Clock(at: Timestamp) -> impl IntoView {
    view! { <time>{local::clock(at)}</time> }.late()
}

/// How long ago, as a list has it: `6 min`, `14:02`, `2 May`.
#[component]
pub(crate) fn Ago(#[prop(into)] at: Signal<Timestamp>) -> impl IntoView {
    let live = Live::here();
    // The words change by the minute, the clock by the second.
    let words = memo(move || local::ago(at.get(), live.now()));
    view! { <time class="when">{words}</time> }.late()
}
