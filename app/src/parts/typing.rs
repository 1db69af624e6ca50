//! Three dots: somebody is typing.

use leptos::prelude::*;

use crate::parts::late::IntoLate;

/// The dots; the word stands beside them.
#[component]
pub(crate) fn Typing() -> impl IntoView {
    view! {
        <span class="typing" aria-hidden="true">
            <i></i>
            <i></i>
            <i></i>
        </span>
    }
    .late()
}
