//! The page embed.

use leptos::prelude::*;

/// The page.
#[component]
pub fn Embed() -> impl IntoView {
    view! { <main></main> }
}
