//! How much time is left for a reply: a dial that fills towards its end, and a clock that ticks down
//! to it and up again behind it.

use leptos::prelude::*;
use protocol::Timestamp;
use protocol::targets::{Clock, Owed as Which};

use crate::live::Live;
use crate::parts::follow::{follow, reads};
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::parts::memo::memo;
use crate::words::{self, t};

/// A reply that is owed. Its words say whether it is late; colour and sign say it again.
#[component]
pub(crate) fn Owed(clock: Clock) -> impl IntoView {
    let live = Live::here();
    let late = memo(move || clock.due_at <= live.now());
    let age = reads(move || match late.get() {
        true => Some("late"),
        false => (clock.warn_at <= live.now()).then_some("warm"),
    });
    let filled = move || filled(clock, live.now()).to_string();
    let sign = move || match late.get() {
        true => view! { <Icon name="alert" size="s"/> }.late(),
        false => view! { <i class="dial" aria-hidden="true" style=("--f", filled)></i> }.late(),
    };
    let which = match clock.owed {
        Which::FirstReply => t::first_reply(),
        Which::NextReply => t::next_reply(),
    };
    view! {
        <span class="wait owed" data-age=age title=which>
            {follow(sign)}
            <span class="only-read">{which} " "</span>
            <time>{move || remains(clock, live.now())}</time>
        </span>
    }
    .late()
}

/// How much of its time is over, in per cent.
fn filled(clock: Clock, now: Timestamp) -> u64 {
    let all = clock.due_at.millis_since(clock.since).max(1);
    (now.millis_since(clock.since) * 100 / all).min(100)
}

/// What is left, or by how much it is late.
fn remains(clock: Clock, now: Timestamp) -> String {
    match clock.due_at <= now {
        true => t::late_by(&words::ticking(now.millis_since(clock.due_at))),
        false => t::time_remains(&words::ticking(clock.due_at.millis_since(now))),
    }
}
