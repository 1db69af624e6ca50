//! The dialog in which an agent chooses how the inbox sounds in this browser, and how it is worked.

use leptos::prelude::*;

use super::Desk;
use crate::live::attention::Attention;
use crate::live::notify::Allowed;
use crate::live::preferences::{Preferences, SendKey, Sound};
use crate::parts::dialog::Dialog;
use crate::parts::follow::follow;
use crate::parts::late::IntoLate;
use crate::words::t;

/// The dialog, while it is open. What is chosen holds at once.
#[component]
pub(crate) fn Prefer() -> impl IntoView {
    let desk = Desk::here();
    view! {
        <Dialog open=desk.preferring title=t::preferences()>
            <div class="prefers">
                <Sounds/>
                <Notices/>
                <Quiet/>
                <Working/>
            </div>
        </Dialog>
    }
    .late()
}

/// What it sounds like, how loud, and how often.
#[component]
fn Sounds() -> impl IntoView {
    let attention = Attention::here();
    let preferences = attention.preferences;
    let names = [t::sound_rising(), t::sound_bell(), t::sound_soft()];
    let options = Sound::ALL.into_iter().zip(names).enumerate();
    let options = options.map(move |(at, (sound, name))| {
        let selected = preferences.with_untracked(|chosen| chosen.sound == sound);
        view! { <option value=at.to_string() selected=selected>{name}</option> }.late()
    });
    view! {
        <fieldset>
            <legend>{t::sound()}</legend>
            <Row word=t::sound_of_request()>
                <select
                    class="input"
                    on:change=move |event| {
                        let at: usize = event_target_value(&event).parse().unwrap_or(0);
                        if let Some(sound) = Sound::ALL.get(at) {
                            preferences.update(|chosen| chosen.sound = *sound);
                        }
                    }
                >
                    {options.collect_view()}
                </select>
            </Row>
            <Row word=t::volume()>
                <input
                    type="range"
                    min="0"
                    max="100"
                    step="5"
                    prop:value=move || preferences.with(|chosen| chosen.volume.to_string())
                    on:input=move |event| number(&event, |volume| {
                        preferences.update(|chosen| chosen.volume = volume.min(100));
                    })
                />
            </Row>
            <Row word=t::rings_again()>
                <Minutes of=|chosen| &mut chosen.again_minutes least="1"/>
            </Row>
            <button type="button" class="btn sm" on:click=move |_| attention.test()>
                {t::test_sound()}
            </button>
            {follow(move || {
                (!attention.sounds.get()).then(|| view! { <p class="hint">{t::sound_waits()}</p> })
            })}
        </fieldset>
    }
    .late()
}

/// Whether the system shows them too.
#[component]
fn Notices() -> impl IntoView {
    let attention = Attention::here();
    let state = move || match attention.notifies.get() {
        Allowed::Yes => ().late(),
        Allowed::No => view! { <p class="hint">{t::notices_blocked()}</p> }.late(),
        Allowed::NotAsked => view! {
            <button type="button" class="btn sm" on:click=move |_| attention.ask()>
                {t::allow_notices()}
            </button>
        }
        .late(),
    };
    view! {
        <fieldset>
            <legend>{t::notices()}</legend>
            <Switch word=t::notices_about() of=|chosen| &mut chosen.notifies/>
            {follow(state)}
        </fieldset>
    }
    .late()
}

/// When one is away without saying so, and the way to quiet hours, which are kept with the agent.
#[component]
fn Quiet() -> impl IntoView {
    view! {
        <fieldset>
            <legend>{t::quiet()}</legend>
            <Row word=t::away_after()>
                <Minutes of=|chosen| &mut chosen.away_minutes least="0"/>
            </Row>
            <a class="btn sm" href="/profile/notices" rel="external">{t::quiet_and_mail()}</a>
        </fieldset>
    }
    .late()
}

/// Keys and names.
#[component]
fn Working() -> impl IntoView {
    let preferences = Attention::here().preferences;
    view! {
        <fieldset>
            <legend>{t::working()}</legend>
            <Switch word=t::letters() of=|chosen| &mut chosen.letters/>
            <label class="prefer">
                <span>{t::sends_with_ctrl()}</span>
                <input
                    type="checkbox"
                    role="switch"
                    class="switch"
                    prop:checked=move || preferences.with(|chosen| chosen.sends == SendKey::WithCtrl)
                    on:change=move |event| {
                        let sends = match event_target_checked(&event) {
                            true => SendKey::WithCtrl,
                            false => SendKey::Enter,
                        };
                        preferences.update(|chosen| chosen.sends = sends);
                    }
                />
            </label>
            <Switch word=t::says_claimed() of=|chosen| &mut chosen.says_claimed/>
        </fieldset>
    }
    .late()
}

/// A word and the control beside it.
#[component]
fn Row(word: &'static str, children: Children) -> impl IntoView {
    view! {
        <label class="prefer">
            <span>{word}</span>
            {children()}
        </label>
    }
    .late()
}

/// Something that is so or not.
#[component]
fn Switch(word: &'static str, of: fn(&mut Preferences) -> &mut bool) -> impl IntoView {
    let preferences = Attention::here().preferences;
    let is = move || *of(&mut preferences.get());
    view! {
        <label class="prefer">
            <span>{word}</span>
            <input
                type="checkbox"
                role="switch"
                class="switch"
                prop:checked=is
                on:change=move |event| {
                    let on = event_target_checked(&event);
                    preferences.update(|chosen| *of(chosen) = on);
                }
            />
        </label>
    }
    .late()
}

/// A number of minutes.
#[component]
fn Minutes(of: fn(&mut Preferences) -> &mut u8, least: &'static str) -> impl IntoView {
    let preferences = Attention::here().preferences;
    let value = move || of(&mut preferences.get()).to_string();
    let smallest = least.parse().unwrap_or(0);
    view! {
        <input
            type="number"
            class="input"
            min=least
            max="240"
            prop:value=value
            on:change=move |event| number(&event, |minutes| {
                preferences.update(|chosen| *of(chosen) = minutes.clamp(smallest, 240));
            })
        />
    }
    .late()
}

fn number(event: &leptos::ev::Event, take: impl FnOnce(u8)) {
    if let Ok(number) = event_target_value(event).parse() {
        take(number);
    }
}
