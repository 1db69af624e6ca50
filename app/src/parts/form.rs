//! A form: it sends once the page is alive, and shows that it is being sent.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::parts::follow::{effect, reads};
use crate::parts::painted::IntoPainted;

/// Fields and the button that sends them.
#[component]
pub(crate) fn Form(
    /// The button's word.
    button: &'static str,
    #[prop(into)] busy: Signal<bool>,
    /// Reads the fields and sends them.
    send: Callback<SubmitEvent>,
    children: Children,
) -> impl IntoView {
    // Before that the browser would send the form by itself and leave the page. `post` keeps what was
    // typed out of the address all the same.
    let alive = RwSignal::new(false);
    effect(move || alive.set(true));
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        if !busy.get_untracked() {
            send.run(event);
        }
    };
    view! {
        <form method="post" novalidate on:submit=on_submit>
            {children()}
            <button
                class="btn lg wide"
                data-kind="primary"
                data-waking=reads(move || (!alive.get()).then_some(""))
                disabled=reads(move || !alive.get())
                aria-busy=reads(move || busy.get().then_some("true"))
            >
                {button}
            </button>
        </form>
    }
    .painted()
}
