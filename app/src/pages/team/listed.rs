//! The frame of groups and of own roles: lines that open, each with a form, and a form for a new one.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use protocol::team::{GroupEdit, RoleEdit};

use super::{Page, opener};
use crate::api::ApiError;
use crate::api::team::{save_group, save_role};
use crate::live::browser::{self, empty_form, field_value};
use crate::parts::icon::Icon;
use crate::parts::painted::IntoPainted;
use crate::parts::trouble::overtaken;
use crate::words::t;

/// What is asked of the server.
pub(super) enum Edit {
    Group(GroupEdit),
    Role(RoleEdit),
}

impl Edit {
    /// The list that it is about, by the field of its new names.
    fn list(&self) -> &'static str {
        match self {
            Self::Group(_) => GROUPS,
            Self::Role(_) => OWN_ROLES,
        }
    }
}

/// The lists, by the fields of their new names.
pub(super) const GROUPS: &str = "group";
pub(super) const OWN_ROLES: &str = "new-role";

/// Asks for it, does what is due once it is done, and then shows the team as it is; or why not.
fn send(
    page: Page,
    edit: Edit,
    said: String,
    error: RwSignal<Option<ApiError>>,
    then: Box<dyn FnOnce()>,
) {
    let list = edit.list();
    page.begin();
    leptos::task::spawn_local(async move {
        let done = match edit {
            Edit::Group(edit) => save_group(edit).await,
            Edit::Role(edit) => save_role(edit).await,
        };
        match done {
            Ok(()) => {
                then();
                let _calm = error.try_set(None);
                page.load_then(Box::new(move || page.say(list, said)));
            }
            Err(why) => {
                let _told = error.try_set(Some(why));
            }
        }
    });
}

/// What a list is called, and how its names are asked for.
#[derive(Clone, Copy)]
pub(super) struct Names {
    pub(super) title: &'static str,
    pub(super) about: &'static str,
    /// The name of a new one: the field's label, and what the form sends it as.
    pub(super) new: &'static str,
    pub(super) field: &'static str,
    /// Characters of a name.
    pub(super) longest: usize,
}

/// What to ask for a new one with this name, and what is said once it is there.
pub(super) type Make = Box<dyn Fn(&SubmitEvent, String) -> (Edit, String)>;

/// The whole list. `more` stands beside the name of a new one.
pub(super) fn section(names: Names, rows: AnyView, more: AnyView, make: Make) -> AnyView {
    let page = Page::here();
    let error = RwSignal::new(None::<ApiError>);
    let add = move |event: SubmitEvent| {
        event.prevent_default();
        let (edit, said) = make(&event, field_value(&event, names.field));
        let then = Box::new(move || empty_form(&event));
        send(page, edit, said, error, then);
    };
    view! {
        <section aria-label=names.title>
            <h2>{names.title}</h2>
            <p class="hint">{names.about}</p>
            <ul class="members">{rows}</ul>
            <p class="said" role="status">{page.said_at(names.field)}</p>
            <form class="invite" method="post" novalidate aria-label=names.new on:submit=add>
                {name_field((names.field, names.new), names.longest, String::new())}
                {more}
                <button class="btn">
                    <Icon name="plus" size="s"/>
                    {t::add_word()}
                </button>
                {trouble(page, error)}
            </form>
        </section>
    }
    .painted()
}

fn name_field(
    (name, label): (&'static str, &'static str),
    longest: usize,
    value: String,
) -> AnyView {
    view! {
        <label class="field">
            <span class="label">{label}</span>
            <input class="input" name=name maxlength=longest.to_string() autocomplete="off" value=value/>
        </label>
    }
    .painted()
}

/// What is wrong; what somebody else changed meanwhile is loaded from there.
pub(super) fn trouble(page: Page, error: RwSignal<Option<ApiError>>) -> AnyView {
    let again = Callback::new(move |()| {
        error.set(None);
        page.load_again(String::new());
        // What stood here may be gone.
        browser::focus("#page");
    });
    let shown = move || {
        let error = error.get();
        error.map(|error| overtaken(&error, error.sentence(), again))
    };
    shown.painted()
}

