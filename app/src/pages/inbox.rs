//! The page inbox.

use leptos::prelude::*;

/// The page.
#[component]
pub fn Inbox() -> impl IntoView {
    view! { <main></main> }
}
