//! The open conversation: its head, its timeline, and the place to answer.

use leptos::prelude::*;
use protocol::ConversationId;

use super::foot::Foot;
use super::head::Head;
use super::timeline::Timeline;
use crate::live::Live;
use crate::parts::empty::Empty;
use crate::parts::late::IntoLate;
use crate::parts::painted::IntoPainted;

/// How far opening it got.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Opening {
    Awaited,
    Open,
    /// It does not exist, or not for me.
    Gone,
}

/// The column in the middle.
#[component]
pub(crate) fn Conversation(id: ConversationId) -> impl IntoView {
    let live = Live::here();
    let opening = live.memo(move |state| match state.threads.get(&id) {
        Some(thread) if thread.visitor.is_some() => Opening::Open,
        Some(_) => Opening::Awaited,
        None => Opening::Gone,
    });
    move || match opening.get() {
        Opening::Open => view! { <Open id/> }.late(),
        Opening::Awaited => view! { <Loading/> }.painted(),
        Opening::Gone => view! {
            <main class="talk" id="conversation">
                <span></span>
                <Empty
                    title="This conversation is not here"
                    sentence="It does not exist, or you may not see it. Ask an admin."
                >
                    <a class="btn" href="/inbox">
                        "Back to the list"
                    </a>
                </Empty>
            </main>
        }
        .late(),
    }
}

#[component]
fn Open(id: ConversationId) -> impl IntoView {
    let live = Live::here();
    let name = live.peek(|state| {
        let visitor = state
            .threads
            .get(&id)
            .and_then(|thread| thread.visitor.as_ref());
        visitor
            .map(|visitor| visitor.face.name.clone())
            .unwrap_or_default()
    });
    let label = format!("Conversation with {name}");
    view! {
        <main class="talk" id="conversation" aria-label=label>
            <Head id name=name.clone()/>
            <Timeline id name=name.clone()/>
            <Foot id name/>
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
    };
    view! {
        <main class="talk" id="conversation" aria-busy="true" aria-label="Loading the conversation">
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
