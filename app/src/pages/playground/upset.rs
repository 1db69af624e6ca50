//! The customer who loses patience: words that the visitor says one after the other, until somebody comes.

use std::time::Duration;

use leptos::prelude::*;
use protocol::playground::PlayStep;

use super::follows::Playing;
use crate::live::browser;
use crate::words::{Word, t};

/// What they say.
const WORDS: [Word; 4] = [
    t::play_upset_first,
    t::play_upset_second,
    t::play_upset_third,
    t::play_upset_last,
];
/// Between two of them.
const PAUSE: Duration = Duration::from_millis(3000);

/// The visitor says something, through the chat on the left.
pub(super) fn say(text: &str) {
    browser::tell_frame(".playground .visitor iframe", text);
}

/// Plays it. `going` is set for as long as it lasts.
pub(super) fn begin(playing: Playing, going: RwSignal<bool>) {
    going.set(true);
    let before = playing.lines.with_untracked(Vec::len);
    go_on(playing, going, before, 0);
}

fn go_on(playing: Playing, going: RwSignal<bool>, before: usize, at: usize) {
    let is_over = playing.came_after(before, |step| {
        matches!(
            step,
            PlayStep::Requested | PlayStep::Claimed | PlayStep::Assigned
        )
    });
    let open = playing.open.with_untracked(Option::is_some);
    match WORDS.get(at).filter(|_| open && !is_over) {
        Some(words) => {
            say(words());
            set_timeout(move || go_on(playing, going, before, at + 1), PAUSE);
        }
        None => going.set(false),
    }
}
