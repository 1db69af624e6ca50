//! The page start.

use leptos::prelude::*;

/// The page.
#[component]
pub fn Start() -> impl IntoView {
    view! { <main></main> }
}
