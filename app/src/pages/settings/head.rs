//! The head of a page of the settings: the way back, and its name.

use leptos::prelude::*;

use crate::parts::icon::Icon;
use crate::parts::painted::IntoPainted;

/// The way back, which only small screens show, and what stands beside it.
#[component]
pub(crate) fn Head(
    /// The address that the way leads to, and what stands there.
    back: (&'static str, &'static str),
    children: Children,
) -> impl IntoView {
    let (address, name) = back;
    view! {
        <header>
            <a
                class="btn sq back"
                data-kind="quiet"
                href=address
                rel="external"
                aria-label=name
            >
                <Icon name="left"/>
            </a>
            {children()}
        </header>
    }
    .painted()
}
