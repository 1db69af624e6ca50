//! Beside every page of the settings: a search, and the places in their groups.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use protocol::forms::Me;

use super::places::{GROUPS, Place, places};
use crate::api::ApiError;
use crate::api::loading::load;
use crate::api::sign_in::load_me;
use crate::live::browser;
use crate::parts::icon::Icon;
use crate::parts::page::loaded;
use crate::parts::painted::IntoPainted;
use crate::words::t;

/// The column beside a page, with the way back to the inbox, and past it to the page (`#page`).
#[component]
pub(crate) fn Side(
    /// What belongs to the place that one is at, such as its sections.
    #[prop(optional)]
    inside: Option<AnyView>,
) -> impl IntoView {
    view! {
        <aside class="side">
            <a class="btn skip" href="#page" rel="external">
                {t::skip_to_page()}
            </a>
            <a class="btn" data-kind="quiet" href="/inbox" rel="external">
                <Icon name="left" size="s"/>
                {t::go_to_inbox()}
            </a>
            {inside}
            <Places abouts=false/>
        </aside>
    }
    .painted()
}

/// The list for who is signed in.
#[component]
pub(super) fn Places(
    /// Whether each says what it is for, as it does among what was searched.
    abouts: bool,
) -> impl IntoView {
    let me = load(
        || (),
        |()| async { load_me().await?.ok_or(ApiError::SignInNeeded) },
    );
    loaded(me, move |me| view! { <List me abouts/> }.painted())
}

#[component]
fn List(me: Me, abouts: bool) -> impl IntoView {
    let query = RwSignal::new(String::new());
    let here = use_location().pathname;
    let all = places(me.rights());
    let first = {
        let all = all.clone();
        move |event: KeyboardEvent| {
            let wanted = query.get_untracked();
            let found = all.iter().find(|place| place.fits(&wanted));
            if event.key() == "Enter"
                && !wanted.trim().is_empty()
                && let Some(place) = found
            {
                browser::go(&place.address);
            }
        }
    };
    let shown = move || {
        let wanted = query.get();
        if !wanted.trim().is_empty() {
            let found: Vec<_> = all.iter().filter(|place| place.fits(&wanted)).collect();
            if found.is_empty() {
                return view! { <p role="status">{t::no_setting_found()}</p> }.painted();
            }
            return links(&found, here, true);
        }
        let group = |group| {
            let within: Vec<_> = all.iter().filter(|place| place.group == group).collect();
            let name = group.name();
            (!within.is_empty()).then(|| {
                view! {
                    <section role="group" aria-label=name>
                        <h2>{name}</h2>
                        {links(&within, here, abouts)}
                    </section>
                }
                .painted()
            })
        };
        GROUPS.map(group).collect_view().painted()
    };
    view! {
        <nav class="places" aria-label=t::all_settings()>
            <div class="find">
                <Icon name="search" size="s"/>
                <input
                    class="input"
                    type="search"
                    autocomplete="off"
                    aria-label=t::search_settings()
                    placeholder=t::search_settings()
                    prop:value=query
                    on:input=move |event| query.set(event_target_value(&event))
                    on:keydown=first
                />
            </div>
            {shown}
        </nav>
    }
    .painted()
}

/// The places as links, each with what it is for if that is wanted.
fn links(places: &[&Place], here: Memo<String>, abouts: bool) -> AnyView {
    let link = |place: &&Place| {
        let address = place.address.clone();
        let current = {
            let address = address.clone();
            let within = format!("{address}/");
            move || match here.get() {
                here if here == address => Some("page"),
                here if here.starts_with(&within) => Some("true"),
                _ => None,
            }
        };
        let about = abouts.then(|| view! { <small>{place.about}</small> });
        view! {
            <a href=address rel="external" aria-current=current>
                <Icon name=place.icon/>
                <span>{place.name} {about}</span>
            </a>
        }
        .painted()
    };
    places.iter().map(link).collect_view().painted()
}
