//! Three dots: somebody is typing.

use leptos::prelude::*;

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
}
