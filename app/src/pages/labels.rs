//! What conversations can be sorted by: the workspace's categories and tags.

use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::prelude::*;
use protocol::label::{LabelEdit, LabelId, LabelKind, Labels as Lists};

use crate::api::ApiError;
use crate::api::error::At;
use crate::api::labels::{load_labels, save_label};
use crate::api::loading::load;
use crate::live::browser::{self, empty_form, field_value};
use crate::pages::settings::Frame;
use crate::parts::follow::reads;
use crate::parts::icon::Icon;
use crate::parts::page::loaded;
use crate::parts::painted::IntoPainted;
use crate::parts::trouble::wrong;
use crate::words::t;

/// What the parts of this page share.
#[derive(Clone, Copy)]
struct Page {
    lists: RwSignal<Lists>,
    /// Where something was asked for that was refused, and why.
    refused: RwSignal<Option<(String, ApiError)>>,
}

impl Page {
    /// Asks for something at a place of the page; a form is emptied once it is done.
    fn save(self, place: String, edit: LabelEdit, form: Option<SubmitEvent>) {
        leptos::task::spawn_local(async move {
            match save_label(edit).await {
                Ok(saved) => {
                    if let Some(form) = form {
                        empty_form(&form);
                    }
                    // The lists are made anew below whoever works in them.
                    browser::keep_focus(".labels");
                    let _calm = self.refused.try_set(None);
                    let _shown = self.lists.try_set(saved);
                }
                Err(error) => {
                    let _told = self.refused.try_set(Some((place, error)));
                }
            }
        });
    }

    /// What is wrong with the name at a place; without a place, with anything but a name.
    fn why(self, place: Option<&str>) -> Option<String> {
        self.refused.with(|refused| {
            let (at, error) = refused.as_ref()?;
            let of_name = matches!(error.at(), At::Field(_)).then_some(at.as_str());
            (of_name == place).then(|| error.sentence())
        })
    }
}

/// Whether the name at a place is wrong, and what says so below it.
fn judged(page: Page, place: String) -> (Signal<Option<&'static str>>, AnyView) {
    let id = about_id(&place);
    let why = reads(move || page.why(Some(&place)));
    let below = move || {
        let id = id.clone();
        let why = why.get().map(wrong);
        why.map(|why| view! { <div class="why" id=id>{why}</div> }.painted())
    };
    let invalid = reads(move || why.with(Option::is_some).then_some("true"));
    (invalid, below.painted())
}

fn about_id(place: &str) -> String {
    format!("{place}-about")
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
    let refused = RwSignal::new(None);
    let page = Page { lists, refused };
    let trouble = move || page.why(None).map(wrong);
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
        page.save(field.to_owned(), LabelEdit::Add { kind, name }, Some(event));
    };
    let (invalid, why) = judged(page, field.to_owned());
    view! {
        <section aria-label=title>
            <h2>{title}</h2>
            {rows}
            <form method="post" novalidate on:submit=add>
                <input
                    class="input"
                    name=field
                    aria-label=new
                    aria-invalid=invalid
                    aria-describedby=about_id(field)
                    placeholder=new
                    maxlength="60"
                    autocomplete="off"
                />
                <button class="btn">
                    <Icon name="plus" size="s"/>
                    {t::add()}
                </button>
                {why}
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
    let place = match label {
        LabelId::Category(id) => id.to_string(),
        LabelId::Tag(id) => id.to_string(),
    };
    let (invalid, why) = judged(page, place.clone());
    let about_it = about_id(&place);
    let (at_name, at_retire) = (format!("name {place}"), place.clone());
    let typed = RwSignal::new(name.clone());
    let was = StoredValue::new((place, name.clone()));
    let rename = move |_| {
        let name = typed.get_untracked();
        match was.get_value() {
            (_, was) if was == name => page.refused.set(None),
            (place, _) => page.save(place, LabelEdit::Rename { label, name }, None),
        }
    };
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            typed.set(was.get_value().1);
            page.refused.set(None);
        }
    };
    // What is not kept yet, or was refused, is asked for before the page is left.
    let unsaved = move || {
        let same = typed.with(|typed| was.with_value(|(_, was)| typed == was));
        (!same).then_some("")
    };
    let retire = move |_| {
        let retired = !retired;
        let edit = LabelEdit::Retire { label, retired };
        page.save(was.get_value().0, edit, None);
    };
    view! {
        <li data-retired=retired.then_some("")>
            <input
                class="input"
                aria-label=t::name_of_label(&name)
                aria-invalid=invalid
                aria-describedby=about_it
                data-at=at_name
                data-unsaved=unsaved
                value=name
                prop:value=typed
                maxlength="60"
                autocomplete="off"
                on:input=move |event| typed.set(event_target_value(&event))
                on:keydown=on_key
                on:change=rename
            />
            <button
                type="button"
                class="btn"
                data-kind="quiet"
                data-at=at_retire
                aria-label=about
                on:click=retire
            >
                <Icon name=icon size="s"/>
                {say}
            </button>
            {why}
        </li>
    }
    .painted()
}
