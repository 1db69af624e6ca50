//! The ways to end a handoff or to give it back.

use leptos::prelude::*;
use protocol::ConversationId;
use protocol::entry::Outcome;

use super::Desk;
use crate::live::Live;
use crate::live::state::{Act, Stand};
use crate::parts::icon::Icon;
use crate::parts::key::Key;
use crate::parts::late::IntoLate;
use crate::parts::menu::{Item, Menu};

/// For what is mine, and for what nobody has: resolving that takes it first.
#[component]
pub(crate) fn Resolve(id: ConversationId) -> impl IntoView {
    let live = Live::here();
    let stand = live.memo(move |state| state.stand(id));
    let shown = move || matches!(stand.get(), Stand::Mine | Stand::Nobody);
    view! {
        <Show when=shown>
            <Buttons id stand/>
        </Show>
    }
    .late()
}

#[component]
fn Buttons(id: ConversationId, stand: Memo<Stand>) -> impl IntoView {
    let live = Live::here();
    let open = Desk::here().resolving;
    let cut = live.memo(|state| !state.is_live());
    let busy =
        live.memo(move |state| matches!(state.acting(id), Some(Act::Resolve(_) | Act::Release)));
    let end = move |outcome| live.act_with_key(|state, key| state.resolve(id, outcome, key));
    let why_not = move || cut.get().then_some("Waits for the connection");
    view! {
        <span class="split">
            <button
                type="button"
                class="btn"
                title=move || why_not().unwrap_or("End this and restore to AI (E)")
                disabled=move || cut.get()
                aria-busy=move || busy.get().then_some("true")
                on:click=move |_| end(Outcome::RestoredToAi)
            >
                <Icon name="ai" size="s"/>
                <span>"Restore" <span class="desk-only">" to AI"</span></span>
            </button>
            <button
                type="button"
                class="btn other-ways"
                aria-label="Other ways to end this"
                aria-haspopup="menu"
                aria-expanded=move || open.get().to_string()
                disabled=move || cut.get()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <Icon name="down" size="s"/>
            </button>
        </span>
        <Menu label="End this" open opener=".other-ways">
            <Item choose=move || end(Outcome::RestoredToAi)>
                <Icon name="ai"/>
                <span>
                    <b>"Restore to AI"</b>
                    <p>"The assistant answers again. The visitor is told."</p>
                </span>
                <Key name="E"/>
            </Item>
            <Item choose=move || end(Outcome::Closed)>
                <Icon name="archive"/>
                <span>
                    <b>"Close"</b>
                    <p>"Nobody answers until the visitor writes again."</p>
                </span>
            </Item>
            <Show when=move || stand.get() == Stand::Mine>
                <hr/>
                <Item choose=move || live.act_with_key(|state, key| state.release(id, key))>
                    <Icon name="back"/>
                    <span>
                        <b>"Release"</b>
                        <p>"Give it back to the team. The visitor waits on."</p>
                    </span>
                </Item>
            </Show>
        </Menu>
    }
    .late()
}
