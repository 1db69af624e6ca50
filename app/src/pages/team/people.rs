//! The list of the team: its members, then who is invited, and below it what explains the two.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::invited::row;
use super::row::Row;
use super::{Page, leaves};
use crate::parts::icon::Icon;
use crate::parts::memo::memo;
use crate::parts::painted::IntoPainted;
use crate::words::t;

/// The table. On a narrow page its rows are stacked, so every part says what it is in a table.
#[component]
pub(super) fn People() -> impl IntoView {
    let page = Page::here();
    let members = memo(move || {
        page.view.with(|view| {
            let members = view.members.iter();
            members.map(|one| one.id).collect::<Vec<_>>()
        })
    });
    // Made anew only when somebody joins or another order is due: a row follows what it shows by itself.
    let rows = move || {
        let members = members.get().into_iter();
        members.map(|id| view! { <Row id/> }).collect_view()
    };
    let invited = move || {
        let invites = page.view.with(|view| view.invites.clone()).into_iter();
        invites.map(|invite| row(page, invite)).collect_view()
    };
    let heads = [
        t::name_word(),
        t::now_word(),
        t::role_word(),
        t::chatbots_word(),
        t::chats_word(),
    ];
    let heads = heads.map(|head| view! { <th role="columnheader" scope="col">{head}</th> });
    let no_mail = move || {
        let mails = page.view.with(|view| view.mails);
        (!mails).then(|| view! { <p class="hint">{t::no_mail_set()}</p> })
    };
    let on_key = move |event: KeyboardEvent| {
        if leaves(&event) {
            page.close();
        }
    };
    view! {
        <section class="everybody" aria-label=t::members() on:keydown=on_key>
            <table class="people" role="table">
                <thead role="rowgroup">
                    <tr role="row">
                        {heads.into_iter().collect_view()}
                        <th role="columnheader" scope="col">
                            <span class="only-read">{t::change()}</span>
                        </th>
                    </tr>
                </thead>
                <tbody role="rowgroup">
                    {rows}
                    {invited}
                </tbody>
            </table>
            <p class="hint">{t::online_about_team()}</p>
            {no_mail}
        </section>
    }
    .painted()
}

/// The cell of the chatbots that somebody sees, in the words of a column and of a stack.
pub(super) fn all_or_none(all: bool) -> AnyView {
    let (column, stack) = match all {
        true => (t::all_of_them(), t::all_the_chatbots()),
        false => (t::none_of_them(), t::no_chatbots()),
    };
    view! {
        <span class="in-column">{column}</span>
        <span class="in-stack">{stack}</span>
    }
    .painted()
}

/// What opens the row of this id.
pub(super) fn more(
    id: String,
    label: Signal<String>,
    open: Signal<bool>,
    toggle: Callback<()>,
) -> AnyView {
    view! {
        <button
            type="button"
            class="btn sm sq"
            data-kind="quiet"
            data-at=id
            aria-expanded=move || open.get().to_string()
            aria-label=label
            title=label
            on:click=move |_| toggle.run(())
        >
            <Icon name="more" size="s"/>
        </button>
    }
    .painted()
}

/// What opens below a row.
pub(super) fn below(what: AnyView) -> AnyView {
    view! {
        <tr class="below" role="row">
            <td role="cell" colspan="6">{what}</td>
        </tr>
    }
    .painted()
}
