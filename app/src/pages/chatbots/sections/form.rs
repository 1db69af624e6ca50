//! What visitors are asked for when nobody can answer.

use leptos::prelude::*;
use protocol::settings::{Ask, CustomField, FormSettings};

use super::super::block::block;
use super::super::editing::Editing;
use super::super::fields::{About, about, area, choice, lines};
use crate::parts::painted::IntoPainted;
use crate::words::t;

type Part = FormSettings;

/// Behind the name of a field of one's own that has to be filled in.
const REQUIRED: char = '*';

pub(in super::super) fn view(at: Editing) -> AnyView {
    let name = ask(
        at,
        about("form.name", t::name(), ""),
        |p| p.name,
        |p, ask| p.name = ask,
    );
    let email = ask(
        at,
        about("form.email", t::email(), ""),
        |p| p.email,
        |p, ask| p.email = ask,
    );
    let phone = ask(
        at,
        about("form.phone", t::phone(), ""),
        |p| p.phone,
        |p, ask| p.phone = ask,
    );
    let message = ask(
        at,
        about("form.message", t::message_word(), ""),
        |p| p.message,
        |p, ask| p.message = ask,
    );
    let custom = lines(
        at,
        about("form.custom", t::own_fields(), t::own_fields_about()),
        at.reads(|part: &Part| part.custom.iter().map(custom_line).collect()),
        at.writes(|part: &mut Part, lines: Vec<String>| {
            part.custom = lines.iter().map(|line| custom_field(line)).collect();
        }),
    );
    let consent = area(
        at,
        about("form.consent", t::consent(), t::consent_about()),
        2,
        at.reads(|part: &Part| part.consent.clone().unwrap_or_default()),
        at.writes(|part: &mut Part, text: String| {
            part.consent = (!text.trim().is_empty()).then_some(text);
        }),
    );
    let controls = view! {
        {name}
        {email}
        {phone}
        {message}
        {custom}
        {consent}
    };
    block::<Part>(
        at,
        t::contact_form(),
        t::contact_form_about(),
        controls.painted(),
    )
}

fn ask(at: Editing, about: About, read: fn(&Part) -> Ask, write: fn(&mut Part, Ask)) -> AnyView {
    choice(at, about, asks(), at.reads(read), at.writes(write))
}

/// Whether something is asked for.
pub(super) fn asks() -> Vec<(Ask, &'static str)> {
    vec![
        (Ask::Required, t::ask_required()),
        (Ask::Optional, t::ask_optional()),
        (Ask::Off, t::ask_off()),
    ]
}

/// A field of one's own as it is typed: by its label, with a mark when it has to be filled in.
pub(super) fn custom_line(field: &CustomField) -> String {
    let mark = if field.required { "*" } else { "" };
    format!("{}{mark}", field.label)
}

/// The field of such a line.
pub(super) fn custom_field(line: &str) -> CustomField {
    let label = line.trim_end_matches(REQUIRED).trim();
    CustomField {
        label: label.to_owned(),
        required: line.ends_with(REQUIRED),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_written_and_read_with_its_mark() {
        for (line, label, required) in [("Order", "Order", false), ("Shop*", "Shop", true)] {
            let field = custom_field(line);
            assert_eq!((label, required), (field.label.as_str(), field.required));
            assert_eq!(line, custom_line(&field));
        }
    }
}
