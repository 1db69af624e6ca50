//! The head of the open conversation: who it is, who has it, and what can be done.

use leptos::prelude::*;
use protocol::ConversationId;
use protocol::card::CardState;

use super::Desk;
use super::resolve::Resolve;
use crate::live::Live;
use crate::live::state::{Stand, unanswered_since};
use crate::parts::face::Face;
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::parts::time::Clock;
use crate::parts::wait::Wait;
use crate::words;

/// The bar above the timeline.
#[component]
pub(crate) fn Head(id: ConversationId, name: String) -> impl IntoView {
    let desk = Desk::here();
    view! {
        <header>
            <a class="btn sq phone-only" data-kind="quiet" href="/inbox" aria-label="Back to the list">
                <Icon name="left" size="l"/>
            </a>
            <div class="who">
                <h2 tabindex="-1">
                    <span class="cut">{name}</span>
                </h2>
                <Holds id/>
            </div>
            <div class="acts">
                <button
                    type="button"
                    class="btn sq narrow-only"
                    data-kind="quiet"
                    aria-label="Show details"
                    aria-expanded=move || desk.panel.get().to_string()
                    on:click=move |_| desk.panel.update(|open| *open = !*open)
                >
                    <Icon name="info" size="l"/>
                </button>
                <Resolve id/>
            </div>
        </header>
    }
    .late()
}

/// Who has it, in one line.
#[component]
fn Holds(id: ConversationId) -> impl IntoView {
    let live = Live::here();
    let stand = live.memo(move |state| state.stand(id));
    view! {
        <p class="holds">
            {move || match stand.get() {
                Stand::Mine => view! { <Mine id/> }.late(),
                Stand::Nobody => view! { <Waiting id/> }.late(),
                Stand::Colleague(agent) => {
                    let person = live.peek(|state| state.face(agent).cloned());
                    let name = live.peek(|state| state.name(agent));
                    view! {
                        {person.map(|person| view! { <Face person size="xs"/> })}
                        <span>{format!("{name} has this")}</span>
                    }
                    .late()
                }
                Stand::Over => view! { <Over id/> }.late(),
                Stand::Assistant | Stand::Unknown => view! {
                    <Icon name="ai"/>
                    <span>"With the assistant"</span>
                }
                .late(),
            }}
        </p>
    }
    .late()
}

#[component]
fn Mine(id: ConversationId) -> impl IntoView {
    let live = Live::here();
    let since = live.memo(move |state| state.card(id).and_then(|card| unanswered_since(card)));
    view! {
        <Icon name="person"/>
        <span>"Yours"</span>
        {move || {
            since.get().map(|since| {
                view! {
                    <span class="sep" aria-hidden="true">
                        "·"
                    </span>
                    <Wait since label="Waits for a reply"/>
                }
            })
        }}
    }
    .late()
}

#[component]
fn Waiting(id: ConversationId) -> impl IntoView {
    let live = Live::here();
    let since = live.memo(move |state| match state.card(id).map(|card| card.state) {
        Some(CardState::Pending { waiting_since, .. }) => Some(waiting_since),
        _ => None,
    });
    let place = live.memo(move |state| state.place_in_line(id));
    view! {
        {move || since.get().map(|since| view! { <Wait since label="Waiting"/> })}
        {move || {
            place.get().map(|place| {
                view! {
                    <span class="sep" aria-hidden="true">
                        "·"
                    </span>
                    <span>{words::place(place)}</span>
                }
            })
        }}
    }
    .late()
}

#[component]
fn Over(id: ConversationId) -> impl IntoView {
    let live = Live::here();
    let over = live.memo(move |state| match state.card(id).map(|card| card.state) {
        Some(CardState::Resolved { outcome, at, .. }) => Some((outcome, at)),
        _ => None,
    });
    move || {
        over.get().map(|(outcome, at)| {
            view! {
                <Icon name="done"/>
                <span>{words::outcome(outcome)}</span>
                <span class="sep" aria-hidden="true">
                    "·"
                </span>
                <Clock at/>
            }
        })
    }
}
