//! The top bar: the workspace, the longest wait, the team, and oneself.

use leptos::prelude::*;
use protocol::Timestamp;
use protocol::forms::Me as Signed;

use super::Desk;
use super::accepting::Accepting;
use super::bell::BellButton;
use super::commands::open_longest;
use super::me::Me;
use super::team::Team;
use crate::live::Live;
use crate::parts::follow::reads;
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::parts::memo::memo;
use crate::parts::painted::IntoPainted;
use crate::parts::wait::Wait;
use crate::words::t;

/// The bar above everything.
#[component]
pub(crate) fn Top(me: Signed) -> impl IntoView {
    let workspace = me.workspace.clone();
    view! {
        <header class="top">
            <h1 class="place">
                <span class="desk-only">{workspace}</span>
                <span class="phone-only">{t::inbox()}</span>
            </h1>
            <Find/>
            <Pulse/>
            <Team/>
            <Accepting/>
            <BellButton/>
            <Me me/>
        </header>
    }
    .painted()
}

/// The way to everything by a few letters.
#[component]
fn Find() -> impl IntoView {
    let desk = Desk::here();
    view! {
        <button
            type="button"
            class="find desk-only"
            aria-haspopup="dialog"
            aria-label=t::do_palette()
            on:click=move |_| desk.palette.set(true)
        >
            <Icon name="search"/>
            <span class="cut">{t::palette_hint()}</span>
            <kbd>"Ctrl K"</kbd>
        </button>
    }
    .painted()
}

/// Who waits longest, and how many wait; a click opens the first in line.
#[component]
fn Pulse() -> impl IntoView {
    let live = Live::here();
    let longest =
        memo(move || live.frame(|frame| (frame.me.is_some(), frame.counts.longest_waiting_since)));
    move || match longest.get() {
        (false, _) => view! {
            <span class="pulse push">
                <span class="bone"></span>
            </span>
        }
        .painted(),
        (true, None) => view! {
            <span class="pulse push">
                <span class="desk-only">{t::nobody_waiting()}</span>
            </span>
        }
        .late(),
        (true, Some(since)) => view! {
            <Longest since/>
        }
        .late(),
    }
}

#[component]
fn Longest(since: Timestamp) -> impl IntoView {
    let live = Live::here();
    let desk = Desk::here();
    let many = move || match live.frame(|frame| frame.counts.pending) {
        0 | 1 => t::waiting().to_owned(),
        waiting => t::longest_of(waiting.into()),
    };
    let open = move |_| open_longest(live, desk);
    view! {
        <button type="button" class="pulse push" title=t::open_longest() on:click=open>
            <Wait since/>
            <span class="desk-only">{reads(many)}</span>
        </button>
    }
    .late()
}
