//! The panes: the visitor's site, each agent's inbox, and the log.

use leptos::prelude::*;
use protocol::playground::ACTORS;

use super::follows::Playing;
use super::log;
use crate::parts::painted::IntoPainted;
use crate::words::t;

/// What a phone shows alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    Visitor,
    Agent(usize),
    Log,
}

impl Shown {
    fn name(self) -> &'static str {
        match self {
            Self::Visitor => "visitor",
            Self::Agent(0) => "first",
            Self::Agent(_) => "second",
            Self::Log => "log",
        }
    }
}

/// All panes of a playground. Until it ends none is ever taken away, only out of sight: a frame that goes away
/// forgets.
pub(super) fn panes(playing: Playing, id: String) -> AnyView {
    let shown = RwSignal::new(Shown::Visitor);
    let name = move |at: usize| {
        playing.open.with_untracked(|open| {
            let found = open.as_ref().and_then(|open| open.agents.get(at));
            found.cloned().unwrap_or_default()
        })
    };
    let tab = move |to: Shown, words: String| {
        view! {
            <button
                type="button"
                data-to=to.name()
                aria-pressed=move || (shown.get() == to).to_string()
                on:click=move |_| shown.set(to)
            >
                {words}
            </button>
        }
        .painted()
    };
    let agents = (0..ACTORS.len()).map(|at| {
        let words = name(at);
        view! {
            <iframe
                class=Shown::Agent(at).name()
                title=t::play_inbox_of(&words)
                src=format!("/playground/{id}/{}/inbox", ACTORS[at])
            ></iframe>
        }
        .painted()
    });
    let agents = agents.collect_view();
    view! {
        <div class="panes" data-shown=move || shown.get().name()>
            <div class="segments which" role="group" aria-label=t::play_panes()>
                {tab(Shown::Visitor, t::play_visitor().to_owned())}
                {(0..ACTORS.len()).map(|at| tab(Shown::Agent(at), name(at))).collect_view()}
                {tab(Shown::Log, t::play_log().to_owned())}
            </div>
            <section class="visitor" aria-label=t::play_visitor()>
                <h2>{t::play_visitor()}</h2>
                <iframe title=t::play_visitor() src=format!("/playground/{id}/visitor/site")></iframe>
            </section>
            <section class="agents" aria-label=t::play_agents()>
                {agents}
            </section>
            {log::log(playing)}
        </div>
    }
    .painted()
}
