//! Whom the text is for: the visitor or the team.

use leptos::prelude::*;

use super::Desk;
use crate::live::state::{Mode, Stand};
use crate::parts::follow::{follow, reads};
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::words::t;

/// Whom the text is for.
#[component]
pub(super) fn Modes(mode: Memo<Mode>, stand: Memo<Stand>) -> impl IntoView {
    let desk = Desk::here();
    let hint = move || match (mode.get(), stand.get()) {
        (Mode::Note, _) => t::only_team_sees(),
        (Mode::Reply, Stand::Nobody | Stand::Missed) => t::reply_takes(),
        (Mode::Reply, Stand::Joined(_)) => t::reply_joined(),
        (Mode::Reply, _) => "",
    };
    let may_reply = move || stand.get().takes_reply();
    let segment = move |mine: Mode| {
        let (icon, name) = match mine {
            Mode::Reply => (None, t::reply()),
            Mode::Note => (
                Some(view! { <Icon name="note" size="xs"/> }.late()),
                t::note(),
            ),
        };
        view! {
            <button
                type="button"
                aria-pressed=reads(move || (mode.get() == mine).to_string())
                on:click=move |_| choose(desk, mine)
            >
                {icon}
                {name}
            </button>
        }
        .late()
    };
    view! {
        <div class="mode">
            <span class="segments" role="group" aria-label=t::write_as()>
                {follow(move || may_reply().then(|| segment(Mode::Reply)))} {segment(Mode::Note)}
            </span>
            <span class="hint">{reads(hint)}</span>
        </div>
    }
    .late()
}

fn choose(desk: Desk, mode: Mode) {
    desk.writes.set(Some(mode));
    request_animation_frame(|| crate::live::browser::focus(".write textarea"));
}

/// Goes on with the other one, where a reply is possible.
pub(super) fn other(desk: Desk, mode: Mode, stand: Stand) {
    match mode {
        Mode::Reply => choose(desk, Mode::Note),
        Mode::Note if stand.takes_reply() => choose(desk, Mode::Reply),
        Mode::Note => {}
    }
}

/// Leaves a composer that was opened where one holds nothing.
pub(super) fn leave(desk: Desk, stand: Stand) {
    if !matches!(stand, Stand::Mine | Stand::Joined(_)) {
        desk.writes.set(None);
    }
}
