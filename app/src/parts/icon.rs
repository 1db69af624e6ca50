//! One icon of the sprite.

use leptos::prelude::*;

use crate::Assets;
use crate::parts::painted::IntoPainted;

/// Where the sprite is. The server knows; the browser reads it from what the server left in the page.
#[derive(Clone)]
struct Sprite(String);

/// Puts the sprite's address into the context.
pub(crate) fn provide() {
    let address = || {
        use_context::<Assets>()
            .map(|assets| assets.icons)
            .unwrap_or_default()
    };
    provide_context(Sprite(SharedValue::new(address).into_inner()));
}

/// An icon by its name in the sprite; decoration beside words, so nobody reads it out.
#[component]
pub(crate) fn Icon(
    name: &'static str,
    /// `xs`, `s` or `l`; 18 px without one.
    #[prop(optional)]
    size: &'static str,
) -> impl IntoView {
    let Sprite(sprite) = expect_context();
    view! {
        <svg class=format!("i {size}") aria-hidden="true">
            <use href=format!("{sprite}#i-{name}")></use>
        </svg>
    }
    .painted()
}
