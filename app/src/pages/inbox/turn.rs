//! The conversation passed from one to another, and what the visitor was told then.

use std::sync::Arc;

use leptos::prelude::*;
use protocol::Timestamp;
use protocol::entry::{Author, Body, Entry, Event, Outcome, Trigger};

use crate::live::Live;
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::parts::time::Clock;
use crate::words;

/// A line with a node on the rail.
#[component]
pub(crate) fn Turn(
    entry: Arc<Entry>,
    from: &'static str,
    held: &'static str,
    waited_ms: Option<u64>,
    visitor: String,
) -> impl IntoView {
    let live = Live::here();
    let Body::Event(event) = &entry.body else {
        return ().late();
    };
    let name = |agent| live.peek(|state| state.name(agent));
    let (icon, what, rest) = match event {
        Event::HandoffRequested { trigger, .. } => match trigger {
            Trigger::Button | Trigger::Wish => (
                "clock",
                format!("{visitor} asked for a person"),
                String::new(),
            ),
            other => {
                let why = words::trigger(*other).to_ascii_lowercase();
                (
                    "clock",
                    "Handed to the team".to_owned(),
                    format!(" · {why}"),
                )
            }
        },
        Event::HandoffClaimed { agent, .. } => {
            let after = waited_ms.map(|waited| format!(" after {}", words::exact_span(waited)));
            (
                "baton",
                format!("{} took over", name(*agent)),
                after.unwrap_or_default(),
            )
        }
        Event::HandoffReleased { agent, .. } => (
            "clock",
            format!("{} released this", name(*agent)),
            " · waits again".to_owned(),
        ),
        Event::HandoffCancelled { by, .. } => {
            let who = match by {
                Author::Agent(agent) => name(*agent),
                Author::Visitor => visitor,
                Author::Ai | Author::System => "Baton".to_owned(),
            };
            (
                "ai",
                format!("{who} went on with the assistant"),
                String::new(),
            )
        }
        Event::HandoffResolved { agent, outcome, .. } => {
            let (icon, did) = match outcome {
                Outcome::RestoredToAi => ("ai", "restored this to AI"),
                Outcome::Closed | Outcome::AutoClosed => ("done", "closed this"),
                Outcome::Spam => ("done", "closed this as spam"),
            };
            (icon, format!("{} {did}", name(*agent)), String::new())
        }
    };
    view! {
        <li class="line sys" data-held=held data-turn=held data-after=from>
            <span class="node">
                <Icon name=icon/>
            </span>
            <span>
                <b>{what}</b>
                {rest}
            </span>
            <Clock at=entry.at/>
        </li>
    }
    .late()
}

/// What the visitor was told, in the assistant's form: no person typed it.
#[component]
pub(crate) fn Told(at: Timestamp, text: String, held: &'static str) -> impl IntoView {
    view! {
        <li class="line say" data-held=held data-from="ai">
            <p class="by">
                <b>"Assistant"</b>
                <Clock at/>
            </p>
            <div class="bubble told" dir="auto">
                {text}
            </div>
        </li>
    }
    .late()
}
