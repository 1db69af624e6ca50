//! One conversation in the list.

use std::sync::Arc;

use leptos::prelude::*;
use protocol::ConversationId;
use protocol::card::{Card, CardState};
use protocol::entry::Author;

use super::Desk;
use crate::live::Live;
use crate::parts::face::Face;
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::parts::time::Ago;
use crate::parts::typing::Typing;
use crate::parts::wait::Wait;
use crate::words;

/// Who it is, what was said last, how long they wait, and who has it.
#[component]
pub(crate) fn Row(id: ConversationId) -> impl IntoView {
    let live = Live::here();
    let desk = Desk::here();
    let card = live.memo(move |state| state.card(id).cloned());
    let unread = Memo::new(move |_| card.with(|card| card.as_ref().map_or(0, |card| card.unread)));
    let current = move || (desk.open.get() == Some(id)).then_some("true");
    let person = live.peek(|state| state.card(id).map(|card| card.visitor.clone()));
    person.map(|person| {
        let name = person.name.clone();
        view! {
            <a
                class="conv"
                href=format!("/inbox/{id}")
                data-unread=move || (unread.get() > 0).then_some("")
                aria-current=current
            >
                <Face person>
                    <span class="via" title="Web">
                        <Icon name="web"/>
                    </span>
                </Face>
                <span class="name cut">{name}</span>
                {move || card.get().map(|card| view! { <When card/> })}
                <Last id card/>
                <span class="mark">
                    {move || card.get().map(|card| view! { <Holder card/> })}
                    <Unread id unread/>
                </span>
                {move || card.get().and_then(|card| meta(&card))}
            </a>
        }
        .late()
    })
}

/// A clock while somebody waits, else a time.
#[component]
fn When(card: Arc<Card>) -> impl IntoView {
    match card.state {
        CardState::Pending {
            waiting_since: since,
            ..
        }
        | CardState::Active {
            unanswered_since: Some(since),
            ..
        } => view! { <Wait since=since/> }.late(),
        CardState::Resolved { at, .. } => view! { <Ago at=at/> }.late(),
        CardState::Active { .. } | CardState::Assistant => view! { <Ago at=card.last.at/> }.late(),
    }
}

/// The last words, or that more are being typed.
#[component]
fn Last(id: ConversationId, card: Memo<Option<Arc<Card>>>) -> impl IntoView {
    let live = Live::here();
    let types = live.memo(move |state| {
        state
            .threads
            .get(&id)
            .is_some_and(|thread| thread.typing().any(|by| by == Author::Visitor))
    });
    let said = Memo::new(move |_| card.with(|card| card.as_ref().map(|card| card.last.clone())));
    let words = move || {
        let last = said.get()?;
        let by = match last.author {
            Author::Agent(agent) => Some(live.peek(|state| state.name(agent))),
            Author::Ai => Some("Assistant".to_owned()),
            Author::Visitor | Author::System => None,
        };
        Some((by.map(|by| view! { <b>{by} ": "</b> }), last.text))
    };
    view! {
        <span class="last cut">
            {move || {
                if types.get() {
                    view! {
                        <span class="typing-line">
                            <Typing/>
                            "typing"
                        </span>
                    }
                    .late()
                } else {
                    words().late()
                }
            }}
        </span>
    }
    .late()
}

/// A colleague who has it.
#[component]
fn Holder(card: Arc<Card>) -> impl IntoView {
    let live = Live::here();
    let agent = match card.state {
        CardState::Active { agent, .. } | CardState::Resolved { agent, .. } => agent,
        CardState::Assistant | CardState::Pending { .. } => return None,
    };
    let person = live.peek(|state| {
        state
            .face(agent)
            .filter(|_| Some(agent) != state.me)
            .cloned()
    });
    person.map(|person| {
        let title = format!("Held by {}", person.name);
        view! { <Face person size="xs" title/> }
    })
}

/// Messages that the team has not read; filled where they are mine to read.
#[component]
fn Unread(id: ConversationId, unread: Memo<u32>) -> impl IntoView {
    let live = Live::here();
    let others =
        live.memo(move |state| matches!(state.stand(id), crate::live::state::Stand::Colleague(_)));
    move || {
        (unread.get() > 0).then(|| {
            view! {
                <span class="count" data-kind=move || (!others.get()).then_some("unread")>
                    {unread}
                    <span class="only-read">" unread"</span>
                </span>
            }
        })
    }
}

/// Why a person was asked for, while nobody has come; afterwards how it ended.
fn meta(card: &Card) -> Option<impl IntoView + use<>> {
    let (icon, words) = match card.state {
        CardState::Pending { trigger, .. } => ("baton", words::trigger(trigger)),
        CardState::Resolved { outcome, .. } => ("done", words::outcome(outcome)),
        CardState::Active { .. } | CardState::Assistant => return None,
    };
    Some(view! {
        <span class="meta">
            <Icon name=icon/>
            <span>{words}</span>
        </span>
    })
}
