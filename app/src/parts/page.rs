//! A page that needs the whole screen: the way back, its name, what it is for; and what is loaded for any page.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::Redirect;

use super::icon::Icon;
use super::painted::IntoPainted;
use super::trouble::Trouble;
use crate::api::ApiError;
use crate::api::loading::Loading;
use crate::live::browser;
use crate::words::t;

/// The frame of such a page.
#[component]
pub(crate) fn Frame(
    /// Its name in the style.
    kind: &'static str,
    title: &'static str,
    about: &'static str,
    children: Children,
) -> impl IntoView {
    view! {
        <Title text=title/>
        <div class=format!("doctor {kind}")>
            <header>
                <a class="btn" data-kind="quiet" href="/inbox" rel="external">
                    <Icon name="left" size="s"/>
                    {t::go_to_inbox()}
                </a>
                <a class="btn" data-kind="quiet" href="/settings" rel="external">
                    <Icon name="sliders" size="s"/>
                    {t::all_settings()}
                </a>
            </header>
            <main>
                <h1>{title}</h1>
                <p class="lead-in">{about}</p>
                {children()}
            </main>
        </div>
    }
    .painted()
}

/// What was loaded, once it is there. Who is not signed in is sent to do so; whatever else went wrong
/// is said.
pub(crate) fn loaded<T>(
    loading: Loading<T>,
    shown: impl Fn(T) -> AnyView + Copy + Send + Sync + 'static,
) -> AnyView
where
    T: Clone + Send + Sync + 'static,
{
    let page = move || {
        Suspend::new(async move {
            match loading.await {
                Ok(found) => shown(found),
                Err(ApiError::SignInNeeded) => to_the_door(),
                Err(error) => view! { <Trouble error/> }.painted(),
            }
        })
    };
    view! { <Suspense>{page}</Suspense> }.painted()
}

/// Leads to where one signs in. The server remembers what was asked for; a browser asks for it again.
pub(crate) fn to_the_door() -> AnyView {
    if cfg!(target_arch = "wasm32") {
        browser::reload();
        return ().painted();
    }
    view! { <Redirect path="/sign-in"/> }.painted()
}
