//! The command palette: everything that can be done now, every conversation that is loaded, and what
//! the server finds in all messages, notes and contacts.

mod choice;
mod rows;

use std::time::Duration;

use leptos::ev::KeyboardEvent;
use leptos::html::{self, Input};
use leptos::prelude::*;

use super::Desk;
use super::commands::Command;
use crate::live::Live;
use crate::live::state::{Search, Stage};
use crate::parts::follow::{effect, follow, reads};
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::parts::memo::memo;
use crate::words::t;
use choice::{Choice, choices};
use rows::rows;

/// What is searched for is asked of the server once so long nothing more was typed.
const PAUSE: Duration = Duration::from_millis(180);

/// The palette, while it is open. The browser returns the focus to where it was.
#[component]
pub(crate) fn Palette() -> impl IntoView {
    let desk = Desk::here();
    follow(move || desk.palette.get().then(|| view! { <Open/> }))
}

#[component]
fn Open() -> impl IntoView {
    let (live, desk) = (Live::here(), Desk::here());
    let (dialog, input) = (NodeRef::<html::Dialog>::new(), NodeRef::<Input>::new());
    let query = RwSignal::new(String::new());
    let chosen = RwSignal::new(0_usize);
    // As things are when it opens: what it lists must not change under the finger. Who came to search
    // is not offered what can be done.
    let searching = desk.searching.get_untracked();
    let possible: Vec<Command> = Command::ALL
        .into_iter()
        .filter(|command| !searching && *command != Command::Palette)
        .filter(|command| command.is_possible(live, desk))
        .collect();
    let search = memo(move || live.read(|state| state.search.clone()));
    let hits = memo(move || choices(live, &possible, &query.read(), &search.read()));
    effect(move || {
        if let Some(dialog) = dialog.get().filter(|dialog| !dialog.open()) {
            // Fails for one that is not in the page; the next try is the reader's.
            let _shown = dialog.show_modal();
        }
    });
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let run = move |at: usize| {
        let Some(hit) = hits.with_untracked(|hits| hits.get(at).cloned()) else {
            return;
        };
        if hit == Choice::More {
            return live.act_with_key(|state, key| state.search_on(key));
        }
        close();
        // Once the focus is back where it was.
        request_animation_frame(move || match hit {
            Choice::Command(command) => command.run(live, desk),
            Choice::Conversation { id, .. } | Choice::Found { id, line: None, .. } => {
                desk.place.go(id);
            }
            Choice::Found {
                id,
                line: Some(line),
                ..
            } => {
                desk.place.go(id);
                live.act(|state| {
                    state.open(id);
                    state.seek(id, line.seq);
                });
            }
            Choice::More => {}
        });
    };
    let on_key = move |event: KeyboardEvent| {
        let last = hits.with_untracked(Vec::len).saturating_sub(1);
        let at = chosen.get_untracked();
        let to = match event.key().as_str() {
            "ArrowDown" => (at + 1).min(last),
            "ArrowUp" => at.saturating_sub(1),
            "Home" => 0,
            "End" => last,
            "Enter" => {
                event.prevent_default();
                return run(at);
            }
            _ => return,
        };
        event.prevent_default();
        chosen.set(to);
    };
    let active = reads(move || {
        let any = hits.with(|hits| !hits.is_empty());
        any.then(|| format!("hit-{}", chosen.get()))
    });
    let list = move || {
        // Before what is derived from it: a change that leaves the derived as it was would go unnoticed
        // behind it.
        search.track();
        let hits = hits.get();
        if hits.is_empty() {
            let sentence = why_none(&search.read(), &query.get_untracked());
            return view! { <div class="none" role="option" aria-disabled="true" aria-selected="false">{sentence}</div> }.late();
        }
        rows(live, hits, chosen, run)
    };
    let status = move || {
        let search = search.read();
        match &search.stage {
            Stage::Asked => t::searching().to_owned(),
            Stage::Failed(why) => why.clone(),
            Stage::Idle | Stage::Found => String::new(),
        }
    };
    let label = match searching {
        true => t::search_word(),
        false => t::do_palette(),
    };
    let hint = match searching {
        true => t::search_word(),
        false => t::palette_hint(),
    };
    view! {
        <dialog
            class="palette"
            aria-label=label
            node_ref=dialog
            on:close=move |_| {
                desk.palette.set(false);
                desk.searching.set(false);
                live.act(|state| state.search = Search::default());
            }
            on:click=move |event| {
                // Beside it: its own parts are the targets of clicks within.
                if event.target() == event.current_target() {
                    close();
                }
            }
        >
            <div class="q">
                <Icon name="search"/>
                <input
                    type="text"
                    role="combobox"
                    aria-label=label
                    aria-expanded="true"
                    aria-controls="hits"
                    aria-autocomplete="list"
                    aria-activedescendant=active
                    placeholder=hint
                    node_ref=input
                    on:input=move |event| {
                        let typed = event_target_value(&event);
                        chosen.set(0);
                        query.set(typed.clone());
                        set_timeout(
                            move || {
                                if query.try_get_untracked().as_ref() == Some(&typed) {
                                    ask(live, &typed);
                                }
                            },
                            PAUSE,
                        );
                    }
                    on:keydown=on_key
                />
                <kbd class="desk-only">"Esc"</kbd>
            </div>
            <div class="hits menu" role="listbox" id="hits" aria-label=t::found_list()>
                {follow(list)}
            </div>
            <footer role="status">{reads(status)}</footer>
        </dialog>
    }
    .late()
}

/// Asks the server, but for one letter of a script that has words: nearly everything begins with it.
fn ask(live: Live, typed: &str) {
    let typed = match typed.trim() {
        short if short.len() < 2 => "",
        typed => typed,
    };
    live.act_with_key(|state, key| state.search(typed, key));
}

fn why_none(search: &Search, query: &str) -> String {
    match search.stage {
        Stage::Asked => t::searching().to_owned(),
        Stage::Idle if query.trim().len() < 2 => t::search_word().to_owned(),
        Stage::Idle | Stage::Found | Stage::Failed(_) => t::nothing_for(&query),
    }
}
