//! The rows of a tab, or why there are none.

use leptos::prelude::*;
use protocol::ConversationId;
use protocol::card::{Card, Tab};

use super::row::Row;
use crate::live::state::{Connection, LiveState, unanswered_since};
use crate::live::{Live, browser};
use crate::parts::empty::Empty;
use crate::parts::follow::follow;
use crate::parts::late::IntoLate;
use crate::parts::memo::memo;
use crate::parts::painted::IntoPainted;
use crate::words::t;

/// What is known of the tab on screen.
#[component]
pub(crate) fn Rows(mine: RwSignal<bool>) -> impl IntoView {
    let live = Live::here();
    let shown = memo(move || live.frame(|frame| frame.is_loaded.then_some(frame.tab)));
    let cut = memo(move || live.frame(|frame| matches!(frame.connection, Connection::Lost { .. })));
    let on_scroll = move |event: leptos::ev::Event| {
        if browser::is_near_end(&event) {
            live.act(LiveState::load_cards);
        }
    };
    let rows = move || match shown.get() {
        None if cut.get() => view! {
            <Empty title=t::not_loaded() sentence=t::not_loaded_about()/>
        }
        .late(),
        None => view! { <Loading/> }.painted(),
        Some(Tab::Active) => view! { <ActiveRows mine/> }.late(),
        Some(tab) => view! { <PlainRows tab/> }.late(),
    };
    let busy = move || shown.get().is_none().then_some("true");
    view! {
        <div class="rows" id="rows" role="tabpanel" aria-busy=busy on:scroll=on_scroll>
            {rows}
            {follow(move || live.frame(|frame| frame.has_more).then(|| view! { <More/> }))}
        </div>
    }
    .painted()
}

/// The way to the next page, where scrolling does not get there: a few rows of many.
#[component]
fn More() -> impl IntoView {
    let live = Live::here();
    view! {
        <button
            type="button"
            class="btn sm wide"
            data-kind="quiet"
            on:click=move |_| live.act(LiveState::load_cards)
        >
            {t::load_more()}
        </button>
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
        .painted()
    };
    view! { <ul aria-label=t::loading_conversations()>{(0..6).map(|_| row()).collect_view()}</ul> }
        .painted()
}

#[component]
fn PlainRows(tab: Tab) -> impl IntoView {
    let live = Live::here();
    let shown =
        memo(move || live.read(|state| ids(state.lists.shown(tab).iter().map(AsRef::as_ref))));
    let empty = memo(move || shown.read().is_empty());
    follow(move || match (empty.get(), tab) {
        (false, _) => view! { <Lines shown/> }.late(),
        (true, Tab::Pending) => view! {
            <Empty title=t::nobody_waiting() sentence=t::nobody_waiting_about()/>
        }
        .late(),
        (true, Tab::Missed) => view! {
            <Empty
                title=t::nothing_missed()
                sentence=t::nothing_missed_about()
            />
        }
        .late(),
        (true, _) => view! {
            <Empty
                title=t::nothing_resolved()
                sentence=t::nothing_resolved_about()
            />
        }
        .late(),
    })
}

/// Those who wait for a reply, then those who have one.
#[component]
fn ActiveRows(mine: RwSignal<bool>) -> impl IntoView {
    let live = Live::here();
    let split = move |waiting: bool| {
        memo(move || {
            let mine = mine.get();
            live.read(|state| {
                let cards = state.shown(Tab::Active);
                let cards = cards.iter().map(AsRef::as_ref);
                let held = cards.filter(|card: &&Card| !mine || state.holds(card));
                ids(held.filter(|card| unanswered_since(card).is_some() == waiting))
            })
        })
    };
    let (waiting, answered) = (split(true), split(false));
    let empty = memo(move || waiting.read().is_empty() && answered.read().is_empty());
    let sentence = move || {
        if mine.get() {
            t::mine_empty_about()
        } else {
            t::active_empty_about()
        }
    };
    follow(move || {
        if empty.get() {
            view! { <Empty title=t::nobody_talks() sentence=sentence()/> }.late()
        } else {
            view! {
                <Group name=t::waiting_for_reply() shown=waiting/>
                <Group name=t::answered() shown=answered/>
            }
            .late()
        }
    })
}

/// Rows under a name, if there are any.
#[component]
fn Group(name: &'static str, shown: Memo<Vec<ConversationId>>) -> impl IntoView {
    let filled = memo(move || !shown.read().is_empty());
    follow(move || {
        filled.get().then(|| {
            view! {
                <h3>{name} " " <span>{follow(move || shown.read().len())}</span></h3>
                <Lines shown/>
            }
        })
    })
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
