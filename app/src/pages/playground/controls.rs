//! What is done to a playground: scenes, its clock, its network, and its end.

use std::time::Duration;

use leptos::prelude::*;
use protocol::playground::{Play, PlayView};

use super::follows::Playing;
use super::{start, upset};
use crate::live::local;
use crate::parts::icon::Icon;
use crate::parts::painted::IntoPainted;
use crate::words::t;

/// Between the visitor's last words and the moment at which the agent is gone.
const WORDS: Duration = Duration::from_millis(1200);

/// How long the slider of the network stays where it is until that counts.
const REST: Duration = Duration::from_millis(400);

/// The bar above the panes.
pub(super) fn controls(playing: Playing) -> AnyView {
    let upset = RwSignal::new(false);
    let of = move |read: fn(&PlayView) -> bool| {
        playing.open.with(|open| open.as_ref().is_some_and(read))
    };
    let is_cut = move || of(|open| open.cut.contains(&true));
    let button = move |icon: &'static str, words: &'static str, play: fn() -> Play| {
        view! {
            <button
                type="button"
                class="btn sm"
                disabled=move || playing.is_busy()
                on:click=move |_| playing.play(play())
            >
                <Icon name=icon size="s"/>
                {words}
            </button>
        }
        .painted()
    };
    let come_back =
        move || is_cut().then(|| button("again", t::play_come_back(), || Play::ComeBack));
    let change = move || {
        let words = match of(|open| open.open) {
            true => t::play_until_closed(),
            false => t::play_until_open(),
        };
        button("moon", words, || Play::TurnToChange)
    };
    let state = move || {
        let (kind, words) = match of(|open| open.open) {
            true => ("ok", t::play_is_open()),
            false => ("warn", t::play_is_closed()),
        };
        view! {
            <span class="chip" data-kind=kind>
                {words}
            </span>
        }
        .painted()
    };
    let time = move || {
        let now = playing.open.with(|open| open.as_ref().map(|open| open.now));
        now.map(|now| view! { <time>{local::date_and_clock(now, local::now())}</time> }.painted())
    };
    // Where the slider is, from when it is moved.
    let moved = RwSignal::new(None::<u8>);
    let bad = move || {
        let now = || of_network(playing);
        moved.get().unwrap_or_else(now)
    };
    let moves = move |event| moved.set(event_target_value(&event).parse().ok());
    let rests = move |event| {
        let bad: Option<u8> = event_target_value(&event).parse().ok();
        moved.set(bad);
        // Keys move it step by step: what counts is where it comes to rest.
        let told = move || {
            if let Some(bad) = bad.filter(|_| moved.try_get_untracked() == Some(bad)) {
                playing.play(Play::Network(bad));
            }
        };
        set_timeout(told, REST);
    };
    let begin_again = move |_| {
        let chatbot = playing
            .open
            .with_untracked(|open| open.as_ref().map(|open| open.chatbot.id));
        if let Some(chatbot) = chatbot {
            start(playing, chatbot);
        }
    };
    let vanishing = RwSignal::new(false);
    let vanish = move |_| {
        vanishing.set(true);
        upset::say(t::play_still_there());
        let gone = move || {
            // In a playground that was ended meanwhile nobody vanishes.
            let is_over = vanishing.try_set(false).is_some() || playing.ending.get_untracked();
            if !is_over {
                playing.play(Play::Vanish);
            }
        };
        set_timeout(gone, WORDS);
    };
    let name = move || {
        playing
            .open
            .with(|open| open.as_ref().map(|open| open.chatbot.name.clone()))
    };
    view! {
        <div class="bar-of-play">
            <div role="group" aria-label=t::play_scenes()>
                <span class="what">{t::play_scenes()}</span>
                <button
                    type="button"
                    class="btn sm"
                    disabled=upset
                    on:click=move |_| upset::begin(playing, upset)
                >
                    <Icon name="f1" size="s"/>
                    {t::play_frustrated()}
                </button>
                {button("baton", t::play_race(), || Play::Race)}
                <button
                    type="button"
                    class="btn sm"
                    disabled=move || vanishing.get() || playing.is_busy()
                    on:click=vanish
                >
                    <Icon name="plug" size="s"/>
                    {t::play_vanish()}
                </button>
                {come_back}
            </div>
            <div role="group" aria-label=t::play_clock()>
                <span class="what">{t::play_clock()}</span>
                {time}
                {state}
                {button("clock", t::play_quarter(), || Play::Turn(15))}
                {button("clock", t::play_hour(), || Play::Turn(60))}
                {change}
            </div>
            <label>
                <span class="what">{t::play_network()}</span>
                <input
                    type="range"
                    min="0"
                    max="100"
                    step="10"
                    prop:value=move || bad().to_string()
                    on:input=moves
                    on:change=rests
                />
                <output>{move || said(bad())}</output>
            </label>
            <div role="group" aria-label=name class="push">
                <button
                    type="button"
                    class="btn sm"
                    data-kind="quiet"
                    disabled=move || playing.is_busy()
                    on:click=begin_again
                >
                    <Icon name="again" size="s"/>
                    {t::play_reset()}
                </button>
                {button("x", t::play_end(), || Play::End)}
            </div>
        </div>
    }
    .painted()
}

/// How bad the network is.
fn of_network(playing: Playing) -> u8 {
    playing
        .open
        .with(|open| open.as_ref().map_or(0, |open| open.network))
}

/// How bad that is, in words.
fn said(bad: u8) -> &'static str {
    match bad {
        0 => t::play_network_good(),
        1..=30 => t::play_network_slow(),
        31..=60 => t::play_network_shaky(),
        _ => t::play_network_bad(),
    }
}
