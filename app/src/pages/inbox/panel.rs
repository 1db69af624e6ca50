//! Beside the timeline: who the visitor is, how the conversation is handled, and the visit itself.

use leptos::prelude::*;
use protocol::card::CardState;

use super::Desk;
use super::labels::Labels;
use super::visit::Visit;
use crate::live::Live;
use crate::live::views::Talk;
use crate::parts::face::Face;
use crate::parts::follow::{follow, reads};
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::parts::memo::memo;
use crate::parts::painted::IntoPainted;
use crate::words::{self, t};

/// The column at the end; a sheet over the conversation where there is no room.
#[component]
pub(crate) fn Panel(talk: Memo<Talk>) -> impl IntoView {
    let desk = Desk::here();
    let known = memo(move || talk.read().visitor.is_some());
    let close = move |_| desk.panel.set(false);
    move || {
        if !known.get() {
            return view! { <Loading/> }.painted();
        }
        view! {
            <aside class="panel" aria-label=t::contact_and_details()>
                <header>
                    <Who talk/>
                    <button
                        type="button"
                        class="btn sq sm narrow-only"
                        data-kind="quiet"
                        aria-label=t::close_details()
                        on:click=close
                    >
                        <Icon name="x"/>
                    </button>
                </header>
                <Handling talk/>
                <Visit talk/>
            </aside>
        }
        .late()
    }
}

/// The visitor, and whether they are there.
#[component]
fn Who(talk: Memo<Talk>) -> impl IntoView {
    let visitor = memo(move || talk.read().visitor.clone());
    follow(move || {
        let visitor = visitor.get()?;
        let (here, dot) = match visitor.connected {
            true => (t::on_page(), "online"),
            false => (t::not_on_page(), "offline"),
        };
        Some(view! {
            <Face person=visitor.face.clone() size="lg"/>
            <div>
                <h2 class="cut">{visitor.face.name.clone()}</h2>
                <p class="cut here">
                    <span class="dot" data-is=dot></span>
                    {here}
                </p>
            </div>
        })
    })
}

/// Where the conversation stands.
#[component]
fn Handling(talk: Memo<Talk>) -> impl IntoView {
    let live = Live::here();
    let card = memo(move || talk.read().card.clone());
    let status = move || {
        card.get().map(|card| {
            let (kind, icon, word) = match card.state {
                CardState::Assistant => ("ai", "ai", t::assistant()),
                CardState::Pending { .. } => ("warn", "clock", t::pending()),
                CardState::Active {
                    snooze: Some(_), ..
                } => ("accent", "moon", t::snoozed()),
                CardState::Active { .. } => ("accent", "person", t::active()),
                CardState::Missed { reason, .. } => ("warn", "alert", words::missed(reason)),
                CardState::Resolved { outcome, .. } => ("ok", "done", words::outcome(outcome)),
            };
            view! {
                <span class="chip" data-kind=kind>
                    <Icon name=icon/>
                    {word}
                </span>
            }
        })
    };
    let agent = move || {
        let agent = card.get().and_then(|card| match card.state {
            CardState::Active { agent, .. } | CardState::Resolved { agent, .. } => Some(agent),
            CardState::Assistant | CardState::Pending { .. } | CardState::Missed { .. } => None,
        });
        let Some(agent) = agent else {
            return view! { <span class="faint">{t::nobody_yet()}</span> }.late();
        };
        let (person, name) = live.peek(|state| (state.face(agent).cloned(), state.name(agent)));
        view! {
            {person.map(|person| view! { <Face person size="xs"/> })}
            {name}
        }
        .late()
    };
    let channel = reads(move || {
        let chatbot = card.get()?.chatbot;
        let name = live.peek(|state| {
            let chatbot = state.chatbots.iter().find(|known| known.id == chatbot);
            chatbot.map(|chatbot| chatbot.name.clone())
        });
        Some(name.map_or_else(|| t::web().to_owned(), |name| t::web_chatbot(&name)))
    });
    view! {
        <details open>
            <summary>{t::handling()} <Icon name="down"/></summary>
            <div>
                <dl class="facts">
                    <dt>{t::status()}</dt>
                    <dd>{follow(status)}</dd>
                    <dt>{t::agent()}</dt>
                    <dd>{follow(agent)}</dd>
                    <Labels talk/>
                    <dt>{t::channel()}</dt>
                    <dd>
                        <Icon name="web"/>
                        {channel}
                    </dd>
                </dl>
            </div>
        </details>
    }
    .late()
}

/// The shape of what comes.
#[component]
fn Loading() -> impl IntoView {
    view! {
        <aside class="panel" aria-busy="true" aria-label=t::loading_details()>
            <header>
                <span class="face lg bone"></span>
                <div>
                    <span class="bone"></span>
                    <span class="bone"></span>
                </div>
            </header>
        </aside>
    }
    .painted()
}
