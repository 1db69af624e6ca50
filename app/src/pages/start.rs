//! The bare address leads to the inbox, which leads on to whoever has to sign in first.

use leptos::prelude::*;

use crate::parts::painted::IntoPainted;
use leptos_router::components::Redirect;

/// Nothing but the way to the inbox.
#[component]
pub(crate) fn Start() -> impl IntoView {
    view! { <Redirect path="/inbox"/> }.painted()
}
