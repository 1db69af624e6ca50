//! Erasing a conversation, or all of a contact, for good: asked about first, as nobody can undo it.

use leptos::prelude::*;
use protocol::ConversationId;
use protocol::erasure::Subject;

use super::Desk;
use crate::live::Live;
use crate::live::state::Act;
use crate::live::views::Talk;
use crate::parts::dialog::Dialog;
use crate::parts::follow::reads;
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::words::t;

/// The question, while it is open.
#[component]
pub(crate) fn Erase(id: ConversationId, talk: Memo<Talk>, name: String) -> impl IntoView {
    let live = Live::here();
    let open = Desk::here().erasing;
    on_cleanup(move || {
        let _closed = open.try_set(false);
    });
    let busy = reads(move || (talk.read().acting == Some(Act::Erase)).then_some("true"));
    let way = move |subject, words: String| {
        let erase = move |_| live.act_with_key(|state, key| state.erase(id, subject, key));
        view! {
            <button type="button" class="btn" data-kind="danger" aria-busy=busy on:click=erase>
                <Icon name="bin" size="s"/>
                {words}
            </button>
        }
        .late()
    };
    let ways = move || {
        let others = live.peek(|state| state.elsewhere(id));
        let others = u64::try_from(others).unwrap_or_default();
        let all = (others > 0).then(|| way(Subject::Contact, t::erase_contact(others + 1)));
        view! { <div class="acts">{way(Subject::Conversation, t::erase_conversation().to_owned())} {all}</div> }
            .late()
    };
    view! {
        <Dialog open title=t::erase_title(&name)>
            <p>{t::erase_what()}</p>
            {ways}
        </Dialog>
    }
    .late()
}
