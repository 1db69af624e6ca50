//! Where one is signed in, and the way out of each.

use leptos::prelude::*;
use protocol::SignInId;
use protocol::profile::{ProfileEdit, SignInView};

use super::Page;
use crate::live::local;
use crate::parts::follow::follow;
use crate::parts::icon::Icon;
use crate::parts::painted::IntoPainted;
use crate::words::{self, t};

pub(super) fn view(page: Page) -> AnyView {
    let rows = move || {
        let sign_ins = page.view.get().sign_ins.into_iter();
        sign_ins.map(|one| row(page, one)).collect_view()
    };
    let alone = move || page.view.read().sign_ins.len() < 2;
    view! {
        <section class="block" aria-label=t::sign_ins()>
            <p class="hint">{t::sign_ins_about()}</p>
            <ul class="sign-ins">{rows}</ul>
            <div>
                <button
                    type="button"
                    class="btn"
                    data-kind="danger"
                    hidden=alone
                    on:click=move |_| end(page, None)
                >
                    <Icon name="out" size="s"/>
                    {t::sign_out_others()}
                </button>
            </div>
        </section>
    }
    .painted()
}

fn row(page: Page, of: SignInView) -> AnyView {
    let SignInView {
        id,
        since,
        last_used,
        user_agent,
        address,
        here,
    } = of;
    let browser = words::browser(&user_agent).unwrap_or_else(|| t::unknown_browser().to_owned());
    let out = t::sign_out_of(&browser);
    // By the reader's own clock, which the server does not know.
    let times = follow(move || {
        let now = local::now();
        let since = local::date_and_clock(since, now);
        t::signed_in_since(&since, &local::date_and_clock(last_used, now))
    });
    let end = match here {
        true => view! { <span class="chip" data-kind="good">{t::this_browser()}</span> }.painted(),
        false => view! {
            <button
                type="button"
                class="btn sm"
                aria-label=out
                on:click=move |_| end(page, Some(id))
            >
                {t::sign_out()}
            </button>
        }
        .painted(),
    };
    view! {
        <li>
            <Icon name="monitor"/>
            <span class="who">
                <b class="cut">{browser}</b>
                <span class="faint">
                    <span class="num" dir="ltr">{address}</span>
                    <br/>
                    {times}
                </span>
            </span>
            {end}
        </li>
    }
    .painted()
}

fn end(page: Page, only: Option<SignInId>) {
    page.edit(ProfileEdit::EndSignIns(only), move |done| {
        page.ended(&done, t::signed_out_there);
    });
}
