//! Something about the whole page: the connection is lost, or the sign-in is over.

use leptos::prelude::*;

use crate::live::state::Connection;
use crate::live::{Live, browser};
use crate::parts::follow::follow;
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::parts::memo::memo;
use crate::parts::painted::IntoPainted;
use crate::words::{self, t};

/// A cut that mends itself within this time is not worth a word.
const SHORT_MS: u64 = 1_000;

/// The banner, when there is something to say.
#[component]
pub(crate) fn Banner() -> impl IntoView {
    let live = Live::here();
    let lost_for = move |since| live.now().millis_since(since);
    let shows = memo(move || match live.frame(|frame| frame.connection) {
        Connection::Lost { since } if lost_for(since) < SHORT_MS => Connection::Live,
        connection => connection,
    });
    let view = move || match shows.get() {
        Connection::Connecting | Connection::Live => ().late(),
        Connection::Lost { since } => {
            let lost = move || t::connection_lost(&words::span(lost_for(since)));
            view! {
                <div class="banner" role="status">
                    <Icon name="cut"/>
                    <span>
                        <b>{lost}</b>
                        " "
                        <span class="muted">{t::replies_wait()}</span>
                    </span>
                    <button type="button" class="btn sm push" on:click=move |_| live.try_now()>
                        {t::try_now()}
                    </button>
                </div>
            }
            .late()
        }
        Connection::Outdated => view! {
            <Ended
                words=t::was_updated()
                action=t::reload()
                act=browser::reload
            />
        }
        .late(),
        Connection::Refused => view! {
            <Ended
                words=t::was_ended()
                action=t::reload()
                act=browser::reload
            />
        }
        .late(),
        // The server leads to the door, and from there back to here.
        Connection::SignedOut => view! {
            <Ended
                words=t::was_signed_out()
                action=t::sign_in()
                act=browser::reload
            />
        }
        .late(),
        Connection::Left => view! {
            <Ended
                words=t::you_signed_out()
                action=t::sign_in()
                act=|| browser::go("/sign-in")
            />
        }
        .late(),
    };
    view! { <div class="bars">{follow(view)}</div> }.painted()
}

/// The connection is over, and one thing to do about it.
#[component]
fn Ended(words: &'static str, action: &'static str, act: fn()) -> impl IntoView {
    view! {
        <div class="banner" data-kind="bad" role="alert">
            <Icon name="alert"/>
            <b>{words}</b>
            <button type="button" class="btn sm push" on:click=move |_| act()>
                {action}
            </button>
        </div>
    }
    .late()
}
