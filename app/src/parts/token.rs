//! A token for programs as a line of a list: on its agent's own page, and on the team's.

use leptos::prelude::*;
use protocol::ApiTokenId;
use protocol::api_token::{Scope, TokenView};

use crate::live::local;
use crate::parts::follow::follow;
use crate::parts::icon::Icon;
use crate::parts::painted::IntoPainted;
use crate::words::t;

/// What a token is for, what it may, and when; with the way out of it, which asks once more.
pub(crate) fn line(of: TokenView, revoke_it: Callback<ApiTokenId>) -> AnyView {
    let TokenView {
        id,
        name,
        beginning,
        scopes,
        created_at,
        last_used_at,
        expires_at,
        expired,
    } = of;
    let revoke = t::revoke_token_of(&name);
    let may: Vec<_> = scopes.into_iter().map(scope).collect();
    // By the reader's own clock, which the server does not know.
    let times = follow(move || {
        let now = local::now();
        let created = local::date_and_clock(created_at, now);
        let used = match last_used_at {
            Some(at) => t::token_used(&created, &local::date_and_clock(at, now)),
            None => t::token_unused(&created),
        };
        let ends = match expires_at.map(|at| local::date(at, now)) {
            Some(when) if expired => t::token_ended(&when),
            Some(when) => t::token_ends(&when),
            None => t::token_never_ends().to_owned(),
        };
        format!("{used}. {ends}.")
    });
    let sure = RwSignal::new(false);
    let act = move |_| match sure.get_untracked() {
        false => sure.set(true),
        true => revoke_it.run(id),
    };
    let words = move || match sure.get() {
        false => t::revoke_token(),
        true => t::really_revoke_token(),
    };
    // Once it asks, what it asks is its name.
    let label = move || (!sure.get()).then(|| revoke.clone());
    view! {
        <li>
            <Icon name="code"/>
            <span class="who">
                <b class="cut">{name}</b>
                <span class="faint">
                    <code dir="ltr">{format!("{beginning}…")}</code>
                    <br/>
                    {may.join(" · ")}
                    <br/>
                    {times}
                </span>
            </span>
            <button
                type="button"
                class="btn sm"
                data-kind=move || sure.get().then_some("danger")
                aria-label=label
                on:click=act
                on:blur=move |_| sure.set(false)
            >
                <span aria-live="polite">{words}</span>
            </button>
        </li>
    }
    .painted()
}

/// What a scope allows.
pub(crate) fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::Read => t::scope_read(),
        Scope::Reply => t::scope_reply(),
        Scope::Handoffs => t::scope_handoffs(),
        Scope::Contacts => t::scope_contacts(),
    }
}
