//! What conversations can be sorted by: the workspace's categories and tags.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use protocol::label::{LabelEdit, LabelId, LabelKind, Labels as Lists};

use crate::api::ApiError;
use crate::api::labels::{load_labels, save_label};
use crate::api::loading::load;
use crate::live::browser::{empty_form, field_value};
use crate::parts::follow::effect;
use crate::parts::icon::Icon;
use crate::parts::page::{Frame, loaded};
use crate::parts::painted::IntoPainted;
use crate::parts::trouble::Trouble;
use crate::words::t;

/// What the parts of this page share.
#[derive(Clone, Copy)]
struct Page {
    lists: RwSignal<Lists>,
    saving: Action<LabelEdit, Result<Lists, ApiError>>,
}

/// Both lists, for who may change settings.
#[component]
pub(crate) fn Labels() -> impl IntoView {
    let labels = load(|| (), |()| load_labels());
    let shown = |lists| view! { <Both lists/> }.painted();
    view! {
        <Frame kind="labels" title=t::title_labels() about=t::labels_about()>
            {loaded(labels, shown)}
        </Frame>
    }
    .painted()
}

#[component]
fn Both(lists: Lists) -> impl IntoView {
    let lists = RwSignal::new(lists);
    let saving = Action::new(|edit: &LabelEdit| save_label(edit.clone()));
    let page = Page { lists, saving };
    effect(move || {
        if let Some(Ok(saved)) = saving.value().get() {
            lists.set(saved);
        }
    });
    let trouble = move || {
        let error = saving.value().get().and_then(Result::err);
        error.map(|error| view! { <Trouble error/> }.painted())
    };
    view! {
        {trouble}
        {list(page, LabelKind::Category, t::categories(), t::new_category())}
        {list(page, LabelKind::Tag, t::tags(), t::new_tag())}
    }
    .painted()
}

/// The labels of one kind: their id, name, and whether they are retired.
fn of_kind(lists: &Lists, kind: LabelKind) -> Vec<(LabelId, String, bool)> {
    match kind {
        LabelKind::Category => {
            let all = lists.categories.iter();
            all.map(|one| (LabelId::Category(one.id), one.name.clone(), one.retired))
                .collect()
        }
        LabelKind::Tag => {
            let all = lists.tags.iter();
            all.map(|one| (LabelId::Tag(one.id), one.name.clone(), one.retired))
                .collect()
        }
    }
}

fn list(page: Page, kind: LabelKind, title: &'static str, new: &'static str) -> AnyView {
    let field = match kind {
        LabelKind::Category => "new-category",
        LabelKind::Tag => "new-tag",
    };
    let rows = move || {
        let all = page.lists.with(|lists| of_kind(lists, kind));
        if all.is_empty() {
            return view! { <p class="hint">{t::no_labels_yet()}</p> }.painted();
        }
        let rows = all.into_iter().map(|label| row(page, label));
        view! { <ul>{rows.collect_view()}</ul> }.painted()
    };
    let add = move |event: SubmitEvent| {
        event.prevent_default();
        let name = field_value(&event, field);
        page.saving.dispatch(LabelEdit::Add { kind, name });
        empty_form(&event);
    };
    view! {
        <section aria-label=title>
            <h2>{title}</h2>
            {rows}
            <form method="post" novalidate on:submit=add>
                <input class="input" name=field aria-label=new placeholder=new maxlength="60" autocomplete="off"/>
                <button class="btn">
                    <Icon name="plus" size="s"/>
                    {t::add()}
                </button>
            </form>
        </section>
    }
    .painted()
}

fn row(page: Page, (label, name, retired): (LabelId, String, bool)) -> AnyView {
    let (say, icon) = match retired {
        true => (t::offer_again(), "back"),
        false => (t::retire(), "archive"),
    };
    let about = t::about_label(&say, &name);
    let was = name.clone();
    let rename = move |event: leptos::ev::Event| {
        let name = event_target_value(&event);
        if name != was {
            page.saving.dispatch(LabelEdit::Rename { label, name });
        }
    };
    let retire = move |_| {
        let retired = !retired;
        page.saving.dispatch(LabelEdit::Retire { label, retired });
    };
    view! {
        <li data-retired=retired.then_some("")>
            <input
                class="input"
                aria-label=t::name_of_label(&name)
                value=name
                maxlength="60"
                autocomplete="off"
                on:change=rename
            />
            <button type="button" class="btn" data-kind="quiet" aria-label=about on:click=retire>
                <Icon name=icon size="s"/>
                {say}
            </button>
        </li>
    }
    .painted()
}
