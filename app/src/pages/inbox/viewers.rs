//! Colleagues who look at the open conversation at this moment.

use leptos::prelude::*;
use protocol::AgentId;

use crate::live::Live;
use crate::live::views::Talk;
use crate::parts::face::Face;
use crate::parts::follow::follow;
use crate::parts::late::IntoLate;
use crate::parts::memo::memo;
use crate::words::t;

/// So many faces are shown; the title names everybody.
const FACES: usize = 3;

/// Who else has it on the screen.
#[component]
pub(crate) fn Viewers(talk: Memo<Talk>) -> impl IntoView {
    let live = Live::here();
    let others = memo(move || talk.read().viewers.clone());
    let shown = move || {
        let others = others.get();
        let (faces, names) = live.peek(|state| {
            let face = |agent: &AgentId| Some((state.face(*agent)?.clone(), state.picture(*agent)));
            let faces: Vec<_> = others.iter().filter_map(face).take(FACES).collect();
            let names: Vec<_> = others.iter().map(|agent| state.name(*agent)).collect();
            (faces, names.join(", "))
        });
        (!faces.is_empty()).then(|| {
            let faces = faces.into_iter();
            let faces =
                faces.map(|(person, picture)| view! { <Face person size="xs" picture/> }.late());
            view! {
                <span class="viewers" title=t::also_looking(&names)>
                    {faces.collect::<Vec<_>>()} <span aria-hidden="true">{t::viewing()}</span>
                    <span class="only-read">{t::also_looking(&names)}</span>
                </span>
            }
            .late()
        })
    };
    // Read out where it changes, between two words of one's own.
    view! { <span class="watched" role="status">{follow(shown)}</span> }.late()
}
