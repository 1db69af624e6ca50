//! Tokens for programs: what there is and the way out of each, and a new one, which is shown once.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use protocol::api_token::{Lasts, Scope, TokenForm};
use protocol::profile::{NoApi, ProfileDone, ProfileEdit};

use super::super::embed::Snippet;
use super::Page;
use super::asking::{Asking, Place, password_now};
use super::notices::tick;
use crate::live::browser::{empty_form, field_value, is_ticked};
use crate::parts::field::Purpose;
use crate::parts::icon::Icon;
use crate::parts::painted::IntoPainted;
use crate::parts::token::{line, scope};
use crate::words::{self, t};

pub(super) fn view(page: Page) -> AnyView {
    let made = RwSignal::new(None::<String>);
    let off = Memo::new(move |_| page.view.with(|view| view.api_off.clone()));
    let shown = move || match (made.get(), off.get()) {
        (Some(token), _) => keep(page, made, token),
        (None, None) => make(page, made),
        (None, Some(off)) => {
            let why = match off {
                NoApi::SwitchedOff(off) => words::switched_off(&off),
                NoApi::Role => t::api_not_for_role().to_owned(),
            };
            view! { <p class="banner" role="status">{why}</p> }.painted()
        }
    };
    let revoke = Callback::new(move |id| {
        page.edit(ProfileEdit::RevokeToken(id), move |_| {
            page.load_again(t::token_revoked().to_owned());
        });
    });
    let rows = move || {
        let tokens = page.view.get().tokens;
        match tokens.is_empty() {
            true => view! { <p class="faint">{t::no_api_tokens()}</p> }.painted(),
            false => {
                let rows = tokens.into_iter().map(|token| line(token, revoke));
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

fn make(page: Page, made: RwSignal<Option<String>>) -> AnyView {
    let asking = Asking::new();
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
            {asking.alert(Place::Scopes)}
        </fieldset>
        <label class="field">
            <span class="label">{t::token_lasts()}</span>
            <select class="select" name="lasts">
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