/// A line of the list, by its id; its form is made when it opens.
pub(super) fn line(
    id: String,
    name: String,
    about: AnyView,
    form: Box<dyn Fn(RwSignal<bool>) -> AnyView + Send>,
) -> AnyView {
    let page = Page::here();
    let open = RwSignal::new(false);
    let change = t::change_member(&name);
    let toggle = move |_| {
        page.begin();
        open.update(|open| *open = !*open);
    };
    let form = move || open.get().then(|| form(open));
    view! {
        <li>
            <div class="one">
                <span class="who">
                    <b class="cut">{name}</b>
                    {about}
                </span>
                <button
                    type="button"
                    class="btn sm"
                    data-at=id
                    aria-expanded=move || open.get().to_string()
                    aria-label=change
                    on:click=toggle
                >
                    {t::change()}
                </button>
            </div>
            {form}
        </li>
    }
    .painted()
}

/// What is changed in a line.
pub(super) struct Changed {
    /// The line's.
    pub(super) id: String,
    /// Finds what has the focus when the line is gone.
    pub(super) next: &'static str,
    pub(super) name: String,
    pub(super) longest: usize,
    pub(super) legend: &'static str,
    /// The boxes, and whether they need wide columns.
    pub(super) boxes: AnyView,
    pub(super) wide: bool,
    /// What is asked for with this name, or to delete it without one.
    pub(super) edit: Box<dyn Fn(Option<String>) -> Edit>,
    /// What is said once it is saved, and once it is deleted.
    pub(super) said: [&'static str; 2],
}

/// The form of a line.
pub(super) fn change(page: Page, open: RwSignal<bool>, changed: Changed) -> AnyView {
    let Changed {
        id,
        next,
        name,
        longest,
        legend,
        boxes,
        wide,
        edit,
        said: [saved, deleted],
    } = changed;
    let label = t::change_member(&name);
    let error = RwSignal::new(None::<ApiError>);
    let edit = StoredValue::new_local(edit);
    let back = StoredValue::new(opener(&id));
    let leave = move |to: &str| {
        let _closed = open.try_set(false);
        browser::focus(to);
    };
    let asks = move |name: Option<String>, said: &'static str| {
        let to = match name {
            Some(_) => back.get_value(),
            None => next.to_owned(),
        };
        let edit = edit.with_value(|edit| edit(name));
        let then = Box::new(move || leave(&to));
        send(page, edit, said.to_owned(), error, then);
    };
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        asks(Some(field_value(&event, "name")), saved);
    };
    let sure = RwSignal::new(false);
    let delete = move |_| match sure.get_untracked() {
        false => sure.set(true),
        true => asks(None, deleted),
    };
    let words = move || match sure.get() {
        false => t::delete_group(),
        true => t::really_delete(),
    };
    view! {
        <form class="edit" method="post" novalidate aria-label=label on:submit=save>
            {name_field(("name", t::name_word()), longest, name)}
            <fieldset class="field chatbots">
                <legend class="label">{legend}</legend>
                <div class="tongues" data-wide=wide.then_some("")>
                    {boxes}
                </div>
            </fieldset>
            {trouble(page, error)}
            <div class="acts">
                <button class="btn" data-kind="primary">{t::save()}</button>
                <button type="button" class="btn" on:click=move |_| leave(&back.get_value())>
                    {t::cancel()}
                </button>
                <button
                    type="button"
                    class="btn push"
                    data-kind="danger"
                    on:click=delete
                    on:blur=move |_| sure.set(false)
                >
                    <span aria-live="polite">{words}</span>
                </button>
            </div>
        </form>
    }
    .painted()
}

/// One of the boxes.
pub(super) fn tick(word: String, checked: bool, set: Box<dyn Fn(bool)>) -> AnyView {
    view! {
        <label class="choose">
            <input
                class="tick"
                type="checkbox"
                checked=checked
                on:change=move |event| set(event_target_checked(&event))
            />
            {word}
        </label>
    }
    .painted()
}
