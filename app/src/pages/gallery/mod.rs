//! Every part in every state, side by side: to look at, and to be compared by the browser tests.
//!
//! A program of its own, which only builds for development have.

mod cards;
mod controls;
mod feedback;
mod handoffs;
mod sample;
mod stage;
mod talk;

use leptos::prelude::*;

use crate::parts::late::IntoLate;

/// Parts that belong together, with the address on the page.
type Family = (&'static str, fn() -> Vec<AnyView>);

/// All of them.
const FAMILIES: [Family; 5] = [
    ("controls", controls::all),
    ("feedback", feedback::all),
    ("cards", cards::all),
    ("talk", talk::all),
    ("handoffs", handoffs::all),
];

/// The whole gallery. The server paints none of it.
pub(crate) fn gallery() -> AnyView {
    let family = |(name, all): Family| {
        view! {
            <section id=name>
                <h2>{name}</h2>
                <div class="specimens">{all()}</div>
            </section>
        }
        .late()
    };
    FAMILIES.map(family).collect_view().late()
}
