//! What each role may do, from the table that the server goes by.

use domain::modules::taken;
use domain::permissions::{Permission, Rights, has};
use leptos::prelude::*;

use super::{Page, ROLES};
use crate::parts::icon::Icon;
use crate::parts::painted::IntoPainted;
use crate::words::{self, t};

/// One row for each permission, one column for each role: the presets, then the workspace's own.
#[component]
pub(super) fn Permissions() -> impl IntoView {
    let page = Page::here();
    view! {
        <section>
            <h2>{t::roles()}</h2>
            <p class="hint">{t::roles_about()}</p>
            <div class="wide" tabindex="0" role="region" aria-label=t::roles()>
                <table class="roles">{move || table(page)}</table>
            </div>
        </section>
    }
    .painted()
}

fn table(page: Page) -> AnyView {
    let view = page.view.get();
    let presets = ROLES.map(|role| {
        let without = taken(&view.rules, role, None);
        (words::role(role).to_owned(), Rights { role, without })
    });
    let own = view.roles.iter().map(|own| {
        let without = taken(&view.rules, own.like, Some(own.id)).and(own.without);
        let role = own.like;
        (own.name.clone(), Rights { role, without })
    });
    let all: Vec<_> = presets.into_iter().chain(own).collect();
    let heads = all
        .iter()
        .map(|(name, _)| view! { <th scope="col">{name.clone()}</th> })
        .collect_view();
    let rows = Permission::ALL.map(|permission| {
        let cells = all.iter().map(|(_, rights)| {
            let mark = match has(*rights, permission) {
                true => view! {
                    <Icon name="done" size="s"/>
                    <span class="only-read">{t::yes()}</span>
                }
                .painted(),
                false => view! { <span class="only-read">{t::no()}</span> }.painted(),
            };
            view! { <td>{mark}</td> }
        });
        view! {
            <tr>
                <th scope="row">{words::permission(permission)}</th>
                {cells.collect_view()}
            </tr>
        }
    });
    view! {
        <thead>
            <tr>
                <td></td>
                {heads}
            </tr>
        </thead>
        <tbody>{rows.into_iter().collect_view()}</tbody>
    }
    .painted()
}
