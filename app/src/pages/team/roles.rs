//! Roles that a workspace makes itself: each is like a preset, without what is taken away.

use domain::permissions::{self, Permission, Rights};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use protocol::limits;
use protocol::permission::PermissionSet;
use protocol::person::Role;
use protocol::team::{RoleEdit, TeamRole};

use super::groups::trouble;
use super::{Page, ROLES, role_of, value_of};
use crate::api::ApiError;
use crate::api::team::save_role;
use crate::live::browser::{empty_form, field_value};
use crate::parts::icon::Icon;
use crate::parts::painted::IntoPainted;
use crate::words::{self, t};

/// The roles, each in a line that opens, and a new one.
#[component]
pub(super) fn OwnRoles() -> impl IntoView {
    let page = Page::here();
    let error = RwSignal::new(None::<ApiError>);
    let rows = move || {
        let roles = page.view.get().roles.into_iter();
        roles.map(|role| row(page, role)).collect_view()
    };
    let add = move |event: SubmitEvent| {
        event.prevent_default();
        let name = field_value(&event, "new-role");
        let said = t::role_added(&name);
        let edit = RoleEdit::Add {
            name,
            like: role_of(&field_value(&event, "like")),
            without: PermissionSet::NONE,
        };
        leptos::task::spawn_local(async move {
            match save_role(edit).await {
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
    // Owners may do everything, so no role is like theirs.
    let presets = ROLES.into_iter().filter(|role| *role != Role::Owner);
    let presets = presets.map(|role| {
        view! {
            <option value=value_of(role) selected=role == Role::Agent>
                {words::role(role)}
            </option>
        }
    });
    view! {
        <section aria-label=t::own_roles()>
            <h2>{t::own_roles()}</h2>
            <p class="hint">{t::own_roles_about()}</p>
            <ul class="members">{rows}</ul>
            <form class="invite" method="post" novalidate aria-label=t::new_role() on:submit=add>
                {name_field("new-role", t::new_role(), String::new())}
                <label class="field">
                    <span class="label">{t::like_word()}</span>
                    <select class="input" name="like">
                        {presets.collect_view()}
                    </select>
                </label>
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
            <input class="input" name=name maxlength=limits::ROLE_NAME.to_string() autocomplete="off" value=value/>
        </label>
    }
    .painted()
}

/// What it is like, and what is taken away.
fn about(role: &TeamRole) -> String {
    let like = words::role(role.like);
    let without: Vec<_> = role.without.iter().map(words::permission).collect();
    match without.is_empty() {
        true => t::like_role(&like),
        false => t::like_role_without(&like, &without.join(", ")),
    }
}

fn row(page: Page, role: TeamRole) -> AnyView {
    let open = RwSignal::new(false);
    let name = role.name.clone();
    let change = t::change_member(&name);
    let about = about(&role);
    let form = move || open.get().then(|| edit(page, open, &role));
    view! {
        <li>
            <div class="one">
                <span class="who">
                    <b class="cut">{name}</b>
                    <span class="faint">{about}</span>
                </span>
                <button
                    type="button"
                    class="btn sm"
                    aria-expanded=move || open.get().to_string()
                    aria-label=change
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

fn edit(page: Page, open: RwSignal<bool>, role: &TeamRole) -> AnyView {
    let error = RwSignal::new(None::<ApiError>);
    let id = role.id;
    let without = RwSignal::new(role.without);
    let sends = move |edit: RoleEdit, said: &'static str| {
        leptos::task::spawn_local(async move {
            match save_role(edit).await {
                Ok(()) => page.load_again(said.to_owned()),
                Err(why) => {
                    let _told = error.try_set(Some(why));
                }
            }
        });
    };
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let edit = RoleEdit::Save {
            role: id,
            name: field_value(&event, "name"),
            without: without.get_untracked(),
        };
        sends(edit, t::role_saved());
    };
    let sure = RwSignal::new(false);
    let delete = move |_| match sure.get_untracked() {
        false => sure.set(true),
        true => sends(RoleEdit::Delete { role: id }, t::role_deleted()),
    };
    let words = move || match sure.get() {
        false => t::delete_group(),
        true => t::really_delete(),
    };
    let preset = Rights::from(role.like);
    let given = Permission::ALL.into_iter();
    let given = given.filter(|one| one.can_be_taken_away() && permissions::has(preset, *one));
    let boxes = given.map(|permission| {
        let checked = !without.with_untracked(|without| without.contains(permission));
        let toggle = move |event| {
            let taken = !event_target_checked(&event);
            without.update(|without| *without = without.with(permission, taken));
        };
        view! {
            <label class="choose">
                <input class="tick" type="checkbox" checked=checked on:change=toggle/>
                {words::permission(permission)}
            </label>
        }
    });
    view! {
        <form class="edit" method="post" novalidate aria-label=t::change_member(&role.name) on:submit=save>
            {name_field("name", t::name_word(), role.name.clone())}
            <fieldset class="field chatbots">
                <legend class="label">{t::role_may()}</legend>
                <div class="tongues" data-wide>{boxes.collect_view()}</div>
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
