//! The agents' screens: the same code paints the page on the server and brings it to life in the browser.
// A page is one nested type, deeper than the compiler's default.
#![recursion_limit = "256"]
#![expect(
    unreachable_pub,
    reason = "`#[component]` makes what it generates public"
)]

pub mod api;
pub mod backend;
mod live;
mod pages;
mod parts;
mod shell;
mod words;

pub use shell::{Assets, shell};

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::{SsrMode, path};

use crate::pages::{
    doctor::Doctor, embed::Embed, inbox::Inbox, missing::Missing, setup::Setup, sign_in::SignIn,
    start::Start,
};

/// Every page and its address.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    parts::icon::provide();
    api::provide();
    live::Live::provide();

    // Each page waits for what it loads, so that the browser gets it whole, and a redirect is a
    // redirect and not a page that jumps.
    view! {
        <Router>
            <FlatRoutes fallback=Missing>
                <Route path=path!("/") view=Start ssr=SsrMode::Async/>
                <Route path=path!("/sign-in") view=SignIn ssr=SsrMode::Async/>
                <Route path=path!("/setup") view=Setup ssr=SsrMode::Async/>
                <Route path=path!("/embed") view=Embed ssr=SsrMode::Async/>
                <Route path=path!("/doctor") view=Doctor ssr=SsrMode::Async/>
                <Route path=path!("/inbox/:conversation?") view=Inbox ssr=SsrMode::Async/>
            </FlatRoutes>
        </Router>
    }
}
