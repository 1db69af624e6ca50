//! Tokens for programs: what there is and the way out of each, and a new one, which is shown once.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use protocol::api_token::{Lasts, Scope, TokenForm, TokenView};
use protocol::profile::{ProfileDone, ProfileEdit};

use super::super::embed::Snippet;
use super::Page;
use super::asking::{Asking, Place, password_now};
use super::notices::tick;
use crate::live::browser::{empty_form, field_value, is_ticked};
use crate::live::local;
use crate::parts::field::Purpose;
use crate::parts::follow::follow;
use crate::parts::icon::Icon;
use crate::parts::painted::IntoPainted;
use crate::words::t;

pub(super) fn view(page: Page) -> AnyView {
    let made = RwSignal::new(None::<String>);
    let shown = move || match made.get() {
        Some(token) => keep(page, made, token),
        None => make(page, made),
    };
    let rows = move || {
        let tokens = page.view.get().tokens;
        match tokens.is_empty() {
            true => view! { <p class="faint">{t::no_api_tokens()}</p> }.painted(),
            false => {
                let rows = tokens.into_iter().map(|token| row(page, token));
                view! { <ul class="sign-ins">{rows.collect_view()}</ul> }.painted()
            }
        }
    };
    view! {
        <section class="block" aria-label=t::api_tokens()>
            <p class="hint">{t::api_tokens_about()}</p>
            {rows}
        </section>
        <section class="block" aria-label=t::new_token()>
            <h2>{t::new_token()}</h2>
            {shown}
        </section>
    }
    .painted()
}

fn row(page: Page, of: TokenView) -> AnyView {
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
        true => page.edit(ProfileEdit::RevokeToken(id), move |_| {
            page.load_again(t::token_revoked().to_owned());
        }),
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

fn make(page: Page, made: RwSignal<Option<String>>) -> AnyView {
    let asking = Asking::new();
    let wrong = move || {
        asking.error_at(Place::Scopes).map(|why| {
            view! {
                <p class="error" role="alert">
                    <Icon name="alert"/>
                    {why}
                </p>
            }
            .painted()
        })
    };
    let ticks = Scope::ALL.map(|one| tick(one.word(), scope(one), one == Scope::Read));
    let choices = Lasts::ALL.into_iter().enumerate().map(|(at, lasts)| {
        view! {
            <option value=at.to_string() selected=lasts == Lasts::Quarter>
                {length(lasts)}
            </option>
        }
        .painted()
    });
    let fields = view! {
        {asking.field(Place::Name, what_for(), String::new())}
        <fieldset class="field">
            <legend class="label">{t::token_may()}</legend>
            {ticks.into_iter().collect_view()}
            {wrong}
        </fieldset>
        <label class="field">
            <span class="label">{t::token_lasts()}</span>
            <select class="input" name="lasts">
                {choices.collect_view()}
            </select>
        </label>
        {asking.field(Place::Password, password_now(), String::new())}
    };
    asking.form(t::make_token(), fields.painted(), move |event| {
        asking.send(ProfileEdit::MakeToken(form(&event)), move |done| {
            if let ProfileDone::Token(token) = done {
                empty_form(&event);
                let _shown = made.try_set(Some(token));
                page.load_again(t::token_made().to_owned());
            }
        });
    })
}

fn form(event: &SubmitEvent) -> TokenForm {
    let ticked = |one: &Scope| is_ticked(event, one.word());
    let at: usize = field_value(event, "lasts").parse().unwrap_or_default();
    TokenForm {
        name: field_value(event, "name"),
        scopes: Scope::ALL.into_iter().filter(ticked).collect(),
        lasts: Lasts::ALL.get(at).copied().unwrap_or(Lasts::Month),
        password: field_value(event, "password"),
    }
}

fn keep(page: Page, made: RwSignal<Option<String>>, token: String) -> AnyView {
    let done = move |_| {
        page.said.set(String::new());
        made.set(None);
    };
    view! {
        <p>{t::token_made_about()}</p>
        <Snippet name=t::your_token() text=token/>
        <div>
            <button type="button" class="btn" data-kind="primary" on:click=done>
                <Icon name="check" size="s"/>
                {t::token_is_kept()}
            </button>
        </div>
    }
    .painted()
}

fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::Read => t::scope_read(),
        Scope::Reply => t::scope_reply(),
        Scope::Handoffs => t::scope_handoffs(),
        Scope::Contacts => t::scope_contacts(),
    }
}

fn length(lasts: Lasts) -> String {
    match lasts {
        Lasts::Month | Lasts::Quarter => t::lasts_days(&lasts.days().unwrap_or_default()),
        Lasts::Year => t::lasts_year().to_owned(),
        Lasts::Always => t::lasts_always().to_owned(),
    }
}

fn what_for() -> Purpose {
    Purpose {
        label: t::token_for(),
        name: "name",
        kind: "text",
        autocomplete: "off",
        hint: t::token_for_about(),
    }
}
