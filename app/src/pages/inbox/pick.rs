//! Choosing several conversations of a list: by their boxes, with Shift for all in between, or by a key.

use leptos::prelude::*;
use protocol::ConversationId;

use super::Desk;
use crate::live::state::{AT_ONCE, Item, Report};
use crate::live::{Live, browser};
use crate::parts::follow::reads;
use crate::parts::late::IntoLate;
use crate::words::t;

/// The box of a row.
#[component]
pub(crate) fn Pick(id: ConversationId) -> impl IntoView {
    let (live, desk) = (Live::here(), Desk::here());
    let name = live.peek(|state| state.card(id).map(|card| card.visitor.name.clone()));
    let label = t::choose_row(&name.unwrap_or_default());
    let chosen = reads(move || desk.chosen.with(|chosen| chosen.contains(&id)));
    view! {
        <label class="pick">
            <input
                type="checkbox"
                aria-label=label
                prop:checked=chosen
                on:click=move |event| toggle(live, desk, id, event.shift_key())
            />
        </label>
    }
    .late()
}

/// Chooses a row or no longer; with `all` everything from the one that was chosen last as well.
fn toggle(live: Live, desk: Desk, id: ConversationId, all: bool) {
    let rows: Vec<ConversationId> = desk.items.with_untracked(|items| {
        let row = |item: &Item| match item {
            Item::Row(id) => Some(*id),
            Item::Waiting(_) | Item::Answered(_) => None,
        };
        items.iter().filter_map(row).collect()
    });
    let at = |id: ConversationId| rows.iter().position(|row| *row == id);
    desk.chosen.update(|chosen| {
        // What is out of the list is out of sight.
        chosen.retain(|chosen| rows.contains(chosen));
        let span = chosen.last().copied().filter(|_| all);
        let span = span.and_then(at).zip(at(id));
        if let Some((from, to)) = span {
            let rows = &rows[from.min(to)..=from.max(to)];
            chosen.retain(|one| !rows.contains(one));
            chosen.extend(rows.iter().filter(|row| **row != id));
            chosen.push(id);
        } else if let Some(at) = chosen.iter().position(|one| *one == id) {
            chosen.remove(at);
        } else {
            chosen.push(id);
        }
        chosen.truncate(AT_ONCE);
    });
    live.act(|state| {
        if state.report.is_over() {
            state.report = Report::default();
        }
    });
}

/// The row that the keys mean: the one that has the focus, else the open one.
pub(crate) fn meant(desk: Desk) -> Option<ConversationId> {
    let focused = browser::focused_link();
    let focused = focused.and_then(|path| path.strip_prefix("/inbox/")?.parse().ok());
    focused.or(desk.open.get_untracked())
}

/// Chooses the row that the keys mean, or no longer.
pub(crate) fn toggle_meant(live: Live, desk: Desk) {
    if let Some(id) = meant(desk) {
        toggle(live, desk, id, false);
    }
}
