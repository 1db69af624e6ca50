//! The workspace's chatbots: made, named, archived, and the way to the settings of each.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use protocol::forms::{ChatbotEdit, ChatbotRow};

use super::page::ALL;
use crate::api::ApiError;
use crate::api::chatbots::{load_chatbots, save_chatbot};
use crate::api::loading::load;
use crate::live::browser::{empty_form, field_value};
use crate::pages::settings::Frame;
use crate::parts::follow::effect;
use crate::parts::icon::Icon;
use crate::parts::page::loaded;
use crate::parts::painted::IntoPainted;
use crate::parts::trouble::Trouble;
use crate::words::t;

/// What the parts of this page share.
#[derive(Clone, Copy)]
struct Page {
    rows: RwSignal<Vec<ChatbotRow>>,
    saving: Action<ChatbotEdit, Result<Vec<ChatbotRow>, ApiError>>,
}

/// The list, for who may change settings.
#[component]
pub(crate) fn ChatbotList() -> impl IntoView {
    let chatbots = load(|| (), |()| load_chatbots());
    let shown = |rows| view! { <List rows/> }.painted();
    view! {
        <Frame
            kind="chatbots"
            title=t::chatbots()
            about=t::chatbots_about()
        >
            {loaded(chatbots, shown)}
        </Frame>
    }
    .painted()
}

#[component]
fn List(rows: Vec<ChatbotRow>) -> impl IntoView {
    let saving = Action::new(|edit: &ChatbotEdit| save_chatbot(edit.clone()));
    let page = Page {
        rows: RwSignal::new(rows),
        saving,
    };
    effect(move || {
        if let Some(Ok(rows)) = saving.value().get() {
            page.rows.set(rows);
        }
    });
    let trouble = move || {
        let error = saving.value().get().and_then(Result::err);
        error.map(|error| view! { <Trouble error/> }.painted())
    };
    let add = move |event: SubmitEvent| {
        event.prevent_default();
        let name = field_value(&event, "name");
        if name.trim().is_empty() {
            return;
        }
        saving.dispatch(ChatbotEdit::Add { name });
        empty_form(&event);
    };
    let rows = move |archived: bool| {
        let rows = page.rows.get().into_iter();
        let rows = rows.filter(|row| row.archived == archived);
        rows.map(|one| row(page, one)).collect_view()
    };
    let any_archived = move || page.rows.with(|rows| rows.iter().any(|row| row.archived));
    let archived = move || {
        any_archived().then(|| {
            view! {
                <section aria-label=t::archived_ones()>
                    <h2>{t::archived_ones()}</h2>
                    <ul>{rows(true)}</ul>
                </section>
            }
            .painted()
        })
    };
    view! {
        {trouble}
        <section aria-label=t::chatbots()>
            <ul>
                <li>
                    <a class="to" href=format!("/chatbots/{ALL}/look") rel="external">
                        <b>{t::whole_workspace()}</b>
                        <small>{t::whole_workspace_about()}</small>
                        <Icon name="right" size="s"/>
                    </a>
                </li>
                {move || rows(false)}
            </ul>
            <form method="post" on:submit=add>
                <input
                    class="input"
                    name="name"
                    maxlength="60"
                    autocomplete="off"
                    aria-label=t::name_of_new_chatbot()
                    placeholder=t::name_of_new_chatbot()
                />
                <button class="btn" data-kind="primary">
                    <Icon name="plus" size="s"/>
                    {t::add_chatbot()}
                </button>
            </form>
        </section>
        {archived}
    }
    .painted()
}

/// One chatbot. What cannot be taken lightly is asked once more.
fn row(page: Page, row: ChatbotRow) -> AnyView {
    let ChatbotRow {
        id,
        name,
        archived,
        under_attack,
        own,
    } = row;
    let asking = RwSignal::new(false);
    let renaming = RwSignal::new(false);
    let about = match own.len() {
        0 => t::inherited().to_owned(),
        own => t::own_parts(own as u64),
    };
    let archive = Callback::new(move |archived: bool| {
        page.saving.dispatch(ChatbotEdit::Archive {
            chatbot: id,
            archived,
        });
    });
    let rename = move |event: SubmitEvent| {
        event.prevent_default();
        let name = field_value(&event, "name");
        page.saving
            .dispatch(ChatbotEdit::Rename { chatbot: id, name });
    };
    let (named, typed, asked) = (name.clone(), name.clone(), name.clone());
    let acts = move || {
        let named = named.clone();
        if archived {
            view! {
                <button
                    type="button"
                    class="btn sm"
                    aria-label=t::bring_back_named(&named)
                    on:click=move |_| archive.run(false)
                >
                    {t::bring_back()}
                </button>
            }
            .painted()
        } else {
            view! {
                <button
                    type="button"
                    class="btn sm"
                    data-kind="quiet"
                    aria-label=t::rename_named(&named)
                    aria-expanded=move || renaming.get().to_string()
                    on:click=move |_| renaming.update(|on| *on = !*on)
                >
                    {t::rename()}
                </button>
                <button
                    type="button"
                    class="btn sm"
                    data-kind="quiet"
                    aria-label=t::duplicate_named(&named)
                    on:click={
                        let named = named.clone();
                        move |_| {
                            let name: String = t::copy_of(&named).chars().take(60).collect();
                            page.saving.dispatch(ChatbotEdit::Duplicate { chatbot: id, name });
                        }
                    }
                >
                    {t::duplicate()}
                </button>
                <button
                    type="button"
                    class="btn sm"
                    data-kind="quiet"
                    aria-label=t::archive_named(&named)
                    aria-expanded=move || asking.get().to_string()
                    on:click=move |_| asking.update(|on| *on = !*on)
                >
                    {t::archive()}
                </button>
            }
            .painted()
        }
    };
    let attacked = under_attack.then(|| {
        view! {
            <small class="attacked">
                <Icon name="alert" size="s"/>
                {t::under_attack()}
            </small>
        }
        .painted()
    });
    view! {
        <li data-archived=archived.then_some("")>
            <a class="to" href=format!("/chatbots/{id}/look") rel="external">
                <b>{name}</b>
                <small>{about}</small>
                {attacked}
                <Icon name="right" size="s"/>
            </a>
            <div class="acts">{acts}</div>
            <form method="post" hidden=move || !renaming.get() on:submit=rename>
                <input
                    class="input"
                    name="name"
                    maxlength="60"
                    autocomplete="off"
                    aria-label=t::name_of_chatbot()
                    value=typed
                />
                <button class="btn">{t::save()}</button>
            </form>
            <div
                class="sure"
                role="group"
                aria-label=t::archive_named(&asked)
                hidden=move || !asking.get()
            >
                <p>{t::archive_about()}</p>
                <button
                    type="button"
                    class="btn"
                    data-kind="danger"
                    on:click=move |_| archive.run(true)
                >
                    {t::archive_now()}
                </button>
                <button type="button" class="btn" on:click=move |_| asking.set(false)>
                    {t::keep_it()}
                </button>
            </div>
        </li>
    }
    .painted()
}
