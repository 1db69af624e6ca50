//! The list column: the tabs and what they hold.

use leptos::prelude::*;
use protocol::card::Tab;

use super::rows::Rows;
use crate::live::state::Connection;
use crate::live::{Live, local};
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::parts::painted::IntoPainted;

/// The tabs in their order, with their names.
pub(crate) const TABS: [(Tab, &str); 3] = [
    (Tab::Pending, "Pending"),
    (Tab::Active, "Active"),
    (Tab::Resolved, "Resolved"),
];

/// The column with all conversations.
#[component]
pub(crate) fn List() -> impl IntoView {
    let live = Live::here();
    let mine = RwSignal::new(false);
    let tab = live.memo(crate::live::state::LiveState::tab);
    view! {
        <section class="list" aria-label="Conversations">
            <header>
                <div class="tabs" role="tablist" aria-label="Status">
                    {TABS.map(|(tab, name)| view! { <TabButton tab name/> })}
                </div>
            </header>
            <Tools tab mine/>
            <Rows tab mine/>
        </section>
    }
    .painted()
}

#[component]
fn TabButton(tab: Tab, name: &'static str) -> impl IntoView {
    let live = Live::here();
    let selected = live.memo(move |state| state.tab() == tab);
    let count = live.memo(move |state| match tab {
        Tab::Pending => state.counts.pending,
        Tab::Active => state.counts.active,
        Tab::Resolved => 0,
    });
    view! {
        <button
            type="button"
            role="tab"
            aria-selected=move || selected.get().to_string()
            aria-controls="rows"
            on:click=move |_| live.act(|state| state.show_tab(tab))
        >
            {name}
            {move || (count.get() > 0).then(|| view! { <span class="count">{count}</span> }.late())}
        </button>
    }
    .painted()
}

/// Whose conversations are shown, and how old the list is while there is no connection.
#[component]
fn Tools(tab: Memo<Tab>, mine: RwSignal<bool>) -> impl IntoView {
    let live = Live::here();
    let lost = live.memo(|state| match state.connection {
        Connection::Lost { since } => Some(since),
        _ => None,
    });
    let as_of = move || {
        lost.get().map(|since| {
            view! {
                <span class="chip push" data-kind="warn">
                    <Icon name="clock"/>
                    {format!("As of {}", local::clock_to_the_second(since))}
                </span>
            }
            .late()
        })
    };
    let whose = move |pressed: bool, name: &'static str| {
        view! {
            <button
                type="button"
                aria-pressed=move || (mine.get() == pressed).to_string()
                on:click=move |_| mine.set(pressed)
            >
                {name}
            </button>
        }
    };
    let segments = move || {
        (tab.get() == Tab::Active).then(|| {
            view! {
                <span class="segments" role="group" aria-label="Whose">
                    {whose(true, "Mine")}
                    {whose(false, "All")}
                </span>
            }
            .late()
        })
    };
    let shown = move || tab.get() == Tab::Active || lost.get().is_some();
    view! {
        <Show when=shown>
            <div class="tools">{segments} {as_of}</div>
        </Show>
    }
    .late()
}
