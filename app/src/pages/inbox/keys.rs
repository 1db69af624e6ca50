//! The inbox's keys: single letters, outside of text fields.

use leptos::ev::{self, KeyboardEvent};
use leptos::prelude::*;

use super::Desk;
use super::list::TABS;
use crate::live::state::{Mode, Stand};
use crate::live::{Live, browser};
use crate::parts::follow::effect;

/// Listens for as long as the page is shown.
pub(crate) fn listen(desk: Desk) {
    let live = Live::here();
    // A server hears no keys.
    effect(move || {
        let heard = window_event_listener(ev::keydown, move |event| pressed(live, desk, &event));
        on_cleanup(move || heard.remove());
    });
}

/// Moves the focus out of the composer, to the timeline.
pub(crate) fn to_conversation() {
    browser::focus("#conversation .lines");
}

fn pressed(live: Live, desk: Desk, event: &KeyboardEvent) {
    let chord = event.ctrl_key() || event.meta_key() || event.alt_key();
    if chord || event.default_prevented() || browser::is_writing() {
        return;
    }
    let open = desk.open.get_untracked();
    let stand = open.map(|id| live.peek(|state| state.stand(id)));
    let writes = |mode| {
        desk.writes.set(Some(mode));
        request_animation_frame(|| browser::focus(".write textarea"));
    };
    match (event.key().as_str(), open, stand) {
        ("j", ..) => browser::step_focus(".rows .conv", true),
        ("k", ..) => browser::step_focus(".rows .conv", false),
        (digit @ ("1" | "2" | "3"), ..) => {
            let at = usize::from(digit.as_bytes()[0] - b'1');
            live.act(|state| state.show_tab(TABS[at].0));
        }
        ("t", Some(id), Some(Stand::Nobody)) => {
            live.act_with_key(|state, key| state.claim(id, key));
        }
        ("r", Some(_), Some(Stand::Mine | Stand::Nobody)) => writes(Mode::Reply),
        ("n", Some(_), Some(_)) => writes(Mode::Note),
        ("e", Some(_), Some(Stand::Mine | Stand::Nobody))
            if live.peek(crate::live::state::LiveState::is_live) =>
        {
            desk.resolving.set(true);
        }
        ("i", Some(_), _) => desk.panel.set(!desk.panel.get_untracked()),
        ("Escape", ..) if desk.panel.get_untracked() => desk.panel.set(false),
        _ => return,
    }
    event.prevent_default();
}
