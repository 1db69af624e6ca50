//! Every page on which something is set, found by a word.

use leptos::prelude::*;
use leptos_router::components::Redirect;
use protocol::forms::Me;

use super::chatbots::sections;
use crate::api::loading::load;
use crate::api::sign_in::load_me;
use crate::parts::icon::Icon;
use crate::parts::page::{Frame, loaded};
use crate::parts::painted::IntoPainted;
use crate::words::{self, t};
use domain::permissions::{Permission, has};

/// A place where something is set.
struct Place {
    address: String,
    name: &'static str,
    about: &'static str,
    icon: &'static str,
    /// What it takes to be there; none for everybody.
    needs: Option<Permission>,
}

/// The pages, in the order in which they are shown, then the sections for all chatbots.
fn places() -> Vec<Place> {
    use Permission::{EraseData, SaveSettings, SaveTeam, SeeAudit, SeeEmbedding, UseApi};
    let pages = [
        (
            "/begin",
            t::get_started(),
            t::get_started_about(),
            "done",
            Some(SaveSettings),
        ),
        (
            "/chatbots",
            t::chatbots(),
            t::chatbots_about(),
            "ai",
            Some(SaveSettings),
        ),
        (
            "/playground",
            t::playground(),
            t::playground_about(),
            "panel",
            Some(SaveSettings),
        ),
        (
            "/team",
            t::team_title(),
            t::team_about(),
            "people",
            Some(SaveTeam),
        ),
        (
            "/modules",
            t::modules(),
            t::modules_about(),
            "plug",
            Some(SaveTeam),
        ),
        (
            "/embed",
            t::put_on_site(),
            t::embed_word_about(),
            "code",
            Some(SeeEmbedding),
        ),
        (
            "/replies",
            t::saved_replies(),
            t::replies_about(),
            "slash",
            None,
        ),
        (
            "/labels",
            t::title_labels(),
            t::labels_about(),
            "tag",
            Some(SaveSettings),
        ),
        (
            "/targets",
            t::targets(),
            t::targets_about(),
            "clock",
            Some(SaveSettings),
        ),
        (
            "/deliveries",
            t::deliveries(),
            t::deliveries_about(),
            "mail",
            Some(SaveSettings),
        ),
        (
            "/audit",
            t::audit(),
            t::audit_about(),
            "book",
            Some(SeeAudit),
        ),
        (
            "/data",
            t::data(),
            t::data_about(),
            "file",
            Some(SaveSettings),
        ),
        (
            "/erasures",
            t::erasures(),
            t::erasures_about(),
            "bin",
            Some(EraseData),
        ),
        (
            "/doctor",
            t::doctor_word(),
            t::doctor_word_about(),
            "wrench",
            None,
        ),
        (
            "/profile",
            t::profile_title(),
            t::profile_word_about(),
            "person",
            None,
        ),
        (
            "/profile/notices",
            t::notices(),
            t::of_yours(),
            "bell",
            None,
        ),
        (
            "/profile/password",
            t::password(),
            t::of_yours(),
            "key",
            None,
        ),
        (
            "/profile/two-steps",
            t::two_steps(),
            t::of_yours(),
            "verified",
            None,
        ),
        (
            "/profile/sign-ins",
            t::sign_ins(),
            t::of_yours(),
            "monitor",
            None,
        ),
        (
            "/profile/tokens",
            t::api_tokens(),
            t::api_tokens_word_about(),
            "code",
            Some(UseApi),
        ),
    ];
    let pages = pages.map(|(address, name, about, icon, needs)| Place {
        address: address.to_owned(),
        name,
        about,
        icon,
        needs,
    });
    let sections = sections().map(|(slug, name, icon)| Place {
        address: format!("/chatbots/all/{slug}"),
        name,
        about: t::of_all_chatbots(),
        icon,
        needs: Some(SaveSettings),
    });
    pages.into_iter().chain(sections).collect()
}

/// What else people call what is set at an address, to find it by.
fn other_words(address: &str) -> &'static str {
    match address.rsplit('/').next().unwrap_or_default() {
        "begin" => t::find_begin(),
        "team" => t::find_team(),
        "modules" => t::find_modules(),
        "embed" => t::find_embed(),
        "replies" => t::find_replies(),
        "targets" => t::find_targets(),
        "deliveries" => t::find_deliveries(),
        "audit" => t::find_audit(),
        "data" => t::find_data(),
        "erasures" | "privacy" => t::find_privacy(),
        "profile" => t::find_profile(),
        "notices" => t::find_notices(),
        "password" => t::find_password(),
        "two-steps" => t::find_two_steps(),
        "sign-ins" => t::find_sign_ins(),
        "tokens" => t::find_tokens(),
        "look" => t::find_look(),
        "live-chat" => t::find_live_chat(),
        "routing" => t::find_routing(),
        "queue" => t::find_queue(),
        "hours" => t::find_hours(),
        "messages" => t::find_messages(),
        "before" | "form" => t::find_form(),
        "rating" => t::find_rating(),
        "files" => t::find_files(),
        "sites" => t::find_sites(),
        _ => "",
    }
}

/// The page, for everybody who is signed in: each sees what their role may set.
#[component]
pub(crate) fn Settings() -> impl IntoView {
    let me = load(|| (), |()| load_me());
    let shown = |me: Option<Me>| match me {
        Some(me) => view! { <Index me/> }.painted(),
        None => view! { <Redirect path="/sign-in"/> }.painted(),
    };
    view! {
        <Frame kind="settings-index" title=t::all_settings() about=t::all_settings_about()>
            {loaded(me, shown)}
        </Frame>
    }
    .painted()
}

#[component]
fn Index(me: Me) -> impl IntoView {
    let query = RwSignal::new(String::new());
    let rights = me.rights();
    let found = move || {
        let wanted = query.get().to_lowercase();
        let fits = |place: &Place| {
            let also = other_words(&place.address);
            let all = format!("{} {} {also}", place.name, place.about).to_lowercase();
            wanted.split_whitespace().all(|word| all.contains(word))
        };
        let may = |place: &Place| place.needs.is_none_or(|needs| has(rights, needs));
        let found: Vec<Place> = places().into_iter().filter(may).filter(fits).collect();
        if found.is_empty() {
            return view! { <p role="status">{t::no_setting_found()}</p> }.painted();
        }
        view! { <ul class="places">{found.into_iter().map(row).collect_view()}</ul> }.painted()
    };
    view! {
        <input
            class="input"
            type="search"
            autocomplete="off"
            aria-label=t::search_settings()
            placeholder=t::search_settings()
            prop:value=query
            on:input=move |event| query.set(event_target_value(&event))
        />
        {found}
        <p class="faint">{words::role(me.role)}</p>
    }
    .painted()
}

fn row(place: Place) -> AnyView {
    view! {
        <li>
            <a href=place.address rel="external">
                <Icon name=place.icon/>
                <span class="who">
                    <b>{place.name}</b>
                    <small>{place.about}</small>
                </span>
                <Icon name="right" size="s"/>
            </a>
        </li>
    }
    .painted()
}
