//! Nothing here: a drawing and a sentence.

use leptos::prelude::*;

use crate::parts::painted::IntoPainted;

/// Why there is nothing, and what would change that.
#[component]
pub(crate) fn Empty(
    title: &'static str,
    /// Whether the title is the heading of a whole page.
    #[prop(optional)]
    is_page: bool,
    #[prop(into)] sentence: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let title = if is_page {
        view! { <h1>{title}</h1> }.painted()
    } else {
        view! { <strong>{title}</strong> }.painted()
    };
    view! {
        <div class="empty">
            <svg
                class="art"
                viewBox="0 0 72 56"
                fill="none"
                stroke="currentColor"
                stroke-width="1.5"
                stroke-linecap="round"
                aria-hidden="true"
            >
                <path d="M6 46h60"></path>
                <g transform="rotate(-16 36 34)">
                    <path d="M33 28H16a6 6 0 0 0 0 12h17z"></path>
                    <path d="M39 28h17a6 6 0 0 1 0 12H39z" fill="currentColor" fill-opacity=".16"></path>
                </g>
            </svg>
            {title}
            <p>{sentence}</p>
            {children.map(|children| children())}
        </div>
    }
    .painted()
}
