//! The list column: the tabs and what they hold.

use leptos::prelude::*;
use protocol::card::Tab;

use super::Desk;
use super::filters::{FilterButton, Filters, OrderWord};
use super::offer::Offers;
use super::rows::Rows;
use crate::live::attention::Attention;
use crate::live::state::Connection;
use crate::live::{Live, local};
use crate::parts::follow::{follow, reads};
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::parts::memo::memo;
use crate::parts::painted::IntoPainted;
use crate::words::{Word, t};

/// The tabs in their order, with their names.
pub(crate) const TABS: [(Tab, Word); 4] = [
    (Tab::Pending, t::pending),
    (Tab::Active, t::active),
    (Tab::Missed, t::missed),
    (Tab::Resolved, t::resolved),
];

/// The column with all conversations.
#[component]
pub(crate) fn List() -> impl IntoView {
    view! {
        <section class="list" aria-label=t::conversations()>
            <header>
                <div class="tabs" role="tablist" aria-label=t::status()>
                    {TABS.map(|(tab, name)| view! { <TabButton tab name/> })}
                </div>
            </header>
            <Offers/>
            <Tools/>
            <Rows/>
        </section>
    }
    .painted()
}

#[component]
fn TabButton(tab: Tab, name: fn() -> &'static str) -> impl IntoView {
    let live = Live::here();
    let preferences = Attention::here().preferences;
    let selected = move || live.frame(|frame| frame.tab == tab).to_string();
    let name = move || match preferences.with(|chosen| chosen.says_claimed) {
        true if tab == Tab::Active => t::claimed(),
        _ => name(),
    };
    let count = move || {
        let count = live.frame(|frame| match tab {
            Tab::Pending => frame.counts.pending,
            Tab::Active => frame.counts.active,
            Tab::Missed => frame.counts.missed,
            Tab::Resolved => 0,
        });
        (count > 0).then(|| view! { <span class="count">{count}</span> }.late())
    };
    view! {
        <button
            type="button"
            role="tab"
            aria-selected=selected
            aria-controls="rows"
            on:click=move |_| live.act(|state| state.show_tab(tab))
        >
            {name}
            {follow(count)}
        </button>
    }
    .painted()
}

/// Whose conversations are shown, how old the list is while there is no connection, and the way to
/// what it is sorted and filtered by.
#[component]
fn Tools() -> impl IntoView {
    let live = Live::here();
    let desk = Desk::here();
    let lost = move || match live.frame(|frame| frame.connection) {
        Connection::Lost { since } => Some(since),
        _ => None,
    };
    let as_of = move || {
        lost().map(|since| {
            view! {
                <span class="chip" data-kind="warn">
                    <Icon name="clock"/>
                    {t::as_of(&local::clock_to_the_second(since))}
                </span>
            }
            .late()
        })
    };
    let whose = move |mine: bool, name: &'static str| {
        view! {
            <button
                type="button"
                aria-pressed=reads(move || (desk.view.with(|view| view.mine) == mine).to_string())
                on:click=move |_| desk.view.update(|view| view.mine = mine)
            >
                {name}
            </button>
        }
    };
    let active = memo(move || live.frame(|frame| frame.tab) == Tab::Active);
    let segments = move || {
        active.get().then(|| {
            view! {
                <span class="segments" role="group" aria-label=t::whose()>
                    {whose(true, t::mine())}
                    {whose(false, t::all())}
                </span>
            }
            .late()
        })
    };
    let known = memo(move || live.frame(|frame| frame.me.is_some()));
    follow(move || {
        known.get().then(|| {
            view! {
                <div class="tools">
                    {follow(segments)} <OrderWord/> {follow(as_of)} <FilterButton/>
                </div>
                <Filters/>
            }
        })
    })
}
