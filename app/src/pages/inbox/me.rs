//! Oneself: the own availability, and the way out.

use leptos::prelude::*;
use protocol::forms::Me as Signed;
use protocol::person::Availability;

use super::Desk;
use crate::live::given::{self, Choice};
use crate::live::{Live, browser};
use crate::parts::dot::{Dot, word};
use crate::parts::face::{Face, picture_of};
use crate::parts::follow::{follow, reads};
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::parts::menu::{Item, Menu};
use crate::parts::painted::IntoPainted;
use crate::words::language::LANGUAGE_COOKIE;
use crate::words::t;

/// The button with one's face, and its menu.
#[component]
pub(crate) fn Me(me: Signed) -> impl IntoView {
    let live = Live::here();
    let open = Desk::here().choosing;
    let effective = reads(move || live.frame(|frame| frame.effective));
    let label = move || {
        live.frame(|frame| match (frame.is_live(), frame.me) {
            (true, Some(_)) => word(frame.effective),
            (_, None) => t::connecting(),
            (false, Some(_)) => t::not_connected(),
        })
    };
    view! {
        <div class="self">
            <button
                type="button"
                class="me"
                aria-haspopup="menu"
                aria-expanded=move || open.get().to_string()
                title=t::your_availability()
                on:click=move |_| open.set(!open.get_untracked())
            >
                <Face person=me.face size="sm" picture=picture_of(me.id, me.picture)>
                    <Dot is=effective/>
                </Face>
                {label}
                <Icon name="down" size="xs"/>
            </button>
            <Menu label=t::your_availability() open opener=".me">
                <Available availability=Availability::Online about=t::online_about()/>
                <Available availability=Availability::Away about=t::away_about()/>
                <Available availability=Availability::Offline about=t::offline_about()/>
                <hr/>
                <Item choose=|| browser::go("/profile")>
                    <Icon name="person" size="s"/>
                    <span>{t::profile_title()}</span>
                </Item>
                <hr/>
                <Languages/>
                <hr/>
                <SignOut email=me.email.clone()/>
            </Menu>
        </div>
    }
    .painted()
}

#[component]
fn Available(availability: Availability, about: &'static str) -> impl IntoView {
    let live = Live::here();
    let chosen = move || live.frame(|frame| frame.chosen == Some(availability));
    view! {
        <Item choose=move || live.choose(availability)>
            <Dot is=availability/>
            <span>
                <b>{word(availability)}</b>
                <p>{about}</p>
            </span>
            {follow(move || chosen().then(|| view! { <Icon name="check" size="s"/> }))}
        </Item>
    }
    .late()
}

/// The languages of the page, each by its own name. Another one loads the page anew.
#[component]
fn Languages() -> impl IntoView {
    let language = |choice: Choice| {
        let Choice {
            tag,
            name,
            is_current,
        } = choice;
        let lang = tag.clone();
        let choose = move || {
            browser::keep_cookie(LANGUAGE_COOKIE, &tag);
            browser::reload();
        };
        view! {
            <Item choose>
                <Icon name="web" size="s"/>
                <span lang=lang>{name}</span>
                {is_current.then(|| view! { <Icon name="check" size="s"/> })}
            </Item>
        }
        .late()
    };
    view! {
        <div role="group" aria-label=t::language()>
            {given::languages().into_iter().map(language).collect_view()}
        </div>
    }
    .late()
}

#[component]
fn SignOut(email: String) -> impl IntoView {
    view! {
        <Item choose=sign_out>
            <Icon name="out" size="s"/>
            <span>
                <b>{t::sign_out()}</b>
                <p>{email}</p>
            </span>
        </Item>
    }
    .late()
}

/// Not by its server function: with everything that those need it would be an eighth of the inbox.
fn sign_out() {
    leptos::task::spawn_local(async {
        // Also when the server could not be reached: whoever leaves must not find the inbox open.
        let _told = browser::post("/pages/sign_out").await;
        crate::live::leave();
        browser::go("/sign-in");
    });
}
