//! The colleagues' faces, each with a dot that tells whether they are there.

use leptos::prelude::*;
use protocol::AgentId;
use protocol::person::{Availability, Member};

use crate::live::Live;
use crate::live::state::LiveState;
use crate::live::state::order::ordered;
use crate::parts::dot::{Dot, word};
use crate::parts::face::Face;
use crate::parts::follow::{follow, reads};
use crate::parts::late::IntoLate;
use crate::parts::memo::memo;
use crate::words::t;

/// More faces than this are told as a number.
const FACES: usize = 6;

/// Everybody but me, those who are there first.
#[component]
pub(crate) fn Team() -> impl IntoView {
    let live = Live::here();
    let colleagues = memo(move || {
        live.read(|state| {
            let mut agents = those_there_first(state);
            agents.retain(|agent| Some(*agent) != state.me);
            // With their pictures, so that another one is drawn.
            let drawn = |agent: AgentId| (agent, state.picture(agent));
            agents.into_iter().map(drawn).collect::<Vec<_>>()
        })
    });
    let faces = move || colleagues.get().into_iter().take(FACES).collect::<Vec<_>>();
    let more = move || {
        let more = colleagues.get().len().saturating_sub(FACES);
        (more > 0).then(|| view! { <span class="muted desk-only">{format!("+{more}")}</span> })
    };
    view! {
        <For each=faces key=Clone::clone let:drawn>
            <Colleague id=drawn.0 picture=drawn.1/>
        </For>
        {follow(more)}
    }
    .late()
}

/// The team, those who are there first.
pub(crate) fn those_there_first(state: &LiveState) -> Vec<AgentId> {
    let there_first = |member: &&Member| {
        let group = match member.availability {
            Availability::Online => 0,
            Availability::Away => 1,
            Availability::Offline => 2,
        };
        (group, 0, member.id.0)
    };
    let team = ordered(state.team.iter().collect(), there_first);
    team.into_iter().map(|member| member.id).collect()
}

#[component]
fn Colleague(id: AgentId, picture: String) -> impl IntoView {
    let live = Live::here();
    let availability = reads(move || {
        live.read(|state| {
            state
                .member(id)
                .map_or(Availability::Offline, |member| member.availability)
        })
    });
    let person = live.peek(|state| state.face(id).cloned());
    person.map(|person| {
        let name = person.name.clone();
        let said = Signal::derive(move || t::colleague_is(&name, &word(availability.get())));
        view! {
            <span class="faces" title=said>
                <Face person size="sm" picture>
                    <Dot is=availability/>
                </Face>
                <span class="only-read">{said}</span>
            </span>
        }
        .late()
    })
}
