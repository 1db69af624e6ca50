//! The head of the open conversation: who it is, who has it, and what can be done.

use leptos::prelude::*;
use protocol::card::CardState;
use protocol::{ConversationId, Timestamp};

use super::Desk;
use super::resolve::Resolve;
use super::snooze::{Snooze, until};
use super::viewers::Viewers;
use crate::live::Live;
use crate::live::state::{Stand, unanswered_since};
use crate::live::views::Talk;
use crate::parts::face::Face;
use crate::parts::follow::{follow, reads};
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::parts::memo::memo;
use crate::parts::time::Clock;
use crate::parts::wait::Wait;
use crate::words::{self, t};

/// The bar above the timeline.
#[component]
pub(crate) fn Head(id: ConversationId, talk: Memo<Talk>, name: Memo<String>) -> impl IntoView {
    let desk = Desk::here();
    view! {
        <header>
            <a class="btn sq phone-only" data-kind="quiet" href="/inbox" aria-label=t::back_to_list()>
                <Icon name="left" size="l"/>
            </a>
            <div class="who">
                <h2 tabindex="-1">
                    <span class="cut">{reads(move || name.get())}</span>
                </h2>
                <Holds id talk/>
            </div>
            <div class="acts">
                <Viewers talk/>
                <button
                    type="button"
                    class="btn sq narrow-only"
                    data-kind="quiet"
                    aria-label=t::show_details()
                    aria-expanded=reads(move || desk.panel.get().to_string())
                    on:click=move |_| desk.panel.set(!desk.panel.get_untracked())
                >
                    <Icon name="info" size="l"/>
                </button>
                <Snooze id talk/>
                <Resolve id talk/>
            </div>
        </header>
    }
    .late()
}

/// Who has it, in one line.
#[component]
fn Holds(id: ConversationId, talk: Memo<Talk>) -> impl IntoView {
    let live = Live::here();
    // What the line says of a card; typing and the like leave it alone.
    let known = memo(move || {
        let talk = talk.read();
        (talk.stand, talk.card.as_ref().map(|card| card.state))
    });
    let line = move || match known.get() {
        (
            Stand::Mine,
            Some(CardState::Active {
                snooze: Some(snooze),
                ..
            }),
        ) => {
            let until = until(snooze, live.now_untracked());
            view! { <Icon name="moon"/> <span>{until}</span> }.late()
        }
        (Stand::Mine, _) => {
            let since = talk.read().card.as_deref().and_then(unanswered_since);
            let waits =
                since.map(|since| then(view! { <Wait since label=t::waits_for_reply()/> }.late()));
            (
                view! { <Icon name="person"/> <span>{t::yours()}</span> }.late(),
                waits,
            )
                .late()
        }
        (
            Stand::Nobody,
            Some(CardState::Pending {
                waiting_since: since,
                ..
            }),
        ) => view! {
            <Wait since label=t::waiting_clock()/>
            {follow(move || {
                let place = live.read(|state| state.place_in_line(id));
                place.map(|place| then(view! { <span>{words::place(place)}</span> }.late()))
            })}
        }
        .late(),
        (Stand::Asked(agent), _) => {
            let name = live.peek(|state| state.name(agent));
            view! {
                <Icon name="clock"/>
                <span>{t::is_being_asked(&name)}</span>
            }
            .late()
        }
        (Stand::Missed, Some(CardState::Missed { reason, at, .. })) => {
            over("alert", words::missed(reason), at)
        }
        (Stand::Colleague(agent) | Stand::Joined(agent), _) => {
            let (person, name) = live.peek(|state| (state.face(agent).cloned(), state.name(agent)));
            let picture = live.peek(|state| state.picture(agent));
            view! {
                {person.map(|person| view! { <Face person size="xs" picture/> }.late())}
                <span>{t::has_this(&name)}</span>
            }
            .late()
        }
        (Stand::Over, Some(CardState::Resolved { outcome, at, .. })) => {
            over("done", words::outcome(outcome), at)
        }
        _ => view! {
            <Icon name="ai"/>
            <span>{t::with_assistant()}</span>
        }
        .late(),
    };
    view! { <p class="holds">{follow(line)}</p> }.late()
}

fn over(icon: &'static str, how: &'static str, at: Timestamp) -> AnyView {
    view! {
        <Icon name=icon/>
        <span>{how}</span>
        {then(view! { <Clock at/> }.late())}
    }
    .late()
}

/// Something more, after a dot.
fn then(more: AnyView) -> AnyView {
    view! {
        <span class="sep" aria-hidden="true">
            "·"
        </span>
        {more}
    }
    .late()
}
