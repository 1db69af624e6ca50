//! The conversation passed from one to another, and what the visitor was told then.

use std::sync::Arc;

use leptos::prelude::*;
use protocol::Timestamp;
use protocol::entry::{Body, Entry, Event};

use super::details::Details;
use crate::live::{Live, local};
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::parts::time::Clock;
use crate::words::{self, t};

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
    let words::Happened { icon, what, rest } =
        live.peek(|state| words::happened(event, state, &visitor, waited_ms));
    let details = match event {
        Event::FormSent { details, .. } => Some(details.clone()),
        _ => None,
    };
    let until = match event {
        Event::HandoffSnoozed {
            until: Some(until), ..
        } => {
            let at = local::date_and_clock(*until, live.now_untracked());
            Some(format!(" · {}", t::until_when(&at)))
        }
        _ => None,
    };
    view! {
        <li class="line sys" data-held=held data-turn=held data-after=from data-seq=entry.seq.0.to_string()>
            <span class="node">
                <Icon name=icon/>
            </span>
            <span>
                <b>{what}</b>
                {rest}
                {until}
            </span>
            <Clock at=entry.at/>
        </li>
        {details.map(|details| view! { <Details details held/> })}
    }
    .late()
}

/// What the visitor was told, in the assistant's form: no person typed it.
#[component]
pub(crate) fn Told(at: Timestamp, text: String, held: &'static str) -> impl IntoView {
    view! {
        <li class="line say" data-held=held data-from="ai">
            <p class="by">
                <b>{t::assistant()}</b>
                <Clock at/>
            </p>
            <div class="bubble told" dir="auto">
                {text}
            </div>
        </li>
    }
    .late()
}
