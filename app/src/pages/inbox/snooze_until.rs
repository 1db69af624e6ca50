//! Putting a chat aside until a time of one's own choice.

use leptos::html;
use leptos::prelude::*;
use protocol::{ConversationId, Timestamp};

use super::Desk;
use crate::live::state::Act;
use crate::live::views::Talk;
use crate::live::{Live, local};
use crate::parts::dialog::{Dialog, Refused};
use crate::parts::follow::{effect, reads};
use crate::parts::late::IntoLate;
use crate::words::t;

const MINUTE_MS: i64 = 60 * 1000;
const HOUR_MS: i64 = 60 * MINUTE_MS;

/// The dialog, while it is open: a date and a time on the reader's own clock.
#[component]
pub(crate) fn SnoozeUntil(id: ConversationId, talk: Memo<Talk>) -> impl IntoView {
    let live = Live::here();
    let open = Desk::here().snoozing_until;
    on_cleanup(move || {
        let _closed = open.try_set(false);
    });
    let field = NodeRef::<html::Input>::new();
    let past = RwSignal::new(None::<String>);
    effect(move || {
        if open.get() {
            past.set(None);
        }
    });
    let busy = reads(move || (talk.read().acting == Some(Act::Snooze)).then_some("true"));
    let cut = reads(move || !live.frame(|frame| frame.is_live()));
    let snooze = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let typed = field.get_untracked().map(|field| field.value());
        let here = local::now();
        let chosen = typed.and_then(|typed| local::of_field(&typed));
        let Some(at) = chosen.filter(|at| *at > here) else {
            past.set(Some(t::refused_not_ahead(&protocol::limits::SNOOZE_DAYS)));
            return;
        };
        // The server's clock decides, and may differ from this one; to the minute it is what was chosen.
        let ahead = at.millis() - here.millis() + live.now_untracked().millis();
        let until = Timestamp((ahead + MINUTE_MS / 2) / MINUTE_MS * MINUTE_MS);
        open.set(false);
        live.act_with_key(|state, key| state.snooze(id, Some(until), key));
    };
    let begin = || local::field(Timestamp(local::now().millis() + HOUR_MS));
    view! {
        <Dialog open title=t::snooze_choose().to_owned()>
            <form on:submit=snooze>
                <label class="field">
                    <span>{t::snooze_when()}</span>
                    <input
                        class="input"
                        type="datetime-local"
                        required
                        min=local::field(local::now())
                        value=begin()
                        node_ref=field
                    />
                </label>
                <Refused why=past/>
                <div class="acts">
                    <button
                        type="submit"
                        class="btn"
                        data-kind="primary"
                        disabled=cut
                        aria-busy=busy
                    >
                        {t::snooze()}
                    </button>
                </div>
            </form>
        </Dialog>
    }
    .late()
}
