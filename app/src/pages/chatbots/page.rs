//! The settings of one chatbot, or of all: the sections at the side, one of them in the middle, and what
//! is not saved below.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use protocol::forms::SettingsView;
use protocol::{ChatbotId, Refusal};

use super::editing::Editing;
use super::save_bar::save_bar;
use super::section::{SECTIONS, Section};
use crate::api::ApiError;
use crate::api::loading::load;
use crate::api::settings::load_settings;
use crate::pages::missing::{Missing, is_nothing};
use crate::pages::settings::{Frame, Side};
use crate::parts::empty::Empty;
use crate::parts::guard::guard;
use crate::parts::icon::Icon;
use crate::parts::page::loaded;
use crate::parts::painted::IntoPainted;
use crate::parts::trouble::Trouble;
use crate::words::{self, t};

/// What stands in the address for all chatbots.
pub(super) const ALL: &str = "all";

/// Loads the settings that the address names, if there is such a section.
#[component]
pub(crate) fn ChatbotSettings() -> impl IntoView {
    let params = use_params_map();
    let section = params.with_untracked(|params| params.get("section"));
    if section.is_some_and(|slug| !slug.is_empty() && Section::of(&slug).is_none()) {
        return view! { <Missing/> }.painted();
    }
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let settings = load(
        move || id.get(),
        |id| async move {
            let read = match (id.as_str(), id.parse::<ChatbotId>()) {
                (ALL, _) => load_settings(None).await.map(|view| (None, view)),
                (_, Ok(chatbot)) => {
                    let view = load_settings(Some(chatbot)).await;
                    view.map(|view| (Some(chatbot), view))
                }
                (_, Err(_)) => Err(ApiError::from(Refusal::NotFound)),
            };
            match read {
                Err(ApiError::SignInNeeded) => Err(ApiError::SignInNeeded),
                // Said with the list of places beside it.
                read => Ok(read),
            }
        },
    );
    let shown = |read| match read {
        Ok((chatbot, view)) => view! { <Area chatbot view/> }.painted(),
        Err(ApiError::Refused {
            refusal: Refusal::NotFound,
            ..
        }) => no_chatbot(),
        Err(error) => view! {
            <Frame kind="chatbots" title=t::chatbots() about=t::chatbots_about()>
                <Trouble error/>
            </Frame>
        }
        .painted(),
    };
    loaded(settings, shown)
}

/// No chatbot is at the address: said beside the list of places, with the way to those that there are.
fn no_chatbot() -> AnyView {
    is_nothing();
    view! {
        <Frame kind="chatbots" title=t::chatbots() about=t::chatbots_about()>
            <Empty title=t::nothing_here() sentence=t::refused_not_found()>
                <a class="btn" href="/chatbots" rel="external">
                    {t::chatbots()}
                </a>
            </Empty>
        </Frame>
    }
    .painted()
}

#[component]
fn Area(chatbot: Option<ChatbotId>, view: SettingsView) -> impl IntoView {
    let name = match chatbot {
        None => t::whole_workspace().to_owned(),
        Some(_) => view.name.clone(),
    };
    let archived = view.archived;
    let at = Editing::of(chatbot, view);
    let base = match chatbot {
        None => format!("/chatbots/{ALL}"),
        Some(chatbot) => format!("/chatbots/{chatbot}"),
    };
    let params = use_params_map();
    let slug = move || params.with(|params| params.get("section").unwrap_or_default());
    let section = Memo::new(move |_| Section::of(&slug()));
    guard(move || !at.changed().is_empty() || at.lesson.with(|text| !text.trim().is_empty()));
    let nav = nav(at, base.clone(), section);
    let title = {
        let name = name.clone();
        move || match section.get() {
            Some(section) => format!("{} · {name}", section.name().0),
            None => name.clone(),
        }
    };
    let gone = archived.then(|| view! { <p class="banner">{t::is_archived()}</p> });
    let waits = move || {
        let section = section.get()?;
        at.loaded.with(|view| {
            let off = section.lacks(&view.off)?;
            let why = words::switched_off(off);
            Some(view! { <p class="banner" role="status">{why} " " {t::waits_for_module()}</p> })
        })
    };
    let back = base.clone();
    let shown = move || match section.get() {
        Some(section) => section.view(at),
        None => view! { <p class="lead-in">{t::choose_section()}</p> }.painted(),
    };
    let heading = move || {
        section
            .get()
            .map_or(t::settings_of(), |section| section.name().0)
    };
    let inside = view! {
        <section class="within">
            <a class="btn" data-kind="quiet" href="/chatbots" rel="external">
                <Icon name="left" size="s"/>
                {t::chatbots()}
            </a>
            <p class="of">{name.clone()}</p>
            {nav}
        </section>
    }
    .painted();
    view! {
        <Title text=title/>
        <div class="set" data-at=move || if section.get().is_some() { "section" } else { "index" }>
            <Side inside/>
            <main id="page" tabindex="-1">
                <header>
                    <a class="btn sq back" data-kind="quiet" href=back aria-label=t::all_sections()>
                        <Icon name="left"/>
                    </a>
                    <p class="crumb">{name}</p>
                    <h1>{heading}</h1>
                </header>
                <div class="body">
                    {gone}
                    {waits}
                    {shown}
                </div>
                {save_bar(at, base)}
            </main>
        </div>
    }
    .painted()
}

fn nav(at: Editing, base: String, section: Memo<Option<Section>>) -> AnyView {
    let link = |one: Section| {
        let (name, icon) = one.name();
        let current = move || (section.get() == Some(one)).then_some("page");
        let own = move || {
            one.is_own(at)
                .then(|| view! { <span class="own" role="img" aria-label=t::set_here()></span> })
        };
        view! {
            <a href=format!("{base}/{}", one.slug()) aria-current=current>
                <Icon name=icon/>
                {name}
                {own}
            </a>
        }
        .painted()
    };
    view! { <nav aria-label=t::sections()>{SECTIONS.map(link).collect_view()}</nav> }.painted()
}
