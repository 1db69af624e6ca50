//! Groups: members whom chats are passed on to together.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use protocol::limits;
use protocol::team::{GroupEdit, TeamGroup};

use super::Page;
use super::listed::{Changed, Edit, GROUPS, Names, change, line, section, tick};
use crate::parts::painted::IntoPainted;
use crate::words::t;

/// The groups, each in a line that opens, and a new one.
#[component]
pub(super) fn Groups() -> impl IntoView {
    let page = Page::here();
    let rows = move || {
        let groups = page.view.get().groups.into_iter();
        groups.map(|group| row(page, group)).collect_view()
    };
    let names = Names {
        title: t::groups_word(),
        about: t::groups_about(),
        new: t::new_group(),
        field: GROUPS,
        longest: limits::NAME,
    };
    let make = Box::new(|_: &SubmitEvent, name: String| {
        let said = t::group_added(&name);
        (Edit::Group(GroupEdit::Add { name }), said)
    });
    section(names, rows.painted(), ().painted(), make)
}

fn row(page: Page, group: TeamGroup) -> AnyView {
    let names = page.view.with_untracked(|view| {
        let members = view.members.iter();
        let members = members.filter(|one| group.members.contains(&one.id));
        members.map(|one| one.name.clone()).collect::<Vec<_>>()
    });
    let who = match names.is_empty() {
        true => t::nobody_in_group().to_owned(),
        false => names.join(", "),
    };
    let about = view! { <span class="faint cut">{who}</span> }.painted();
    let (id, name) = (group.id.to_string(), group.name.clone());
    let form = Box::new(move |open| edit(page, open, group.clone()));
    line(id, name, about, form)
}

fn edit(page: Page, open: RwSignal<bool>, group: TeamGroup) -> AnyView {
    let id = group.id;
    let chosen = RwSignal::new(group.members);
    let boxes = page.view.with_untracked(|view| {
        let active = view.members.iter().filter(|one| one.active);
        let boxes = active.map(|one| {
            let id = one.id;
            let checked = chosen.with_untracked(|chosen| chosen.contains(&id));
            let set = move |on| {
                chosen.update(|chosen| {
                    chosen.retain(|one| *one != id);
                    if on {
                        chosen.push(id);
                    }
                });
            };
            tick(one.name.clone(), checked, Box::new(set))
        });
        boxes.collect_view()
    });
    let edit = move |name: Option<String>| {
        Edit::Group(match name {
            Some(name) => GroupEdit::Save(TeamGroup {
                id,
                name,
                members: chosen.get_untracked(),
            }),
            None => GroupEdit::Delete { group: id },
        })
    };
    let changed = Changed {
        id: id.to_string(),
        next: ".team-page [name=group]",
        name: group.name,
        longest: limits::NAME,
        legend: t::members(),
        boxes: boxes.painted(),
        wide: false,
        edit: Box::new(edit),
        said: [t::group_saved(), t::group_deleted()],
    };
    change(page, open, changed)
}
