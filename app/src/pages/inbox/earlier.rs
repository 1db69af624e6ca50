//! What was before: other conversations of the same contact, and the handoffs of this one.

use leptos::prelude::*;
use protocol::contact::{CameTo, PastHandoff};

use super::alike::{Split, conversation};
use crate::live::views::Talk;
use crate::live::{Live, local};
use crate::parts::follow::follow;
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::parts::memo::memo;
use crate::words::{self, t};

/// The fold with both; not there where nothing was before.
#[component]
pub(crate) fn Earlier(talk: Memo<Talk>) -> impl IntoView {
    let beside = memo(move || talk.read().beside.clone());
    follow(move || {
        let beside = beside.get()?;
        let panel = &beside.panel;
        let over = panel.handoffs.iter();
        let over: Vec<_> = over.filter(|past| past.came_to != CameTo::Open).collect();
        if over.is_empty() && panel.elsewhere.is_empty() {
            return None;
        }
        let over = over.into_iter().map(|past| handoff(*past)).collect_view();
        let elsewhere = panel.elsewhere.iter().map(conversation).collect_view();
        let id = panel.conversation;
        let split = (!panel.elsewhere.is_empty()).then(|| view! { <Split id talk/> });
        Some(view! {
            <details open>
                <summary>{t::earlier()} <Icon name="down"/></summary>
                <div class="past">
                    {elsewhere}
                    {split}
                    {over}
                </div>
            </details>
        })
    })
}

/// A handoff of this conversation that is over.
fn handoff(past: PastHandoff) -> AnyView {
    let live = Live::here();
    let at = local::date_and_clock(past.at, live.now_untracked());
    let came_to = match past.came_to {
        CameTo::Open => String::new(),
        CameTo::Resolved { agent, outcome } => {
            let name = live.peek(|state| state.name(agent));
            format!("{name}, {}", words::outcome(outcome))
        }
        CameTo::Missed(reason) => words::missed(reason).to_owned(),
        CameTo::Cancelled => t::went_on_with_assistant().to_owned(),
    };
    view! {
        <p>
            <span class="cut">{words::trigger(past.trigger)}</span>
            <small>{at}</small>
            <small>{came_to}</small>
            {past.stars.map(|stars| view! { <small>{t::rated(&stars)}</small> })}
        </p>
    }
    .late()
}
