//! The page missing.

use leptos::prelude::*;

/// The page.
#[component]
pub fn Missing() -> impl IntoView {
    view! { <main></main> }
}
