//! What is pressed and filled in, and the small marks beside it.

use leptos::prelude::*;
use protocol::person::Availability;

use super::sample::face;
use super::stage::specimen;
use crate::parts::dot::Dot;
use crate::parts::face::Face;
use crate::parts::field::{Field, Purpose};
use crate::parts::icon::Icon;
use crate::parts::key::Key;
use crate::parts::late::IntoLate;
use crate::parts::painted::IntoPainted;

/// Kinds of buttons; the first is the plain one.
const KINDS: [&str; 6] = ["", "primary", "soft", "quiet", "danger", "link"];

pub(super) fn all() -> Vec<AnyView> {
    let mut all: Vec<AnyView> = KINDS.into_iter().map(buttons).collect();
    all.extend([
        specimen("field", field("Name", "", None)),
        specimen("field, with a hint", field("E-mail", "For replies.", None)),
        specimen(
            "field, refused",
            field("Password", "", Some("Choose a longer one.")),
        ),
        specimen("faces", faces()),
        specimen("availability", dots()),
        specimen("keys", keys()),
        specimen("chips", chips()),
        specimen("progress", progress()),
    ]);
    all
}

fn buttons(kind: &'static str) -> AnyView {
    let one = |class: &'static str, disabled: bool, busy: bool| {
        view! {
            <button
                type="button"
                class=class
                data-kind=kind
                disabled=disabled
                aria-busy=busy.then_some("true")
            >
                <Icon name="done" size="s"/>
                "Take over"
            </button>
        }
        .late()
    };
    let square = view! {
        <button type="button" class="btn sq" data-kind=kind aria-label="Close">
            <Icon name="x"/>
        </button>
    };
    let name = match kind {
        "" => "button",
        "primary" => "button, primary",
        "soft" => "button, soft",
        "quiet" => "button, quiet",
        "danger" => "button, dangerous",
        _ => "button, as a link",
    };
    let row = view! {
        <div class="row">
            {one("btn", false, false)} {one("btn sm", false, false)} {one("btn", true, false)}
            {one("btn", false, true)} {square}
        </div>
    };
    specimen(name, row.late())
}

fn field(label: &'static str, hint: &'static str, error: Option<&str>) -> AnyView {
    let error = error.map(str::to_owned);
    let purpose = Purpose {
        label,
        name: label,
        kind: "text",
        autocomplete: "off",
        hint,
    };
    view! { <Field purpose error=Signal::derive(move || error.clone())/> }.painted()
}

fn faces() -> AnyView {
    let one = |size: &'static str| view! { <Face person=face("Elif Kaya", 160) size/> }.late();
    let sizes = ["xs", "sm", "", "lg", "xl"].map(one);
    view! { <div class="row">{sizes}</div> }.late()
}

fn dots() -> AnyView {
    let all = [
        (Availability::Online, "Mara Lindqvist", 20),
        (Availability::Away, "Priya Nair", 300),
        (Availability::Offline, "Sam Okafor", 120),
    ];
    let one = |(is, name, hue): (Availability, &str, u16)| {
        view! {
            <Face person=face(name, hue)>
                <Dot is=Signal::stored(is)/>
            </Face>
        }
        .late()
    };
    view! { <div class="row">{all.map(one)}</div> }.late()
}

fn keys() -> AnyView {
    let all = ["T", "Esc", "Ctrl K"].map(|name| view! { <Key name/> }.late());
    view! { <div class="row">{all}</div> }.late()
}

fn chips() -> AnyView {
    let kinds = ["", "line", "ai", "accent", "warn", "ok", "bad"];
    let one = |kind: &'static str| {
        view! {
            <span class="chip" data-kind=kind>
                "refund"
            </span>
        }
        .late()
    };
    view! {
        <div class="row">
            {kinds.map(one)} <span class="count" data-kind="unread">
                "3"
            </span> <span class="count">"12"</span>
        </div>
    }
    .late()
}

fn progress() -> AnyView {
    view! {
        <div class="stack">
            <progress class="bar" value="40" max="100" aria-label="Upload"></progress>
        </div>
    }
    .late()
}
