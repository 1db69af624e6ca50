//! Whether and how people can be asked for.

use leptos::prelude::*;
use protocol::settings::{HandoffSettings, WhileWaiting};

use super::super::block::block;
use super::super::editing::Editing;
use super::super::fields::{about, choice, number, switch};
use crate::parts::painted::IntoPainted;
use crate::words::t;

type Part = HandoffSettings;

pub(in super::super) fn view(at: Editing) -> AnyView {
    let enabled = switch(
        about(
            "handoff.enabled",
            t::handoff_enabled(),
            t::handoff_enabled_about(),
        ),
        at.reads(|part: &Part| part.enabled),
        at.writes(|part: &mut Part, on| part.enabled = on),
    );
    let button = switch(
        about(
            "handoff.button",
            t::handoff_button(),
            t::handoff_button_about(),
        ),
        at.reads(|part: &Part| part.button),
        at.writes(|part: &mut Part, on| part.button = on),
    );
    let after = number(
        at,
        about(
            "handoff.button_after",
            t::button_after(),
            t::button_after_about(),
        ),
        t::messages_word(),
        at.reads(|part: &Part| part.button_after),
        at.writes(|part: &mut Part, after| part.button_after = after),
    );
    let proposal = number(
        at,
        about(
            "handoff.proposal_minutes",
            t::proposal_stands(),
            t::proposal_stands_about(),
        ),
        t::minutes_word(),
        at.reads(|part: &Part| part.proposal_minutes),
        at.writes(|part: &mut Part, minutes| part.proposal_minutes = minutes),
    );
    let waiting = choice(
        at,
        about(
            "handoff.while_waiting",
            t::while_waiting(),
            t::while_waiting_about(),
        ),
        vec![
            (WhileWaiting::Holding, t::waiting_holding()),
            (WhileWaiting::Continue, t::waiting_continue()),
            (WhileWaiting::Silent, t::waiting_silent()),
        ],
        at.reads(|part: &Part| part.while_waiting),
        at.writes(|part: &mut Part, what| part.while_waiting = what),
    );
    let preview = switch(
        about(
            "handoff.typing_preview",
            t::typing_preview(),
            t::typing_preview_about(),
        ),
        at.reads(|part: &Part| part.typing_preview),
        at.writes(|part: &mut Part, on| part.typing_preview = on),
    );
    let controls = view! { {enabled} {button} {after} {proposal} {waiting} {preview} }.painted();
    block::<Part>(at, t::live_chat(), t::live_chat_about(), controls)
}
