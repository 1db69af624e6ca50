//! The top bar: the workspace, the longest wait, the team, and oneself.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use protocol::card::Tab;
use protocol::forms::Me as Signed;

use super::me::Me;
use super::team::Team;
use crate::live::Live;
use crate::parts::follow::reads;
use crate::parts::late::IntoLate;
use crate::parts::memo::memo;
use crate::parts::painted::IntoPainted;
use crate::parts::wait::Wait;

/// The bar above everything.
#[component]
pub(crate) fn Top(me: Signed) -> impl IntoView {
    let workspace = me.workspace.clone();
    view! {
        <header class="top">
            <h1 class="place">
                <span class="desk-only">{workspace}</span>
                <span class="phone-only">"Inbox"</span>
            </h1>
            <Pulse/>
            <Team/>
            <Me me/>
        </header>
    }
    .painted()
}

/// Who waits longest, and how many wait; a click opens the first in line.
#[component]
fn Pulse() -> impl IntoView {
    let live = Live::here();
    // What navigates belongs to the browser's one thread, so an effect holds it: the server has none.
    let opened = RwSignal::new(None);
    let navigate = use_navigate();
    Effect::new(move |_| {
        if let Some(conversation) = opened.get() {
            navigate(
                &format!("/inbox/{conversation}"),
                NavigateOptions::default(),
            );
        }
    });
    let longest =
        memo(move || live.frame(|frame| (frame.me.is_some(), frame.counts.longest_waiting_since)));
    let open = move |_| {
        live.act(|state| state.show_tab(Tab::Pending));
        let first = live.peek(|state| {
            state
                .shown(Tab::Pending)
                .first()
                .map(|card| card.conversation)
        });
        opened.set(first);
    };
    let many = move || match live.frame(|frame| frame.counts.pending) {
        0 | 1 => "waiting".to_owned(),
        waiting => format!("longest of {waiting} waiting"),
    };
    move || match longest.get() {
        (false, _) => view! {
            <span class="pulse push">
                <span class="bone"></span>
            </span>
        }
        .painted(),
        (true, None) => view! {
            <span class="pulse push">
                <span class="desk-only">"Nobody is waiting"</span>
            </span>
        }
        .late(),
        (true, Some(since)) => view! {
            <button type="button" class="pulse push" title="Open the longest wait" on:click=open>
                <Wait since=since/>
                <span class="desk-only">{reads(many)}</span>
            </button>
        }
        .late(),
    }
}
