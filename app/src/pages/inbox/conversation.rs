//! The open conversation: its head, its timeline, and the place to answer.

use leptos::prelude::*;
use protocol::ConversationId;

use super::Desk;
use super::attach::{Viewer, Viewing};
use super::block::Block;
use super::erase::Erase;
use super::foot::Foot;
use super::head::Head;
use super::overtake::Overtake;
use super::snooze_until::SnoozeUntil;
use super::timeline::Timeline;
use super::transfer::Transfer;
use crate::live::browser;
use crate::live::views::{Opening, Talk};
use crate::parts::empty::Empty;
use crate::parts::follow::{follow, reads};
use crate::parts::late::IntoLate;
use crate::parts::memo::memo;
use crate::parts::painted::IntoPainted;
use crate::words::t;

/// What has the focus after it opened a conversation: its row, the longest wait, or nothing, where the
/// list or the notice is gone by then.
const OPENERS: &str = ".conv[aria-current], .pulse, body";

/// The column in the middle.
#[component]
pub(crate) fn Conversation(id: ConversationId, talk: Memo<Talk>) -> impl IntoView {
    let opening = memo(move || talk.read().opening);
    move || match opening.get() {
        Opening::Open => view! { <Open id talk/> }.late(),
        Opening::Awaited => view! { <Loading/> }.painted(),
        Opening::Gone => view! {
            <main class="talk" id="conversation">
                <span></span>
                <Empty
                    title=t::not_here()
                    sentence=t::not_here_about()
                >
                    <a class="btn" href="/inbox">
                        {t::back_to_list()}
                    </a>
                </Empty>
            </main>
        }
        .late(),
    }
}

#[component]
fn Open(id: ConversationId, talk: Memo<Talk>) -> impl IntoView {
    Viewing::provide();
    let called = memo(move || {
        let talk = talk.read();
        talk.card
            .as_ref()
            .map_or_else(String::new, |card| card.visitor.name.clone())
    });
    let name = called.get_untracked();
    let label = reads(move || t::conversation_with(&called.get()));
    // Whoever chose it goes on at its heading; whoever does something else already is let be. A page that
    // has just been loaded begins at its top.
    let arrives = Desk::here().arrives;
    request_animation_frame(move || {
        if arrives.try_get_untracked() == Some(true) {
            arrives.set(false);
            if browser::has_focus(OPENERS) {
                browser::focus("#conversation h2");
            }
        }
    });
    view! {
        <main class="talk" id="conversation" aria-label=label>
            <Head id talk name=called/>
            {follow(move || view! { <Timeline id talk name=called.get()/> })}
            <Foot id talk name=name.clone()/>
            <Transfer id talk name=name.clone()/>
            <Overtake id talk name=name.clone()/>
            <Block id talk/>
            <Erase id talk name/>
            <SnoozeUntil id talk/>
            <Viewer id/>
        </main>
    }
    .late()
}

/// The shape of what comes.
#[component]
fn Loading() -> impl IntoView {
    let line = |from: &'static str| {
        view! {
            <li class="line say" data-from=from>
                <span class="bone"></span>
            </li>
        }
        .painted()
    };
    view! {
        <main class="talk" id="conversation" aria-busy="true" aria-label=t::loading_conversation()>
            <header>
                <div class="who">
                    <span class="bone"></span>
                    <span class="bone"></span>
                </div>
                <span class="bone"></span>
            </header>
            <div class="lines">
                <ol>{["visitor", "agent", "visitor", "agent"].map(line)}</ol>
            </div>
            <div class="write">
                <span class="bone"></span>
            </div>
        </main>
    }
    .painted()
}
