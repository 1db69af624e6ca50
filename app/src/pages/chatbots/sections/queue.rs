//! How long visitors wait, and what happens when nobody comes or writes.

use leptos::prelude::*;
use protocol::settings::{IdleSettings, OnDeadline, QueueSettings, WhenNobody};

use super::super::block::block;
use super::super::editing::Editing;
use super::super::fields::{about, choice, number, switch};
use crate::parts::painted::IntoPainted;
use crate::words::t;

pub(in super::super) fn view(at: Editing) -> AnyView {
    view! { {queue(at)} {idle(at)} }.painted()
}

fn queue(at: Editing) -> AnyView {
    let deadline = number(
        at,
        about("queue.deadline_minutes", t::wait_at_most(), ""),
        t::minutes_word(),
        at.reads(|part: &QueueSettings| part.deadline_minutes),
        at.writes(|part: &mut QueueSettings, minutes| part.deadline_minutes = minutes),
    );
    let on_deadline = choice(
        at,
        about("queue.on_deadline", t::after_the_wait(), ""),
        vec![
            (OnDeadline::Miss, t::deadline_miss()),
            (OnDeadline::KeepWaiting, t::deadline_wait()),
        ],
        at.reads(|part: &QueueSettings| part.on_deadline),
        at.writes(|part: &mut QueueSettings, what| part.on_deadline = what),
    );
    let nobody = choice(
        at,
        about("queue.nobody", t::when_nobody(), ""),
        vec![
            (WhenNobody::Form, t::nobody_form()),
            (WhenNobody::Message, t::nobody_message()),
            (WhenNobody::Wait, t::nobody_wait()),
        ],
        at.reads(|part: &QueueSettings| part.nobody),
        at.writes(|part: &mut QueueSettings, what| part.nobody = what),
    );
    let controls = view! { {deadline} {on_deadline} {nobody} }.painted();
    block::<QueueSettings>(at, t::waiting_line(), "", controls)
}

fn idle(at: Editing) -> AnyView {
    let enabled = switch(
        about("idle.enabled", t::idle_enabled(), ""),
        at.reads(|part: &IdleSettings| part.enabled),
        at.writes(|part: &mut IdleSettings, on| part.enabled = on),
    );
    let warn = number(
        at,
        about("idle.warn_minutes", t::idle_warn(), ""),
        t::minutes_word(),
        at.reads(|part: &IdleSettings| part.warn_minutes),
        at.writes(|part: &mut IdleSettings, minutes| part.warn_minutes = minutes),
    );
    let close = number(
        at,
        about("idle.close_minutes", t::idle_close(), ""),
        t::minutes_word(),
        at.reads(|part: &IdleSettings| part.close_minutes),
        at.writes(|part: &mut IdleSettings, minutes| part.close_minutes = minutes),
    );
    let controls = view! { {enabled} {warn} {close} }.painted();
    block::<IdleSettings>(at, t::idle_chats(), t::idle_chats_about(), controls)
}
