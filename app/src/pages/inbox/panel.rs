//! Beside the timeline: who the visitor is, how the conversation is handled, and the visit itself.

use leptos::prelude::*;
use protocol::card::CardState;

use super::Desk;
use super::alike::Alike;
use super::block::Blocked;
use super::contact::Known;
use super::earlier::Earlier;
use super::labels::Labels;
use super::notes::Notes;
use super::targets::Targets;
use super::visit::Visit;
use crate::live::Live;
use crate::live::views::Talk;
use crate::parts::face::Face;
use crate::parts::follow::{effect, follow, reads};
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
    let live = Live::here();
    // Asked for once for every connection: what is told meanwhile is folded into it.
    let asks = memo(move || {
        let open = desk.open.get().filter(|_| known.get());
        open.filter(|_| live.frame(|frame| frame.is_live()))
    });
    effect(move || {
        if let Some(id) = asks.get() {
            live.act(|state| state.show_panel(id));
        }
    });
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
                <Blocked talk/>
                <Handling talk/>
                <Notes talk/>
                <Known talk/>
                <Visit talk/>
                <Alike talk/>
                <Earlier talk/>
            </aside>
        }
        .late()
    }
}

/// The visitor, and whether they are there.
#[component]
fn Who(talk: Memo<Talk>) -> impl IntoView {
    let visitor = memo(move || talk.read().visitor.clone());
    let card = memo(move || talk.read().card.clone());
    follow(move || {
        // Its card is called by whatever name is known last.
        let face = card.get()?.visitor.clone();
        let (here, dot) = match visitor.get()?.connected {
            true => (t::on_page(), "online"),
            false => (t::not_on_page(), "offline"),
        };
        Some(view! {
            <Face person=face.clone() size="lg"/>
            <div>
                <h2 class="cut">{face.name.clone()}</h2>
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
        let picture = live.peek(|state| state.picture(agent));
        view! {
            {person.map(|person| view! { <Face person size="xs" picture/> })}
            {name}
        }
        .late()
    };
    let joined = move || {
        let participants = card.get()?.participants.clone();
        let names = participants
            .into_iter()
            .map(|agent| live.peek(|state| state.name(agent)));
        let names = names.collect::<Vec<_>>().join(", ");
        (!names.is_empty()).then(|| {
            view! {
                <dt>{t::participants()}</dt>
                <dd>{names}</dd>
            }
        })
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
                    {follow(joined)}
                    <Targets talk/>
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
