//! Groups: members whom chats are passed on to together.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use protocol::limits;
use protocol::team::{GroupEdit, TeamGroup};

use super::Page;
use crate::api::ApiError;
use crate::api::team::save_group;
use crate::live::browser::{empty_form, field_value};
use crate::parts::icon::Icon;
use crate::parts::painted::IntoPainted;
use crate::words::t;

/// The groups, each in a line that opens, and a new one.
#[component]
pub(super) fn Groups() -> impl IntoView {
    let page = Page::here();
    let error = RwSignal::new(None::<ApiError>);
    let rows = move || {
        let groups = page.view.get().groups.into_iter();
        groups.map(|group| row(page, group)).collect_view()
    };
    let add = move |event: SubmitEvent| {
        event.prevent_default();
        let name = field_value(&event, "group");
        let said = t::group_added(&name);
        leptos::task::spawn_local(async move {
            match save_group(GroupEdit::Add { name }).await {
                Ok(()) => {
                    empty_form(&event);
                    let _calm = error.try_set(None);
                    page.load_again(said);
                }
                Err(why) => {
                    let _told = error.try_set(Some(why));
                }
            }
        });
    };
    view! {
        <section aria-label=t::groups_word()>
            <h2>{t::groups_word()}</h2>
            <p class="hint">{t::groups_about()}</p>
            <ul class="members">{rows}</ul>
            <form class="invite" method="post" novalidate aria-label=t::new_group() on:submit=add>
                {name_field("group", t::new_group(), String::new())}
                <button class="btn">
                    <Icon name="plus" size="s"/>
                    {t::add_word()}
                </button>
                {trouble(error)}
            </form>
        </section>
    }
    .painted()
}

fn name_field(name: &'static str, label: &'static str, value: String) -> AnyView {
    view! {
        <label class="field">
            <span class="label">{label}</span>
            <input class="input" name=name maxlength=limits::NAME.to_string() autocomplete="off" value=value/>
        </label>
    }
    .painted()
}

pub(super) fn trouble(error: RwSignal<Option<ApiError>>) -> AnyView {
    let shown = move || {
        error.get().map(|error| {
            view! {
                <p class="error" role="alert">
                    <Icon name="alert"/>
                    {error.sentence()}
                </p>
            }
        })
    };
    shown.painted()
}

fn row(page: Page, group: TeamGroup) -> AnyView {
    let open = RwSignal::new(false);
    let name = group.name.clone();
    let about = t::change_member(&name);
    let names = page.view.with_untracked(|view| {
        let members = view.members.iter();
        let members = members.filter(|one| group.members.contains(&one.id));
        members.map(|one| one.name.clone()).collect::<Vec<_>>()
    });
    let who = match names.is_empty() {
        true => t::nobody_in_group().to_owned(),
        false => names.join(", "),
    };
    let form = move || open.get().then(|| edit(page, open, group.clone()));
    view! {
        <li>
            <div class="one">
                <span class="who">
                    <b class="cut">{name}</b>
                    <span class="faint cut">{who}</span>
                </span>
                <button
                    type="button"
                    class="btn sm"
                    aria-expanded=move || open.get().to_string()
                    aria-label=about
                    on:click=move |_| open.update(|open| *open = !*open)
                >
                    {t::change()}
                </button>
            </div>
            {form}
        </li>
    }
    .painted()
}

fn edit(page: Page, open: RwSignal<bool>, group: TeamGroup) -> AnyView {
    let error = RwSignal::new(None::<ApiError>);
    let id = group.id;
    let chosen = RwSignal::new(group.members);
    let sends = move |edit: GroupEdit, said: &'static str| {
        leptos::task::spawn_local(async move {
            match save_group(edit).await {
                Ok(()) => page.load_again(said.to_owned()),
                Err(why) => {
                    let _told = error.try_set(Some(why));
                }
            }
        });
    };
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let group = TeamGroup {
            id,
            name: field_value(&event, "name"),
            members: chosen.get_untracked(),
        };
        sends(GroupEdit::Save(group), t::group_saved());
    };
    let sure = RwSignal::new(false);
    let delete = move |_| match sure.get_untracked() {
        false => sure.set(true),
        true => sends(GroupEdit::Delete { group: id }, t::group_deleted()),
    };
    let words = move || match sure.get() {
        false => t::delete_group(),
        true => t::really_delete(),
    };
    let boxes = page.view.with_untracked(|view| {
        let active = view.members.iter().filter(|one| one.active);
        let boxes = active.map(|one| {
            let id = one.id;
            let checked = chosen.with_untracked(|chosen| chosen.contains(&id));
            let toggle = move |event| {
                let on = event_target_checked(&event);
                chosen.update(|chosen| {
                    chosen.retain(|one| *one != id);
                    if on {
                        chosen.push(id);
                    }
                });
            };
            view! {
                <label class="choose">
                    <input class="tick" type="checkbox" checked=checked on:change=toggle/>
                    {one.name.clone()}
                </label>
            }
        });
        boxes.collect_view()
    });
    view! {
        <form class="edit" method="post" novalidate aria-label=t::change_member(&group.name) on:submit=save>
            {name_field("name", t::name_word(), group.name.clone())}
            <fieldset class="field chatbots">
                <legend class="label">{t::members()}</legend>
                <div class="tongues">{boxes}</div>
            </fieldset>
            {trouble(error)}
            <div class="acts">
                <button class="btn" data-kind="primary">{t::save()}</button>
                <button type="button" class="btn" on:click=move |_| open.set(false)>
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
