//! Who has the conversation when it is not me, and what I can do about it.

use leptos::prelude::*;
use protocol::ConversationId;

use super::Desk;
use crate::live::state::{Act, Mode, Stand};
use crate::live::views::Talk;
use crate::live::{Live, browser};
use crate::parts::follow::{follow, reads};
use crate::parts::icon::Icon;
use crate::parts::key::Key;
use crate::parts::late::IntoLate;
use crate::parts::memo::memo;

/// The bar in the composer's place.
#[component]
pub(crate) fn ClaimBar(id: ConversationId, talk: Memo<Talk>) -> impl IntoView {
    let live = Live::here();
    let stand = memo(move || talk.read().stand);
    let said = move || match stand.get() {
        Stand::Nobody => (
            "Nobody has this yet".to_owned(),
            "Your first reply takes it over, too.",
        ),
        Stand::Colleague(agent) => {
            let name = live.peek(|state| state.name(agent));
            (
                format!("{name} has this"),
                "Read along, or leave the team a note.",
            )
        }
        Stand::Over => (
            "This handoff is over".to_owned(),
            "When the visitor asks for a person again, it is back in Pending.",
        ),
        Stand::Assistant | Stand::Unknown | Stand::Mine => (
            "The assistant has this".to_owned(),
            "When the visitor asks for a person, it appears in Pending.",
        ),
    };
    let acts = move || match stand.get() {
        Stand::Nobody => view! { <TakeOver id talk/> }.late(),
        _ => view! { <WriteNote/> }.late(),
    };
    view! {
        <div class="claim">
            <p class="say-so" role="status">
                <b>{reads(move || said().0)}</b>
                <span>{reads(move || said().1)}</span>
            </p>
            <div class="acts">{follow(acts)}</div>
        </div>
    }
    .late()
}

#[component]
fn TakeOver(id: ConversationId, talk: Memo<Talk>) -> impl IntoView {
    let live = Live::here();
    let desk = Desk::here();
    let cut = reads(move || !live.frame(|frame| frame.is_live()));
    let why_not = reads(move || cut.get().then_some("Waits for the connection"));
    let busy = reads(move || (talk.read().acting == Some(Act::Claim)).then_some("true"));
    let reply = move |_| {
        desk.writes.set(Some(Mode::Reply));
        request_animation_frame(|| browser::focus(".write textarea"));
    };
    let claim = move |_| live.act_with_key(|state, key| state.claim(id, key));
    view! {
        <button type="button" class="btn" title=why_not disabled=cut on:click=reply>
            "Reply"
        </button>
        <button
            type="button"
            class="btn"
            data-kind="primary"
            title=why_not
            disabled=cut
            aria-busy=busy
            on:click=claim
        >
            <Icon name="baton" size="s"/>
            "Take over"
            <Key name="T"/>
        </button>
    }
    .late()
}

#[component]
fn WriteNote() -> impl IntoView {
    let desk = Desk::here();
    let write = move |_| {
        desk.writes.set(Some(Mode::Note));
        request_animation_frame(|| browser::focus(".write textarea"));
    };
    view! {
        <button type="button" class="btn" on:click=write>
            <Icon name="note" size="s"/>
            "Write a note"
        </button>
    }
    .late()
}
