//! The rows of a tab, or why there are none.

use leptos::prelude::*;
use protocol::ConversationId;
use protocol::card::{Card, Tab};

use super::row::Row;
use crate::live::state::unanswered_since;
use crate::live::{Live, browser};
use crate::parts::empty::Empty;
use crate::parts::late::IntoLate;
use crate::parts::painted::IntoPainted;

/// What is known of the tab on screen.
#[component]
pub(crate) fn Rows(tab: Memo<Tab>, mine: RwSignal<bool>) -> impl IntoView {
    let live = Live::here();
    let loaded = live.memo(move |state| state.me.is_some() && state.lists.is_loaded(state.tab()));
    let kinds = Memo::new(move |_| (loaded.get(), tab.get()));
    let on_scroll = move |event: leptos::ev::Event| {
        if browser::is_near_end(&event) {
            live.act(crate::live::state::LiveState::load_cards);
        }
    };
    let rows = move || match kinds.get() {
        (false, _) => view! { <Loading/> }.painted(),
        (true, Tab::Active) => view! { <ActiveRows mine/> }.late(),
        (true, tab) => view! { <PlainRows tab/> }.late(),
    };
    view! {
        <div
            class="rows"
            id="rows"
            role="tabpanel"
            aria-busy=move || (!loaded.get()).then_some("true")
            on:scroll=on_scroll
        >
            {rows}
            <More/>
        </div>
    }
    .painted()
}

/// The way to the next page, where scrolling does not get there: a few rows of many.
#[component]
fn More() -> impl IntoView {
    let live = Live::here();
    let more = live.memo(|state| state.lists.has_more(state.tab()));
    view! {
        <Show when=move || more.get()>
            <button
                type="button"
                class="btn sm wide"
                data-kind="quiet"
                on:click=move |_| live.act(crate::live::state::LiveState::load_cards)
            >
                "Load more"
            </button>
        </Show>
    }
    .late()
}

/// Rows of the height that comes.
#[component]
fn Loading() -> impl IntoView {
    let row = || {
        view! {
            <li class="conv">
                <span class="face bone"></span>
                <span class="bone"></span>
                <span class="bone"></span>
                <span class="bone"></span>
            </li>
        }
    };
    view! { <ul aria-label="Loading conversations">{(0..6).map(|_| row()).collect_view()}</ul> }
        .painted()
}

#[component]
fn PlainRows(tab: Tab) -> impl IntoView {
    let live = Live::here();
    let shown = live.memo(move |state| ids(state.lists.shown(tab).iter().map(AsRef::as_ref)));
    let empty = Memo::new(move |_| shown.with(Vec::is_empty));
    move || {
        match (empty.get(), tab) {
        (false, _) => view! { <Lines shown/> }.late(),
        (true, Tab::Pending) => view! {
            <Empty title="Nobody is waiting" sentence="New requests appear here by themselves."/>
        }
        .late(),
        (true, _) => view! {
            <Empty
                title="Nothing resolved yet"
                sentence="Conversations that were restored to the assistant or closed stay readable here."
            />
        }
        .late(),
    }
    }
}

/// Those who wait for a reply, then those who have one.
#[component]
fn ActiveRows(mine: RwSignal<bool>) -> impl IntoView {
    let live = Live::here();
    let split = move |waiting: bool| {
        Memo::new(move |_| {
            let mine = mine.get();
            live.read(|state| {
                let holds = |card: &Card| !mine || state.holds(card);
                let cards = state.shown(Tab::Active);
                let cards = cards.iter().map(AsRef::as_ref).filter(|card| holds(card));
                ids(cards.filter(|card| unanswered_since(card).is_some() == waiting))
            })
        })
    };
    let (waiting, answered) = (split(true), split(false));
    let empty = Memo::new(move |_| waiting.with(Vec::is_empty) && answered.with(Vec::is_empty));
    let group = |name: &'static str, shown: Memo<Vec<ConversationId>>| {
        let filled = Memo::new(move |_| !shown.with(Vec::is_empty));
        view! {
            <Show when=move || filled.get()>
                <h3>{name} " " <span>{move || shown.with(Vec::len)}</span></h3>
                <Lines shown/>
            </Show>
        }
    };
    move || {
        if !empty.get() {
            return view! {
                {group("Waiting for a reply", waiting)}
                {group("Answered", answered)}
            }
            .late();
        }
        let sentence = if mine.get() {
            "Take over a conversation in Pending, and it appears here."
        } else {
            "Conversations appear here once somebody has taken them over."
        };
        view! { <Empty title="Nobody is in a conversation" sentence/> }.late()
    }
}

#[component]
fn Lines(shown: Memo<Vec<ConversationId>>) -> impl IntoView {
    view! {
        <ul>
            <For each=move || shown.get() key=|id| *id let:id>
                <li>
                    <Row id/>
                </li>
            </For>
        </ul>
    }
    .late()
}

fn ids<'a>(cards: impl Iterator<Item = &'a Card>) -> Vec<ConversationId> {
    cards.map(|card| card.conversation).collect()
}
