//! Oneself: the own availability, and the way out.

use leptos::prelude::*;
use protocol::forms::Me as Signed;
use protocol::person::Availability;

use crate::api::ApiError;
use crate::api::sign_in::sign_out;
use crate::live::{Live, browser};
use crate::parts::dot::{Dot, word};
use crate::parts::face::Face;
use crate::parts::follow::{effect, follow, reads};
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::parts::menu::{Item, Menu};
use crate::parts::painted::IntoPainted;

/// The button with one's face, and its menu.
#[component]
pub(crate) fn Me(me: Signed) -> impl IntoView {
    let live = Live::here();
    let open = RwSignal::new(false);
    // Here and not in the menu: the menu is gone before the server has answered.
    let signing_out = Action::new(|(): &()| sign_out());
    // Also when the server could not be reached: whoever leaves must not find the inbox open.
    effect(move || {
        if signing_out.value().get().is_some() {
            crate::live::leave();
            browser::go("/sign-in");
        }
    });
    let effective = reads(move || live.frame(|frame| frame.effective));
    let label = move || {
        live.frame(|frame| match (frame.is_live(), frame.me) {
            (true, Some(_)) => word(frame.effective),
            (_, None) => "Connecting",
            (false, Some(_)) => "Not connected",
        })
    };
    view! {
        <div class="self">
            <button
                type="button"
                class="me"
                aria-haspopup="menu"
                aria-expanded=move || open.get().to_string()
                title="Your availability"
                on:click=move |_| open.set(!open.get_untracked())
            >
                <Face person=me.face size="sm">
                    <Dot is=effective/>
                </Face>
                {label}
                <Icon name="down" size="xs"/>
            </button>
            <Menu label="Your availability" open opener=".me">
                <Choice availability=Availability::Online about="You take chats."/>
                <Choice availability=Availability::Away about="You keep your chats and can take one."/>
                <Choice availability=Availability::Offline about="You take no chats."/>
                <hr/>
                <SignOut email=me.email.clone() signing_out/>
            </Menu>
        </div>
    }
    .painted()
}

#[component]
fn Choice(availability: Availability, about: &'static str) -> impl IntoView {
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

#[component]
fn SignOut(email: String, signing_out: Action<(), Result<(), ApiError>>) -> impl IntoView {
    view! {
        <Item choose=move || { signing_out.dispatch(()); }>
            <Icon name="out" size="s"/>
            <span>
                <b>"Sign out"</b>
                <p>{email}</p>
            </span>
        </Item>
    }
    .late()
}
