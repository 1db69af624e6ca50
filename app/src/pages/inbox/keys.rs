//! The inbox's keys: single letters outside of text fields, and the palette everywhere.

use leptos::ev::{self, KeyboardEvent};
use leptos::prelude::*;

use super::Desk;
use super::bulk::clear;
use super::commands::Command;
use crate::live::attention::Attention;
use crate::live::{Live, browser};
use crate::parts::follow::effect;

/// Listens for as long as the page is shown.
pub(crate) fn listen(desk: Desk) {
    let (live, attention) = (Live::here(), Attention::here());
    // A server hears no keys.
    effect(move || {
        let heard = window_event_listener(ev::keydown, move |event| {
            let letters = attention
                .preferences
                .with_untracked(|chosen| chosen.letters);
            if pressed(live, desk, letters, &event) {
                event.prevent_default();
            }
        });
        on_cleanup(move || heard.remove());
    });
}

/// Moves the focus out of the composer, to the timeline.
pub(crate) fn to_conversation() {
    browser::focus("#conversation .lines");
}

/// Does what a key is for, and tells whether it was for anything.
fn pressed(live: Live, desk: Desk, letters: bool, event: &KeyboardEvent) -> bool {
    let key = event.key();
    let chord = event.ctrl_key() || event.meta_key();
    if event.default_prevented() {
        return false;
    }
    if chord && key.eq_ignore_ascii_case("k") {
        // The same keys that open it close it.
        if desk.palette.get_untracked() {
            desk.palette.set(false);
        } else if !browser::has_dialog() {
            desk.palette.set(true);
        }
        return true;
    }
    // A dialog has its own keys.
    if chord || event.alt_key() || browser::is_writing() || browser::has_dialog() {
        return false;
    }
    let chosen = desk.chosen.with_untracked(|chosen| !chosen.is_empty());
    if key == "Escape" && (chosen || live.peek(|state| state.report.all > 0)) {
        clear(live, desk);
        return true;
    }
    if key == "Escape" && desk.panel.get_untracked() {
        desk.panel.set(false);
        return true;
    }
    let command = Command::of_key(&key).filter(|command| {
        // The sheet says how to have the letters back.
        (letters || *command == Command::Keys) && command.is_possible(live, desk)
    });
    if let Some(command) = command {
        command.run(live, desk);
    }
    command.is_some()
}
