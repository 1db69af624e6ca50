//! A picture of the chat in the look that is being chosen: the server paints it with the widget's own
//! style sheet and loader.

use leptos::prelude::*;
use protocol::look::LookSettings;

use super::super::editing::Editing;
use crate::parts::painted::IntoPainted;
use crate::words::t;

/// How it is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Shown {
    phone: bool,
    dark: bool,
}

pub(super) fn preview(at: Editing) -> AnyView {
    let shown = RwSignal::new(Shown {
        phone: false,
        dark: false,
    });
    // A look that cannot be is not painted; the one before stays until the next that can.
    let address = Memo::new(move |before: Option<&String>| {
        let look = at.part::<LookSettings>();
        let (own, picture) = at
            .loaded
            .with(|loaded| (loaded.name.clone(), loaded.picture));
        let picture = at.chatbot.zip(picture);
        let picture = picture.map(|(chatbot, picture)| format!("{chatbot}/{picture}"));
        let possible = domain::look::Colour::read(&look.colour).is_some();
        match before {
            Some(before) if !possible => before.clone(),
            _ => address(&look, &own, &picture.unwrap_or_default(), shown.get()),
        }
    });
    let toggle = |words: &'static str, is: fn(Shown) -> bool, set: fn(&mut Shown)| {
        view! {
            <button
                type="button"
                class="btn sm"
                aria-pressed=move || is(shown.get()).to_string()
                on:click=move |_| shown.update(set)
            >
                {words}
            </button>
        }
        .painted()
    };
    view! {
        <div class="preview" role="group" aria-label=t::preview()>
            <div class="toggles">
                {toggle(t::preview_desk(), |shown| !shown.phone, |shown| shown.phone = false)}
                {toggle(t::preview_phone(), |shown| shown.phone, |shown| shown.phone = true)}
                <span class="push"></span>
                {toggle(t::theme_light(), |shown| !shown.dark, |shown| shown.dark = false)}
                {toggle(t::theme_dark(), |shown| shown.dark, |shown| shown.dark = true)}
            </div>
            <div class="pane" data-as=move || if shown.get().phone { "phone" } else { "desk" }>
                <iframe title=t::preview() src=address tabindex="-1"></iframe>
            </div>
        </div>
    }
    .painted()
}

fn address(look: &LookSettings, own: &str, picture: &str, shown: Shown) -> String {
    let name = if look.name.is_empty() {
        own
    } else {
        &look.name
    };
    let name = if name.is_empty() {
        t::chat_word()
    } else {
        name
    };
    let theme = if shown.dark { "dark" } else { "light" };
    let json = serde_json::to_string(look).unwrap_or_default();
    let mut address = format!("/preview?theme={theme}&phone={}", shown.phone);
    for (key, value) in [
        ("look", json.as_str()),
        ("name", name),
        ("question", t::preview_question()),
        ("answer", t::preview_answer()),
        ("assistant", t::assistant()),
        ("picture", picture),
    ] {
        address.push_str(&format!("&{key}={}", escaped(value)));
    }
    address
}

/// As addresses take it (RFC 3986, section 2.1).
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() * 3);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_can_stand_in_an_address() {
        assert_eq!("a-1%20%26%23%C3%BC%22", escaped("a-1 &#ü\""));
    }
}
