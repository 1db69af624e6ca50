//! The page setup.

use leptos::prelude::*;

/// The page.
#[component]
pub fn Setup() -> impl IntoView {
    view! { <main></main> }
}
