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

pub use pages::missing::Nothing;
pub use shell::{Assets, Program, gallery_shell, inbox_shell, pages_shell};
pub use words::language::{LANGUAGE_COOKIE, Language};

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::location::RequestUrl;
use leptos_router::{SsrMode, path};
use protocol::forms::Me;

use crate::live::attention::Attention;
use crate::live::{Live, given, place};
use crate::pages::{
    audit::Audit,
    begin::Begin,
    chatbots::{ChatbotList, ChatbotSettings},
    data::Data,
    deliveries::Deliveries,
    doctor::Doctor,
    embed::Embed,
    erasures::Erasures,
    forgot::Forgot,
    inbox::Inbox,
    join::Join,
    labels::Labels,
    missing::Missing,
    modules::Modules,
    playground::Playground,
    profile::Profile,
    replies::Replies,
    reset::Reset,
    settings::Settings,
    setup::Setup,
    sign_in::SignIn,
    start::Start,
    targets::Targets,
    team::Team,
};

/// The inbox of an agent, a program of its own in the browser: what it does not need of the other
/// pages it need not load.
pub fn inbox(me: Me) -> impl IntoView {
    let path = use_context::<RequestUrl>()
        .map_or_else(place::address, |url| path_of(url.as_ref()).to_owned());
    parts::icon::provide();
    place::Place::provide(&path);
    Live::provide();
    Attention::provide();
    view! { <Inbox me/> }
}

/// The agent whose inbox the server has painted. Only called in the browser.
pub fn given_me() -> Option<Me> {
    given::read(&given::given("given")?)
}

/// Every part in every state, a program of its own that only builds for development have.
pub fn gallery() -> impl IntoView {
    parts::icon::provide();
    view! {
        <link rel="stylesheet" href="/assets/gallery.css"/>
        <main class="gallery">{parts::follow::follow(pages::gallery::gallery)}</main>
    }
}

/// Every page but the inbox, and its address.
#[component]
pub fn Pages() -> impl IntoView {
    provide_meta_context();
    parts::icon::provide();
    api::provide();

    // Each page waits for what it loads, so that the browser gets it whole, and a redirect is a
    // redirect and not a page that jumps.
    view! {
        <Router>
            <FlatRoutes fallback=Missing>
                <Route path=path!("/") view=Start ssr=SsrMode::Async/>
                <Route path=path!("/sign-in") view=SignIn ssr=SsrMode::Async/>
                <Route path=path!("/setup") view=Setup ssr=SsrMode::Async/>
                <Route path=path!("/begin") view=Begin ssr=SsrMode::Async/>
                <Route path=path!("/settings") view=Settings ssr=SsrMode::Async/>
                <Route path=path!("/embed") view=Embed ssr=SsrMode::Async/>
                <Route path=path!("/modules") view=Modules ssr=SsrMode::Async/>
                <Route path=path!("/labels") view=Labels ssr=SsrMode::Async/>
                <Route path=path!("/replies") view=Replies ssr=SsrMode::Async/>
                <Route path=path!("/team") view=Team ssr=SsrMode::Async/>
                <Route path=path!("/join") view=Join ssr=SsrMode::Async/>
                <Route path=path!("/forgot") view=Forgot ssr=SsrMode::Async/>
                <Route path=path!("/reset") view=Reset ssr=SsrMode::Async/>
                <Route path=path!("/audit") view=Audit ssr=SsrMode::Async/>
                <Route path=path!("/data") view=Data ssr=SsrMode::Async/>
                <Route path=path!("/deliveries") view=Deliveries ssr=SsrMode::Async/>
                <Route path=path!("/erasures") view=Erasures ssr=SsrMode::Async/>
                <Route path=path!("/playground") view=Playground ssr=SsrMode::Async/>
                <Route path=path!("/profile/:section?") view=Profile ssr=SsrMode::Async/>
                <Route path=path!("/targets") view=Targets ssr=SsrMode::Async/>
                <Route path=path!("/doctor") view=Doctor ssr=SsrMode::Async/>
                <Route path=path!("/chatbots") view=ChatbotList ssr=SsrMode::Async/>
                <Route path=path!("/chatbots/:id/:section?") view=ChatbotSettings ssr=SsrMode::Async/>
            </FlatRoutes>
        </Router>
    }
}

/// The path of an address that the server was asked for, which may be a whole one.
fn path_of(url: &str) -> &str {
    let path = url
        .split_once("://")
        .map_or(url, |(_, rest)| rest.find('/').map_or("", |at| &rest[at..]));
    path.split(['?', '#']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::path_of;

    #[test]
    fn an_address_has_its_path() {
        assert_eq!("/inbox/1", path_of("http://leptos.dev/inbox/1?x=/y"));
        assert_eq!("/inbox", path_of("/inbox"));
    }
}
