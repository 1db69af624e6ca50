//! Visitors who may be one person: made one contact, and two again.

use domain::permissions::Permission;
use leptos::prelude::*;
use protocol::ConversationId;
use protocol::card::{Card, CardState};

use crate::live::state::Act;
use crate::live::views::Talk;
use crate::live::{Live, local};
use crate::parts::dialog::Refused;
use crate::parts::follow::{follow, reads};
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::parts::memo::memo;
use crate::words::{self, t};

/// The fold with those who have the same e-mail address or phone number; not there without any.
#[component]
pub(crate) fn Alike(talk: Memo<Talk>) -> impl IntoView {
    let beside = memo(move || talk.read().beside.clone());
    let why = reads(move || talk.read().why_not(Act::Merge));
    follow(move || {
        let beside = beside.get()?;
        let panel = &beside.panel;
        if panel.alike.is_empty() {
            return None;
        }
        let id = panel.conversation;
        let row = |card: &Card| {
            view! {
                {conversation(card)}
                <Merge id talk card=card.clone()/>
            }
        };
        let rows = panel.alike.iter().map(row).collect_view();
        Some(view! {
            <details open>
                <summary>{t::alike()} <Icon name="down"/></summary>
                <p class="faint">{t::alike_about()}</p>
                <div class="past">{rows}</div>
                <Refused why/>
            </details>
        })
    })
}

/// Another conversation, which opens.
pub(super) fn conversation(card: &Card) -> AnyView {
    let live = Live::here();
    let at = local::date_and_clock(card.last.at, live.now_untracked());
    let state = match card.state {
        CardState::Assistant => t::assistant(),
        CardState::Pending { .. } => t::pending(),
        CardState::Active { .. } => t::active(),
        CardState::Missed { reason, .. } => words::missed(reason),
        CardState::Resolved { outcome, .. } => words::outcome(outcome),
    };
    let chatbot = live.peek(|state| {
        let known = state.chatbots.iter().find(|known| known.id == card.chatbot);
        known.map(|known| known.name.clone())
    });
    view! {
        <a href=format!("/inbox/{}", card.conversation)>
            <span class="cut">{words::last_line(&card.last)}</span>
            <small>{at}</small>
            <small>{chatbot} ", " {state}</small>
        </a>
    }
    .late()
}

/// The button that makes both one contact.
#[component]
fn Merge(id: ConversationId, talk: Memo<Talk>, card: Card) -> impl IntoView {
    let live = Live::here();
    let other = card.conversation;
    let name = t::merge_with(&card.visitor.name);
    let merge = move |_| live.act_with_key(|state, key| state.merge(id, other, key));
    view! {
        <button
            type="button"
            class="btn sm"
            aria-label=name
            disabled=waits(live, talk)
            on:click=merge
        >
            {t::same_person()}
        </button>
    }
    .late()
}

/// The button that takes this visitor out of the contact again.
#[component]
pub(super) fn Split(id: ConversationId, talk: Memo<Talk>) -> impl IntoView {
    let live = Live::here();
    let split = move |_| live.act_with_key(|state, key| state.split(id, key));
    view! {
        <button
            type="button"
            class="btn sm"
            data-kind="quiet"
            title=t::split_about()
            disabled=waits(live, talk)
            on:click=split
        >
            {t::split()}
        </button>
    }
    .late()
}

/// Whether nothing can be asked now, or this is being done.
fn waits(live: Live, talk: Memo<Talk>) -> Memo<bool> {
    memo(move || {
        let cut = !live.frame(|frame| frame.is_live());
        let may = live.read(|state| state.may_do(Permission::EditContacts));
        cut || !may || talk.read().acting == Some(Act::Merge)
    })
}
