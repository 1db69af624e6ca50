//! Below the timeline: the composer where one may write, else who has the conversation and how to get it.

use leptos::prelude::*;
use protocol::ConversationId;

use super::Desk;
use super::claim_bar::ClaimBar;
use super::composer::Composer;
use crate::live::state::{Mode, Stand};
use crate::live::{Live, browser};
use crate::parts::late::IntoLate;

/// One of the two, by who has it and what I chose to write.
#[component]
pub(crate) fn Foot(id: ConversationId, name: String) -> impl IntoView {
    let live = Live::here();
    let desk = Desk::here();
    let stand = live.memo(move |state| state.stand(id));
    // What I hold I answer, unless I chose to write a note. A reply to what somebody else has taken
    // cannot go out; its text stays in the draft.
    let mode = Memo::new(move |_| match (stand.get(), desk.writes.get()) {
        (_, Some(Mode::Note)) => Some(Mode::Note),
        (Stand::Mine, _) => Some(Mode::Reply),
        (Stand::Nobody, Some(Mode::Reply)) => Some(Mode::Reply),
        _ => None,
    });
    // Taking over leads to the words that follow it.
    Effect::new(move |before: Option<Stand>| {
        let now = stand.get();
        if before == Some(Stand::Nobody) && now == Stand::Mine {
            request_animation_frame(|| browser::focus(".write textarea"));
        }
        now
    });
    let writes = Memo::new(move |_| mode.get().is_some());
    move || {
        if writes.get() {
            view! { <Composer id name=name.clone() mode stand/> }.late()
        } else {
            view! { <ClaimBar id stand/> }.late()
        }
    }
}
