//! What is offered at the caret: saved replies behind `/`, colleagues behind `@`, emoji behind `:`.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::writing::{Hit, Writing};
use crate::live::browser;
use crate::live::edit::Sign;
use crate::parts::follow::{effect, follow, reads};
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::parts::memo::memo;
use crate::words::t;

/// The list above the composer, while there is something to choose from.
#[component]
pub(super) fn Offers(writing: Writing) -> impl IntoView {
    let count = reads(move || match writing.hits.with(Vec::len) {
        0 => String::new(),
        found => t::found_replies(found as u64),
    });
    // Made anew for another sign, and not for every letter.
    let shown = memo(move || {
        let sign = writing.sign()?;
        writing.is_offering().then_some(sign)
    });
    view! {
        // Read out as it changes, because the focus stays in the text.
        <span class="only-read" role="status">{count}</span>
        {follow(move || shown.get().map(|sign| view! { <List writing sign/> }))}
    }
    .late()
}

#[component]
fn List(writing: Writing, sign: Sign) -> impl IntoView {
    let (icon, title) = match sign {
        Sign::Colleague => ("at", t::mention_colleague()),
        Sign::Emoji => ("smile", t::emoji_word()),
        Sign::Reply => ("slash", t::saved_replies()),
    };
    let of_replies = sign == Sign::Reply;
    let options = move || {
        let hits = writing.hits.get();
        let options = hits.into_iter().enumerate();
        options
            .map(|(at, hit)| option(writing, at, hit))
            .collect_view()
    };
    let any = memo(move || writing.hits.with(|hits| !hits.is_empty()));
    let list = move || {
        // A list without options is none.
        if !any.get() {
            return view! { <p class="none">{t::no_replies_yet()}</p> }.late();
        }
        view! {
            <div class="options" id="offers" role="listbox" aria-label=title>
                {follow(options)}
            </div>
        }
        .late()
    };
    // A press on it must not take the focus out of the text.
    view! {
        <div class="menu replies" on:mousedown=move |event| event.prevent_default()>
            <header>
                <Icon name=icon size="s"/>
                {title}
                {of_replies.then(|| view! {
                    <a class="push" href="/replies">{t::change_replies()}</a>
                })}
            </header>
            {follow(list)}
            <footer aria-hidden="true">
                <span><kbd>"↑"</kbd><kbd>"↓"</kbd> {t::key_choose()}</span>
                <span><kbd>"↵"</kbd> {t::key_insert()}</span>
                <span><kbd>"Esc"</kbd> {t::key_leave()}</span>
            </footer>
        </div>
    }
    .late()
}

fn option(writing: Writing, at: usize, hit: Hit) -> AnyView {
    let node = NodeRef::<html::Div>::new();
    effect(move || {
        if let Some(node) = node.get().filter(|_| writing.chosen.get() == at) {
            browser::keep_in_sight(&node);
        }
    });
    let Hit {
        title, code, about, ..
    } = hit;
    view! {
        <div
            role="option"
            id=format!("offer-{at}")
            aria-selected=reads(move || (writing.chosen.get() == at).to_string())
            node_ref=node
            on:click=move |_| writing.take(at)
        >
            <span class="t cut">{title}</span>
            {(!code.is_empty()).then(|| view! { <code>{code}</code> })}
            {(!about.is_empty()).then(|| view! { <p class="cut">{about}</p> })}
        </div>
    }
    .late()
}

/// Whether a key was for the list.
pub(super) fn is_handled(writing: Writing, event: &KeyboardEvent) -> bool {
    let count = writing.hits.with_untracked(Vec::len);
    let offering = untrack(|| writing.is_offering());
    if !offering || event.is_composing() || event.ctrl_key() || event.meta_key() {
        return false;
    }
    let last = count.saturating_sub(1);
    let at = writing.chosen.get_untracked();
    match event.key().as_str() {
        "ArrowDown" if count > 0 => writing.chosen.set(if at == last { 0 } else { at + 1 }),
        "ArrowUp" if count > 0 => writing.chosen.set(at.checked_sub(1).unwrap_or(last)),
        "Enter" | "Tab" if count > 0 && !event.shift_key() => writing.take(at),
        "Escape" => writing.dismiss(),
        _ => return false,
    }
    event.prevent_default();
    event.stop_propagation();
    true
}
