//! The composer's tools: marks for the text, lists that a button opens, and what is wrong with the text.

use domain::reply::blanks;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use protocol::limits;

use super::writing::Writing;
use crate::live::edit::Mark;
use crate::parts::follow::{follow, reads};
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::words::t;

/// The buttons below the text.
#[component]
pub(super) fn Tools(writing: Writing) -> impl IntoView {
    let mark = move |mark: Mark| {
        let (icon, name, keys) = match mark {
            Mark::Bold => ("bold", t::bold(), "Ctrl B"),
            Mark::Italic => ("italic", t::italic(), "Ctrl I"),
            Mark::Code => ("code", t::code_mark(), "Ctrl E"),
            Mark::Link => ("link", t::link(), "Ctrl ⇧ U"),
            Mark::List => ("list", t::bullets(), "Ctrl ⇧ 8"),
            Mark::Quote => ("quote", t::quote(), "Ctrl ⇧ 9"),
        };
        tool(icon, name, keys, move || writing.mark(mark))
    };
    view! {
        <button
            type="button"
            class="btn sq emoji-opener"
            data-kind="quiet"
            title=t::emoji_word()
            aria-label=t::emoji_word()
            aria-haspopup="dialog"
            aria-expanded=reads(move || writing.picking.get().to_string())
            on:mousedown=move |event| event.prevent_default()
            on:click=move |_| writing.toggle_picker()
        >
            <Icon name="smile"/>
        </button>
        {tool("slash", t::saved_replies(), "/", move || writing.begin("/"))}
        <span class="row fmt">
            <span class="rule"></span>
            {Mark::ALL.map(mark).into_iter().collect_view()}
        </span>
    }
    .late()
}

/// A button that leaves the focus in the text.
fn tool(
    icon: &'static str,
    name: &'static str,
    keys: &'static str,
    act: impl Fn() + 'static,
) -> AnyView {
    view! {
        <button
            type="button"
            class="btn sq"
            data-kind="quiet"
            aria-label=name
            title=format!("{name} ({keys})")
            on:mousedown=move |event| event.prevent_default()
            on:click=move |_| act()
        >
            <Icon name=icon/>
        </button>
    }
    .late()
}

/// The keys of the composer, for the sheet that lists them all.
pub(crate) fn keys() -> [(&'static [&'static str], &'static str); 10] {
    [
        (&["/"], t::saved_replies()),
        (&["@"], t::mention_colleague()),
        (&[":"], t::emoji_word()),
        (&["Ctrl", ";"], t::other_mode()),
        (&["Ctrl", "B"], t::bold()),
        (&["Ctrl", "I"], t::italic()),
        (&["Ctrl", "E"], t::code_mark()),
        (&["Ctrl", "⇧", "U"], t::link()),
        (&["Ctrl", "⇧", "8"], t::bullets()),
        (&["Ctrl", "⇧", "9"], t::quote()),
    ]
}

/// The mark that a key with Ctrl or Command is for. `K` belongs to the palette, so links have another.
pub(super) fn marked(event: &KeyboardEvent) -> Option<Mark> {
    if event.alt_key() || !(event.ctrl_key() || event.meta_key()) {
        return None;
    }
    let key = event.key().to_lowercase();
    // With Shift a digit is another sign on every keyboard; its key is the same.
    match (event.shift_key(), key.as_str(), event.code().as_str()) {
        (false, "b", _) => Some(Mark::Bold),
        (false, "i", _) => Some(Mark::Italic),
        (false, "e", _) => Some(Mark::Code),
        (true, "u", _) => Some(Mark::Link),
        (true, _, "Digit8") => Some(Mark::List),
        (true, _, "Digit9") => Some(Mark::Quote),
        _ => None,
    }
}

/// Says why a text cannot go out: it is too long, or nothing was filled in for a variable.
#[component]
pub(super) fn Warning(too_long: Memo<bool>, text: Memo<String>) -> impl IntoView {
    follow(move || {
        let text = text.read();
        let sentence = if too_long.get() {
            t::too_long((text.chars().count() - limits::TEXT) as u64)
        } else {
            let blanks = blanks(&text);
            if blanks.is_empty() {
                return None;
            }
            t::fill_in(&blanks.join(", "))
        };
        Some(view! {
            <p class="error" role="status">
                <Icon name="alert"/>
                {sentence}
            </p>
        })
    })
}
