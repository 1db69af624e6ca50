//! The emoji picker: a field to search by name, and a grid that the arrows move in.

use leptos::ev::KeyboardEvent;
use leptos::html::Input;
use leptos::prelude::*;

use super::writing::Writing;
use crate::live::emoji::{Emoji, found};
use crate::parts::follow::{effect, follow, reads};
use crate::parts::late::IntoLate;
use crate::parts::memo::memo;
use crate::words::t;

/// How many stand in a row.
const COLUMNS: usize = 8;

/// The picker, while it is open. The focus returns to the text.
#[component]
pub(super) fn EmojiPicker(writing: Writing) -> impl IntoView {
    follow(move || writing.picking.get().then(|| view! { <Open writing/> }))
}

#[component]
fn Open(writing: Writing) -> impl IntoView {
    let input = NodeRef::<Input>::new();
    let query = RwSignal::new(String::new());
    let chosen = RwSignal::new(0_usize);
    let count = memo(move || found(&query.read()).len());
    effect(move || {
        if let Some(input) = input.get() {
            request_animation_frame(move || {
                let _focused = input.focus();
            });
        }
    });
    let close = move || {
        writing.picking.set(false);
        writing.focus();
    };
    let take = move |at: usize| {
        let sign = found(&query.read_untracked())
            .get(at)
            .map(|emoji| emoji.sign);
        close();
        if let Some(sign) = sign {
            writing.insert(sign);
        }
    };
    let on_key = move |event: KeyboardEvent| {
        let last = count.get_untracked().saturating_sub(1);
        let at = chosen.get_untracked();
        let to = match event.key().as_str() {
            "ArrowRight" => at + 1,
            "ArrowLeft" => at.saturating_sub(1),
            "ArrowDown" => at + COLUMNS,
            "ArrowUp" => at.saturating_sub(COLUMNS),
            "Enter" => {
                event.prevent_default();
                return take(at);
            }
            "Escape" => {
                event.prevent_default();
                event.stop_propagation();
                return close();
            }
            _ => return,
        };
        event.prevent_default();
        chosen.set(to.min(last));
    };
    let grid = move || {
        let emoji = found(&query.read()).into_iter().enumerate();
        if count.get() == 0 {
            return view! { <p class="none">{t::nothing_for(&query.read())}</p> }.late();
        }
        let options = emoji.map(|(at, emoji)| one(at, emoji, chosen, take));
        view! {
            <div
                class="grid"
                id="emoji-grid"
                role="listbox"
                aria-label=t::emoji_word()
                on:mousedown=move |event| event.prevent_default()
            >
                {options.collect_view()}
            </div>
        }
        .late()
    };
    view! {
        <div class="menu emoji" role="dialog" aria-label=t::emoji_word() on:keydown=on_key>
            <input
                class="input"
                type="text"
                role="combobox"
                aria-label=t::search_emoji()
                aria-expanded="true"
                aria-controls="emoji-grid"
                aria-autocomplete="list"
                aria-activedescendant=reads(move || {
                    (count.get() > 0).then(|| format!("emoji-{}", chosen.get()))
                })
                placeholder=t::search_emoji()
                node_ref=input
                on:input=move |event| {
                    query.set(event_target_value(&event));
                    chosen.set(0);
                }
                on:blur=move |_| writing.picking.set(false)
            />
            {follow(grid)}
        </div>
    }
    .late()
}

fn one(
    at: usize,
    emoji: Emoji,
    chosen: RwSignal<usize>,
    take: impl Fn(usize) + Copy + 'static,
) -> AnyView {
    view! {
        <div
            role="option"
            id=format!("emoji-{at}")
            aria-label=emoji.names
            title=emoji.names
            aria-selected=reads(move || (chosen.get() == at).to_string())
            on:click=move |_| take(at)
        >
            {emoji.sign}
        </div>
    }
    .late()
}
