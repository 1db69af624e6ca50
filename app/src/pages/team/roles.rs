//! Roles that a workspace makes itself: each is like a preset, without what is taken away.

use domain::permissions::{self, Permission, Rights};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use protocol::limits;
use protocol::permission::PermissionSet;
use protocol::person::Role;
use protocol::team::{RoleEdit, TeamRole};

use super::listed::{Changed, Edit, Names, OWN_ROLES, change, line, section, tick};
use super::{Page, ROLES, role_of, value_of};
use crate::live::browser::field_value;
use crate::parts::painted::IntoPainted;
use crate::words::{self, t};

/// The roles, each in a line that opens, and a new one.
#[component]
pub(super) fn OwnRoles() -> impl IntoView {
    let page = Page::here();
    let rows = move || {
        let roles = page.view.get().roles.into_iter();
        roles.map(|role| row(page, role)).collect_view()
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
    let like = view! {
        <label class="field">
            <span class="label">{t::like_word()}</span>
            <select class="select" name="like">
                {presets.collect_view()}
            </select>
        </label>
    };
    let names = Names {
        title: t::own_roles(),
        about: t::own_roles_about(),
        new: t::new_role(),
        field: OWN_ROLES,
        longest: limits::ROLE_NAME,
    };
    let make = Box::new(|event: &SubmitEvent, name: String| {
        let said = t::role_added(&name);
        let edit = RoleEdit::Add {
            name,
            like: role_of(&field_value(event, "like")),
            without: PermissionSet::NONE,
        };
        (Edit::Role(edit), said)
    });
    section(names, rows.painted(), like.painted(), make)
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
    let about = view! { <span class="faint">{about(&role)}</span> }.painted();
    let name = role.name.clone();
    line(
        role.id.to_string(),
        name,
        about,
        Box::new(move |open| edit(page, open, &role)),
    )
}

fn edit(page: Page, open: RwSignal<bool>, role: &TeamRole) -> AnyView {
    let id = role.id;
    let without = RwSignal::new(role.without);
    let preset = Rights::from(role.like);
    let given = Permission::ALL.into_iter();
    let given = given.filter(|one| one.can_be_taken_away() && permissions::has(preset, *one));
    let boxes = given.map(|permission| {
        let checked = !without.with_untracked(|without| without.contains(permission));
        let set = move |on: bool| without.update(|all| *all = all.with(permission, !on));
        let word = words::permission(permission).to_owned();
        tick(word, checked, Box::new(set))
    });
    let edit = move |name: Option<String>| {
        Edit::Role(match name {
            Some(name) => RoleEdit::Save {
                role: id,
                name,
                without: without.get_untracked(),
            },
            None => RoleEdit::Delete { role: id },
        })
    };
    let changed = Changed {
        id: id.to_string(),
        next: ".team-page [name=new-role]",
        name: role.name.clone(),
        longest: limits::ROLE_NAME,
        legend: t::role_may(),
        boxes: boxes.collect_view().painted(),
        wide: true,
        edit: Box::new(edit),
        said: [t::role_saved(), t::role_deleted()],
    };
    change(page, open, changed)
}
