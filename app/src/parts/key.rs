//! A key of the keyboard, beside what it does.

use leptos::prelude::*;

use crate::parts::late::IntoLate;

/// The key's name. Phones have no keys.
#[component]
pub(crate) fn Key(name: &'static str) -> impl IntoView {
    view! { <kbd class="desk-only" aria-hidden="true">{name}</kbd> }.late()
}
