//! A part of the settings on the page: its heading, where it comes from, the way back, its controls.

use leptos::prelude::*;

use super::editing::{Editing, Part};
use crate::live::browser;
use crate::parts::follow::reads;
use crate::parts::icon::Icon;
use crate::parts::painted::IntoPainted;
use crate::words::t;

/// One part, with whatever changes it.
pub(super) fn block<P: Part>(
    at: Editing,
    title: &'static str,
    lead: &'static str,
    controls: AnyView,
) -> AnyView {
    let own = reads(move || at.draft.with(|draft| P::own(draft).is_some()));
    let reset = Callback::new(move |()| at.reset::<P>());
    section((title, lead), at.chatbot.is_some(), (own, reset), controls)
}

/// The same, compiled once and not for every part.
fn section(
    (title, lead): (&'static str, &'static str),
    of_chatbot: bool,
    (own, reset): (Signal<bool>, Callback<()>),
    controls: AnyView,
) -> AnyView {
    let inherit = move |_| {
        reset.run(());
        // The button goes with it; who works by keys goes on in what it was about.
        browser::focus(&format!(".block[aria-label=\"{title}\"]"));
    };
    let origin = move || {
        let (words, back) = match (own.get(), of_chatbot) {
            (true, true) => (t::set_here(), t::inherit_again()),
            (false, true) => (t::inherited(), ""),
            (true, false) => (t::set_here(), t::as_it_comes()),
            (false, false) => (t::as_it_comes(), ""),
        };
        let back = own.get().then(|| {
            view! {
                <button type="button" class="btn sm" data-kind="quiet" on:click=inherit>
                    <Icon name="back" size="s"/>
                    {back}
                </button>
            }
            .painted()
        });
        view! {
            <span class="from" data-is=own.get().then_some("own")>
                {words}
                {back}
            </span>
        }
        .painted()
    };
    let lead = (!lead.is_empty()).then(|| view! { <p>{lead}</p> }.painted());
    view! {
        <section class="block" aria-label=title tabindex="-1">
            <header>
                <div>
                    <h2>{title}</h2>
                    {lead}
                </div>
                {origin}
            </header>
            {controls}
        </section>
    }
    .painted()
}
