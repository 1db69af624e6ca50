//! Passing a conversation on: to an agent, to a group, or back to everybody, with a note for the team.

use leptos::html::Textarea;
use leptos::prelude::*;
use protocol::entry::Destination;
use protocol::{ConversationId, limits};

use super::Desk;
use super::target::Targets;
use crate::live::state::{Act, Stand};
use crate::live::views::Talk;
use crate::live::{Live, browser};
use crate::parts::dialog::{Dialog, Refused};
use crate::parts::follow::{effect, reads};
use crate::parts::late::IntoLate;
use crate::words::t;

/// The dialog, while it is open.
#[component]
pub(crate) fn Transfer(id: ConversationId, talk: Memo<Talk>, name: String) -> impl IntoView {
    let open = Desk::here().transferring;
    watch(id, talk, open);
    let title = reads(move || match talk.read().stand {
        Stand::Mine | Stand::Colleague(_) => t::transfer_name(&name),
        _ => t::assign_name(&name),
    });
    view! {
        <Dialog open title>
            <Form id talk/>
        </Dialog>
    }
    .late()
}

/// Tells the state where a refusal will be seen, and closes the dialog once the act is done.
pub(crate) fn watch(id: ConversationId, talk: Memo<Talk>, open: RwSignal<bool>) {
    let live = Live::here();
    let desk = Desk::here();
    Effect::new(move |before: Option<bool>| {
        let now = open.get();
        if before.unwrap_or(false) != now {
            live.act(|state| state.passes_on(now.then_some(id)));
        }
        now
    });
    Effect::new(move |before: Option<bool>| {
        let (acting, refused) = {
            let talk = talk.read();
            (talk.acting == Some(Act::Transfer), talk.trouble.is_some())
        };
        if before == Some(true) && !acting && !refused && open.get_untracked() {
            open.set(false);
            // What opened it is gone with what I held; whoever took it over goes on in the composer,
            // which could not be reached behind the dialog.
            let takes = desk.takes.get_untracked();
            if talk.read_untracked().stand == Stand::Mine {
                request_animation_frame(|| browser::focus(".write textarea"));
            } else if !takes {
                request_animation_frame(|| browser::focus("#conversation h2"));
            }
        }
        acting
    });
    on_cleanup(move || {
        let _closed = open.try_set(false);
    });
}

#[component]
fn Form(id: ConversationId, talk: Memo<Talk>) -> impl IntoView {
    let live = Live::here();
    let note = NodeRef::<Textarea>::new();
    let to = RwSignal::new(None::<Destination>);
    let cut = reads(move || !live.frame(|frame| frame.is_live()));
    let why = reads(move || talk.read().why());
    let busy = reads(move || (talk.read().acting == Some(Act::Transfer)).then_some("true"));
    // What is seen first is what may be chosen first.
    effect(move || {
        if note.get().is_some() {
            request_animation_frame(|| {
                browser::focus(".dialog input:not(:disabled)");
            });
        }
    });
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (Some(to), Some(note)) = (to.get_untracked(), note.get_untracked()) else {
            return;
        };
        let note = note.value();
        live.act_with_key(|state, key| state.transfer(id, to, &note, key));
    };
    view! {
        <form on:submit=send>
            <Targets id to/>
            <div class="field">
                <label for="transfer-note">{t::note_for_team()}</label>
                <textarea
                    class="input"
                    id="transfer-note"
                    rows="2"
                    maxlength=limits::TEXT
                    node_ref=note
                ></textarea>
            </div>
            <Refused why/>
            <div class="acts">
                <button
                    class="btn"
                    data-kind="primary"
                    disabled=reads(move || cut.get() || to.get().is_none())
                    aria-busy=busy
                >
                    {reads(move || match to.get() {
                        Some(Destination::Queue) => t::put_back(),
                        _ => t::transfer(),
                    })}
                </button>
            </div>
        </form>
    }
    .late()
}
