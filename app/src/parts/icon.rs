//! One icon of the sprite.

use leptos::prelude::*;

use crate::Assets;
use crate::live::given::given;
use crate::parts::painted::IntoPainted;

/// Where the sprite is.
#[derive(Clone)]
struct Sprite(String);

/// Puts the sprite's address into the context: the server knows it, and leaves it in the page.
pub(crate) fn provide() {
    let address = match use_context::<Assets>() {
        Some(assets) => assets.icons,
        None => given("icons").unwrap_or_default(),
    };
    provide_context(Sprite(address));
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
