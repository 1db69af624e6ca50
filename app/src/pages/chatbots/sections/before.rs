//! What visitors are asked for before the chat begins.

use leptos::prelude::*;
use protocol::settings::{BeforeSettings, Consent};

use super::super::block::block;
use super::super::editing::Editing;
use super::super::fields::{About, about, area, choice, line, lines, switch};
use super::form::{asks, custom_field, custom_line};
use crate::parts::painted::IntoPainted;
use crate::words::t;

type Part = BeforeSettings;

pub(in super::super) fn view(at: Editing) -> AnyView {
    let enabled = switch(
        about("before.enabled", t::ask_before(), t::ask_before_about()),
        at.reads(|part: &Part| part.enabled),
        at.writes(|part: &mut Part, on| part.enabled = on),
    );
    let name = ask(
        at,
        about("before.name", t::name(), ""),
        |p| p.name,
        |p, ask| p.name = ask,
    );
    let email = ask(
        at,
        about("before.email", t::email(), ""),
        |p| p.email,
        |p, ask| p.email = ask,
    );
    let phone = ask(
        at,
        about("before.phone", t::phone(), ""),
        |p| p.phone,
        |p, ask| p.phone = ask,
    );
    let custom = lines(
        at,
        about("before.custom", t::own_fields(), t::own_fields_about()),
        at.reads(|part: &Part| part.custom.iter().map(custom_line).collect()),
        at.writes(|part: &mut Part, lines: Vec<String>| {
            part.custom = lines.iter().map(|line| custom_field(line)).collect();
        }),
    );
    let controls = view! { {enabled} {name} {email} {phone} {custom} {consent(at)} };
    block::<Part>(
        at,
        t::before_the_chat(),
        t::before_the_chat_about(),
        controls.painted(),
    )
}

fn ask(
    at: Editing,
    about: About,
    read: fn(&Part) -> protocol::settings::Ask,
    write: fn(&mut Part, protocol::settings::Ask),
) -> AnyView {
    choice(at, about, asks(), at.reads(read), at.writes(write))
}

/// What is agreed to; without words there is none, whatever stands in the link.
fn consent(at: Editing) -> AnyView {
    let text = area(
        at,
        about("before.consent.text", t::consent(), t::consent_about()),
        2,
        at.reads(|part: &Part| {
            let consent = part.consent.as_ref();
            consent.map(|one| one.text.clone()).unwrap_or_default()
        }),
        at.writes(|part: &mut Part, text: String| {
            let url = part.consent.take().and_then(|one| one.url);
            part.consent = (!text.trim().is_empty()).then_some(Consent { text, url });
        }),
    );
    let url = line(
        at,
        about(
            "before.consent.url",
            t::consent_link(),
            t::consent_link_about(),
        ),
        at.reads(|part: &Part| {
            let url = part.consent.as_ref().and_then(|one| one.url.clone());
            url.unwrap_or_default()
        }),
        at.writes(|part: &mut Part, url: String| {
            let url = url.trim().to_owned();
            if let Some(consent) = &mut part.consent {
                consent.url = (!url.is_empty()).then_some(url);
            }
        }),
    );
    view! { {text} {url} }.painted()
}
