//! Presence: a full disc is online, a half one away, a ring offline.

use leptos::prelude::*;

use crate::parts::painted::IntoPainted;
use crate::words::t;
use protocol::person::Availability;

/// The word for an availability.
pub(crate) fn word(availability: Availability) -> &'static str {
    match availability {
        Availability::Online => t::online(),
        Availability::Away => t::away(),
        Availability::Offline => t::offline(),
    }
}

/// A dot whose shape tells the availability; the word stands beside it or in a title.
#[component]
pub(crate) fn Dot(#[prop(into)] is: Signal<Availability>) -> impl IntoView {
    let name = move || match is.get() {
        Availability::Online => "online",
        Availability::Away => "away",
        Availability::Offline => "offline",
    };
    view! { <span class="dot" data-is=name></span> }.painted()
}
