//! Below the timeline: the composer where one may write, else who has the conversation and how to get it.

use leptos::prelude::*;
use protocol::ConversationId;

use super::Desk;
use super::claim_bar::ClaimBar;
use super::composer::Composer;
use crate::live::browser;
use crate::live::state::{Mode, Stand};
use crate::live::views::Talk;
use crate::parts::follow::follow;
use crate::parts::late::IntoLate;
use crate::parts::memo::memo;

/// One of the two, by who has it and what I chose to write.
#[component]
pub(crate) fn Foot(id: ConversationId, talk: Memo<Talk>, name: String) -> impl IntoView {
    let desk = Desk::here();
    let stand = memo(move || talk.read().stand);
    // What I hold or joined I answer, unless I chose to write a note. A reply to what somebody else has taken
    // cannot go out; its text stays in the draft.
    let mode = memo(move || match (stand.get(), desk.writes.get()) {
        (_, Some(Mode::Note)) => Some(Mode::Note),
        (Stand::Mine | Stand::Joined(_), _) => Some(Mode::Reply),
        (stand, Some(Mode::Reply)) if stand.takes_reply() => Some(Mode::Reply),
        _ => None,
    });
    Effect::new(move |before: Option<Stand>| {
        let now = stand.get();
        match (before, now) {
            // Taking over leads to the words that follow it.
            (before, Stand::Mine | Stand::Joined(_))
                if before != Some(now) && desk.takes.get_untracked() =>
            {
                desk.takes.set(false);
                desk.writes.set(None);
                request_animation_frame(|| browser::focus(".write textarea"));
            }
            // What I no longer hold begins with who has it.
            (Some(Stand::Mine | Stand::Joined(_)), Stand::Mine | Stand::Joined(_)) => {}
            (Some(Stand::Mine | Stand::Joined(_)), _) => desk.writes.set(None),
            _ => {}
        }
        now
    });
    let writes = memo(move || mode.get().is_some());
    follow(move || {
        if writes.get() {
            view! { <Composer id talk name=name.clone() mode stand/> }.late()
        } else {
            view! { <ClaimBar id talk/> }.late()
        }
    })
}
