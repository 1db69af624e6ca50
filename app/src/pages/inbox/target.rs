//! Whom a conversation can be passed on to, each with what speaks for or against it.

use leptos::prelude::*;
use protocol::entry::Destination;
use protocol::person::Availability;
use protocol::{AgentId, ConversationId};

use super::team::those_there_first;
use crate::live::Live;
use crate::live::state::Stand;
use crate::parts::dot::{Dot, word};
use crate::parts::face::Face;
use crate::parts::follow::reads;
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::words::t;

/// Agents, groups and the queue, to choose one of.
#[component]
pub(crate) fn Targets(id: ConversationId, to: RwSignal<Option<Destination>>) -> impl IntoView {
    let live = Live::here();
    let (agents, groups, waits) = live.peek(|state| {
        let holder = match state.stand(id) {
            Stand::Mine => state.me,
            Stand::Colleague(agent) => Some(agent),
            _ => None,
        };
        let agents = those_there_first(state)
            .into_iter()
            .filter(|agent| Some(*agent) != holder);
        let waits = state.stand(id) == Stand::Nobody;
        (agents.collect::<Vec<_>>(), state.groups.clone(), waits)
    });
    let agents = agents.into_iter().map(|agent| view! { <Agent agent to/> });
    let groups = groups.into_iter().map(|group| {
        let destination = Destination::Group(group.id);
        choice(
            to,
            destination,
            reads(|| false),
            view! {
                <Icon name="people"/>
                <span>{group.name} <small>{t::group()}</small></span>
            }
            .late(),
        )
    });
    let queue = (!waits).then(|| {
        choice(
            to,
            Destination::Queue,
            reads(|| false),
            view! {
                <Icon name="inbox"/>
                <span>{t::back_to_queue()} <small>{t::back_to_queue_about()}</small></span>
            }
            .late(),
        )
    });
    view! {
        <fieldset class="targets">
            <legend>{t::to()}</legend>
            {agents.collect_view()}
            {groups.collect_view()}
            {queue}
        </fieldset>
    }
    .late()
}

/// One agent. Who could not be given a chat cannot be chosen, and it says why.
#[component]
fn Agent(agent: AgentId, to: RwSignal<Option<Destination>>) -> impl IntoView {
    let live = Live::here();
    let member = move || live.read(|state| state.member(agent).cloned());
    let availability =
        reads(move || member().map_or(Availability::Offline, |member| member.availability));
    let mine = live.peek(|state| state.me) == Some(agent);
    let cannot = reads(move || !mine && availability.get() != Availability::Online);
    let about = move || {
        let accepting = member().is_some_and(|member| member.accepting);
        let held = live.read(|state| state.load(agent));
        let mut about = word(availability.get()).to_owned();
        if cannot.get() {
            about = t::target_gets_none(&about);
        } else if !accepting {
            about = t::target_accepts_none(&about);
        }
        let about = match held {
            Some(held) => t::target_has(&about, held as u64),
            None => about,
        };
        // As tags: names of languages would be as many texts again.
        let speaks = member().map(|member| member.languages.join(", "));
        match speaks.filter(|speaks| !speaks.is_empty()) {
            Some(speaks) => format!("{about} · {}", t::speaks_list(&speaks.to_uppercase())),
            None => about,
        }
    };
    let (person, name) = live.peek(|state| (state.face(agent).cloned(), state.name(agent)));
    let picture = live.peek(|state| state.picture(agent));
    choice(
        to,
        Destination::Agent(agent),
        cannot,
        view! {
            {person.map(|person| view! {
                <Face person size="sm" picture=picture.clone()>
                    <Dot is=availability/>
                </Face>
            })}
            <span>{name} <small>{about}</small></span>
        }
        .late(),
    )
}

fn choice(
    to: RwSignal<Option<Destination>>,
    mine: Destination,
    cannot: Signal<bool>,
    what: AnyView,
) -> AnyView {
    view! {
        <label>
            <input
                type="radio"
                class="tick"
                name="transfer-to"
                disabled=cannot
                on:change=move |_| to.set(Some(mine))
            />
            {what}
        </label>
    }
    .late()
}
