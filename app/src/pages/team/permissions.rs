//! What each role may do, from the table that the server goes by.

use domain::permissions::Permission;
use leptos::prelude::*;

use super::ROLES;
use crate::parts::icon::Icon;
use crate::parts::painted::IntoPainted;
use crate::words::{self, t};

/// One row for each permission, one column for each role.
#[component]
pub(super) fn Permissions() -> impl IntoView {
    let heads = ROLES
        .map(|role| view! { <th scope="col">{words::role(role)}</th> })
        .into_iter();
    let rows = Permission::ALL.into_iter().map(|permission| {
        let cells = ROLES.map(|role| match permission.is_given_to(role) {
            true => view! {
                <td>
                    <Icon name="done" size="s"/>
                    <span class="only-read">{t::yes()}</span>
                </td>
            }
            .painted(),
            false => view! {
                <td>
                    <span class="only-read">{t::no()}</span>
                </td>
            }
            .painted(),
        });
        view! {
            <tr>
                <th scope="row">{words::permission(permission)}</th>
                {cells.into_iter().collect_view()}
            </tr>
        }
    });
    view! {
        <section aria-label=t::roles()>
            <h2>{t::roles()}</h2>
            <p class="hint">{t::roles_about()}</p>
            <div class="wide" tabindex="0" role="region" aria-label=t::roles()>
                <table class="roles">
                    <thead>
                        <tr>
                            <td></td>
                            {heads.collect_view()}
                        </tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
    .painted()
}
