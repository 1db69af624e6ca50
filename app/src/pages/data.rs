//! Settings as one file: taken along, and read in after a look at what that changes.

use leptos::prelude::*;
use leptos_meta::Meta;
use leptos_router::hooks::use_query_map;
use protocol::Refusal;
use protocol::audit::AuditSubject;
use protocol::data::{
    DataView, FILE_BYTES, ImportChange, ImportItem, ImportPlan, ImportTrouble, ImportWrong,
};
use protocol::module::Module;

use crate::api::ApiError;
use crate::api::data::{end_import, load_data};
use crate::api::loading::load;
use crate::live::browser;
use crate::pages::settings::Frame;
use crate::parts::follow::effect;
use crate::parts::icon::Icon;
use crate::parts::page::loaded;
use crate::parts::painted::IntoPainted;
use crate::parts::trouble::Trouble;
use crate::words::{self, t};

/// Stands in the address after a file that was too large, as the server leads back.
const TOO_LARGE: &str = "too-large";

/// Both ways, for who may change settings.
#[component]
pub(crate) fn Data() -> impl IntoView {
    let view = load(|| (), |()| load_data());
    view! {
        <Frame
            kind="audit data"
            title=t::data()
            about=t::data_about()
        >
            {loaded(view, page)}
        </Frame>
    }
    .painted()
}

fn page(view: DataView) -> AnyView {
    let trouble = RwSignal::new(None::<ApiError>);
    let shown = move || {
        let error = trouble.get();
        error.map(|error| view! { <Trouble error/> }.painted())
    };
    // Where a file went that was too large to be kept.
    let too_large = use_query_map().read_untracked().get(TOO_LARGE).is_some();
    let too_large = too_large.then(|| {
        // Loaded again, the page says what holds then.
        effect(browser::forget_query);
        let limit = u32::try_from(FILE_BYTES / 1024 / 1024).unwrap_or_default();
        let error = ApiError::from(Refusal::FileTooLarge { limit });
        view! { <Trouble error/> }.painted()
    });
    let read = match view.read {
        None => ().painted(),
        Some(Ok(plan)) => planned(plan, trouble),
        Some(Err(why)) => refused(why, trouble),
    };
    // A form that is sent as a form names its page only where the page lets it, and none other is taken.
    view! {
        <Meta name="referrer" content="same-origin"/>
        <section aria-label=t::data_out()>
            <h2>{t::data_out()}</h2>
            <p class="hint">{t::data_out_about()}</p>
            <div class="ways">
                <a class="btn" href="/data/settings.json" rel="external" download="">
                    <Icon name="download" size="s"/>
                    {t::data_take()}
                </a>
            </div>
        </section>
        <section aria-label=t::data_in()>
            <h2>{t::data_in()}</h2>
            <p class="hint">{t::data_in_about()}</p>
            <form class="ways" method="post" action="/data/import" enctype="multipart/form-data">
                <label class="field">
                    <span class="label">{t::data_file()}</span>
                    <input
                        class="input"
                        type="file"
                        name="file"
                        accept="application/json,.json"
                        required
                    />
                </label>
                <button class="btn">{t::data_look()}</button>
            </form>
            {shown}
            {too_large}
            {read}
        </section>
    }
    .painted()
}

fn end(digest: Option<String>, trouble: RwSignal<Option<ApiError>>) {
    leptos::task::spawn_local(async move {
        match end_import(digest).await {
            // The page says what is there now.
            Ok(()) => browser::reload(),
            Err(error) => trouble.set(Some(error)),
        }
    });
}

fn away(trouble: RwSignal<Option<ApiError>>) -> AnyView {
    view! {
        <button type="button" class="btn" data-kind="quiet" on:click=move |_| end(None, trouble)>
            {t::data_away()}
        </button>
    }
    .painted()
}

fn refused(why: ImportTrouble, trouble: RwSignal<Option<ApiError>>) -> AnyView {
    let ImportTrouble { place, wrong } = why;
    let wrong = match wrong {
        ImportWrong::NotJson => t::data_not_json().to_owned(),
        ImportWrong::OtherForm => t::data_other_form().to_owned(),
        ImportWrong::Newer(version) => t::data_newer(&version),
        ImportWrong::UnknownField => t::data_unknown().to_owned(),
        ImportWrong::Refused(refusal) => words::refusal(&refusal),
    };
    view! {
        <div class="read" role="alert">
            <p class="error">
                <Icon name="alert"/>
                <span>
                    <b>{t::data_wrong()}</b>
                    " "
                    <code dir="ltr">{place}</code>
                    <br/>
                    {wrong}
                </span>
            </p>
            <p class="hint">{t::data_nothing_changed()}</p>
            <div class="ways">{away(trouble)}</div>
        </div>
    }
    .painted()
}

fn planned(plan: ImportPlan, trouble: RwSignal<Option<ApiError>>) -> AnyView {
    let ImportPlan {
        items,
        no_groups,
        digest,
    } = plan;
    let of = |change: ImportChange| {
        let of = items.iter().filter(move |item| item.change == change);
        of.cloned().collect::<Vec<_>>()
    };
    let (made, changed) = (of(ImportChange::Made), of(ImportChange::Changed));
    let left = of(ImportChange::Left);
    let nothing = made.is_empty() && changed.is_empty();
    let groups = (!no_groups.is_empty())
        .then(|| view! { <p class="hint">{t::data_no_groups(&no_groups.join(", "))}</p> });
    let import = (!nothing).then(|| {
        view! {
            <button
                type="button"
                class="btn"
                data-kind="primary"
                on:click=move |_| end(Some(digest.clone()), trouble)
            >
                {t::data_import()}
            </button>
        }
    });
    let none = nothing.then(|| view! { <p>{t::data_same()}</p> });
    view! {
        <div class="read" role="status">
            {list(t::data_made(), made)}
            {list(t::data_changed(), changed)}
            {list(t::data_left(), left)}
            {groups}
            {none}
            <div class="ways">
                {import}
                {away(trouble)}
            </div>
        </div>
    }
    .painted()
}

fn list(title: &'static str, items: Vec<ImportItem>) -> AnyView {
    if items.is_empty() {
        return ().painted();
    }
    let items = items.into_iter().map(|item| {
        let kind = match item.subject {
            AuditSubject::Chatbot => t::chatbot(),
            AuditSubject::Label => t::data_label(),
            AuditSubject::Reply => t::data_reply(),
            AuditSubject::Role => t::role_word(),
            _ if item.name.is_empty() => t::data_workspace(),
            _ => t::data_module(),
        };
        let module = Module::ALL.into_iter().find(|one| one.word() == item.name);
        let name = match module.filter(|_| item.subject == AuditSubject::Workspace) {
            Some(module) => words::module(module).0.to_owned(),
            None => item.name,
        };
        view! {
            <li>
                <span class="faint">{kind}</span>
                " "
                {name}
            </li>
        }
    });
    view! {
        <h3>{title}</h3>
        <ul>{items.collect_view()}</ul>
    }
    .painted()
}
