//! Taking a conversation from the colleague who holds it: asked about first.

use leptos::prelude::*;
use protocol::ConversationId;
use protocol::entry::Destination;

use super::Desk;
use super::transfer::watch;
use crate::live::Live;
use crate::live::state::{Act, Stand};
use crate::live::views::Talk;
use crate::parts::dialog::{Dialog, Refused};
use crate::parts::follow::reads;
use crate::parts::late::IntoLate;
use crate::words::t;

/// The question, while it is open.
#[component]
pub(crate) fn Overtake(id: ConversationId, talk: Memo<Talk>, name: String) -> impl IntoView {
    let live = Live::here();
    let desk = Desk::here();
    let open = desk.overtaking;
    watch(id, talk, open);
    let why = reads(move || talk.read().why());
    let busy = reads(move || (talk.read().acting == Some(Act::Transfer)).then_some("true"));
    let holder = reads(move || match talk.read().stand {
        Stand::Colleague(agent) => live.peek(|state| state.name(agent)),
        _ => t::nobody().to_owned(),
    });
    let take = move |_| {
        let Some(me) = live.peek(|state| state.me) else {
            return;
        };
        desk.takes.set(true);
        let to = Destination::Agent(me);
        live.act_with_key(|state, key| state.transfer(id, to, "", key));
    };
    view! {
        <Dialog open title=t::overtake_title(&name)>
            <p>
                {move || t::overtake_holder(&holder.get())}
                " " {t::overtake_about()}
            </p>
            <Refused why/>
            <div class="acts">
                <button
                    type="button"
                    class="btn"
                    data-kind="primary"
                    aria-busy=busy
                    on:click=take
                >
                    {move || t::take_over_from(&holder.get())}
                </button>
            </div>
        </Dialog>
    }
    .late()
}
