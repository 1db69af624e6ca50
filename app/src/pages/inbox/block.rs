//! Blocking a visitor: asked about first, seen afterwards, and undone.

use leptos::prelude::*;
use protocol::ConversationId;

use super::Desk;
use crate::live::Live;
use crate::live::views::Talk;
use crate::parts::dialog::Dialog;
use crate::parts::follow::{follow, reads};
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::parts::memo::memo;
use crate::words::t;

/// The question, while it is open.
#[component]
pub(crate) fn Block(id: ConversationId, talk: Memo<Talk>) -> impl IntoView {
    let live = Live::here();
    let open = Desk::here().blocking;
    on_cleanup(move || {
        let _closed = open.try_set(false);
    });
    let title = reads(move || {
        let talk = talk.read();
        let card = talk.card.as_ref();
        t::block_name(&card.map_or_else(String::new, |card| card.visitor.name.clone()))
    });
    let block = move |_| {
        open.set(false);
        live.act_with_key(|state, key| state.block(id, true, key));
    };
    view! {
        <Dialog open title>
            <p>{t::block_what()}</p>
            <div class="acts">
                <button type="button" class="btn" data-kind="danger" on:click=block>
                    <Icon name="alert" size="s"/>
                    {t::block()}
                </button>
            </div>
        </Dialog>
    }
    .late()
}

/// That the visitor is blocked, at the top of the panel, and the way back.
#[component]
pub(crate) fn Blocked(talk: Memo<Talk>) -> impl IntoView {
    let live = Live::here();
    let blocked = memo(move || {
        let talk = talk.read();
        let card = talk.card.as_deref().filter(|card| card.blocked);
        card.map(|card| card.conversation)
    });
    follow(move || {
        let id = blocked.get()?;
        let unblock = move |_| live.act_with_key(|state, key| state.block(id, false, key));
        let may = live.peek(|state| state.can_block(id, false));
        let unblock = may.then(|| {
            view! {
                <button type="button" class="btn sm" on:click=unblock>
                    {t::unblock()}
                </button>
            }
        });
        Some(view! {
            <p class="blocked">
                <Icon name="alert" size="s"/>
                <span>{t::is_blocked()}</span>
                {unblock}
            </p>
        })
    })
}
