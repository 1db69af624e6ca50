//! The button that leads to the preferences, and that says what the browser does not let the page do.

use leptos::prelude::*;

use super::Desk;
use crate::live::Live;
use crate::live::attention::Attention;
use crate::live::notify::Allowed;
use crate::parts::follow::{follow, reads};
use crate::parts::icon::Icon;
use crate::words::t;

/// A bell; with a sentence where it cannot be heard.
#[component]
pub(crate) fn BellButton() -> impl IntoView {
    let (live, desk, attention) = (Live::here(), Desk::here(), Attention::here());
    let why = reads(move || {
        let chosen = attention.preferences.get();
        match attention.notifies.get() {
            _ if chosen.volume > 0 && !attention.sounds.get() => Some(t::sound_waits()),
            Allowed::NotAsked if chosen.notifies => Some(t::allow_notices()),
            Allowed::No if chosen.notifies => Some(t::notices_blocked()),
            _ => None,
        }
    });
    let known = reads(move || live.frame(|frame| frame.me.is_some()));
    follow(move || {
        known.get().then(|| {
            view! {
                <button
                    type="button"
                    class="btn sq bell"
                    data-kind="quiet"
                    aria-label=t::preferences()
                    title=reads(move || why.get().unwrap_or(t::preferences()))
                    data-muted=reads(move || why.get().map(|_| ""))
                    on:click=move |_| desk.preferring.set(true)
                >
                    <Icon name="bell"/>
                </button>
                {follow(move || {
                    why.get()
                        .map(|why| {
                            view! {
                                <span class="chip wide-only" data-kind="warn">
                                    {why}
                                </span>
                            }
                        })
                })}
            }
        })
    })
}
