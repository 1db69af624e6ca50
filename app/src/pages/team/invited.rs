//! Somebody who was invited and has not answered, as a row of the list, and what can be done about it.

use leptos::prelude::*;
use protocol::team::{InviteLink, InviteView};
use protocol::{InviteId, Timestamp};

use super::invites::INVITE;
use super::people::{all_or_none, below, more};
use super::{Page, opener};
use crate::api::team::{mail_invite, renew_invite, revoke_invite};
use crate::live::{browser, local};
use crate::parts::follow::follow;
use crate::parts::icon::Icon;
use crate::parts::painted::IntoPainted;
use crate::words::t;

/// The row, and the ways below it once it is opened.
pub(super) fn row(page: Page, of: InviteView) -> AnyView {
    let InviteView {
        id,
        email,
        role,
        custom,
        by,
        expires_at,
        expired,
    } = of;
    let open = RwSignal::new(false);
    let toggle = Callback::new(move |()| {
        page.begin();
        open.update(|open| *open = !*open);
    });
    let label = Signal::stored(t::change_member(&email));
    let button = page
        .may_be(role)
        .then(|| more(id.to_string(), label, open.into(), toggle));
    let below = move || open.get().then(|| below(ways(page, id)));
    let mark = match expired {
        true => t::invite_expired(),
        false => t::invited_mark(),
    };
    let ends = (!expired).then(|| {
        follow(move || {
            // Said anew whenever the page looks again.
            page.now.track();
            format!(", {}", t::link_ends_in(&left(expires_at)))
        })
    });
    let link = copied(page, email.clone());
    view! {
        <tr role="row">
            <td role="cell">
                <div class="who">
                    <span class="face ring">
                        <Icon name="mail" size="s"/>
                    </span>
                    <b>{email}</b>
                    <small>{t::invited_by(&by)} {ends}</small>
                </div>
            </td>
            <td role="cell">
                <span class="pres">
                    <span class="chip" data-kind="warn">{mark}</span>
                </span>
            </td>
            <td role="cell">{page.called(role, custom)}</td>
            <td role="cell">{all_or_none(true)}</td>
            <td role="cell">{link}</td>
            <td role="cell">{button}</td>
        </tr>
        {below}
    }
    .painted()
}

/// How long the link works by this browser's clock, in whole hours or at last minutes.
fn left(until: Timestamp) -> String {
    let minutes = until.millis_since(local::now()) / 60_000;
    match minutes {
        0..60 => t::minutes(minutes.max(1)),
        _ => t::hours(minutes / 60),
    }
}

/// The link again, if it was made on this page; it is kept nowhere else.
fn copied(page: Page, email: String) -> AnyView {
    let shown = move || {
        let made = page.link.get().filter(|made| made.email == email);
        let link = made.and_then(|InviteLink { link, .. }| link)?;
        let copy = move |_| {
            let link = link.clone();
            leptos::task::spawn_local(async move {
                let said = match browser::copy(&link).await {
                    true => t::copied(),
                    false => t::select_and_copy(),
                };
                page.say("", said.to_owned());
            });
        };
        let button = view! {
            <button type="button" class="btn sm" on:click=copy>
                <Icon name="copy" size="xs"/>
                {t::copy_link()}
            </button>
        };
        Some(button.painted())
    };
    shown.painted()
}

fn ways(page: Page, id: InviteId) -> AnyView {
    let mails = page.view.with_untracked(|view| view.mails);
    let mail = mails.then(|| {
        view! {
            <button type="button" class="btn sm" on:click=move |_| renew(page, id, true)>
                {t::mail_again()}
            </button>
        }
    });
    view! {
        <div class="ways">
            {mail}
            <button type="button" class="btn sm" on:click=move |_| renew(page, id, false)>
                {t::new_link()}
            </button>
            <button type="button" class="btn sm" on:click=move |_| take_back(page, id)>
                {t::take_back()}
            </button>
        </div>
    }
    .painted()
}

fn renew(page: Page, id: InviteId, by_mail: bool) {
    page.begin();
    leptos::task::spawn_local(async move {
        let made = match by_mail {
            true => mail_invite(id).await,
            false => renew_invite(id).await,
        };
        match made {
            Ok(link) => {
                let said = t::was_invited(&link.email);
                let _shown = page.link.try_set(Some(link));
                browser::focus(&opener(&id.to_string()));
                page.load_again(said);
            }
            Err(error) => {
                let _told = page.trouble.try_set(Some(error));
            }
        }
    });
}

fn take_back(page: Page, id: InviteId) {
    page.begin();
    leptos::task::spawn_local(async move {
        match revoke_invite(id).await {
            Ok(()) => {
                let _gone = page.link.try_set(None);
                browser::focus(INVITE);
                page.load_again(t::taken_back_invite().to_owned());
            }
            Err(error) => {
                let _told = page.trouble.try_set(Some(error));
            }
        }
    });
}
