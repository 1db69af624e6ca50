//! The command palette: everything that can be done now, and every conversation that is loaded, by a few letters.

use leptos::ev::KeyboardEvent;
use leptos::html::{self, Input};
use leptos::prelude::*;
use protocol::ConversationId;

use super::Desk;
use super::commands::{Command, Group};
use crate::live::Live;
use crate::live::search::matches;
use crate::parts::follow::{effect, follow, reads};
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::parts::memo::memo;
use crate::words::t;

/// How many conversations are listed.
const CONVERSATIONS: usize = 8;

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Hit {
    Command(Command),
    Conversation(ConversationId, String, String),
}

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
    // As things are when it opens: what it lists must not change under the finger.
    let possible: Vec<Command> = Command::ALL
        .into_iter()
        .filter(|command| *command != Command::Palette && command.is_possible(live, desk))
        .collect();
    let hits = memo(move || found(live, &possible, &query.read()));
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
        close();
        // Once the focus is back where it was.
        request_animation_frame(move || match hit {
            Hit::Command(command) => command.run(live, desk),
            Hit::Conversation(id, ..) => desk.place.go(id),
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
        let hits = hits.get();
        if hits.is_empty() {
            let sentence = t::nothing_for(&query.get_untracked());
            return view! { <div class="none" role="option" aria-disabled="true" aria-selected="false">{sentence}</div> }.late();
        }
        listed(hits, chosen, run)
    };
    view! {
        <dialog
            class="palette"
            aria-label=t::do_palette()
            node_ref=dialog
            on:close=move |_| desk.palette.set(false)
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
                    aria-label=t::do_palette()
                    aria-expanded="true"
                    aria-controls="hits"
                    aria-autocomplete="list"
                    aria-activedescendant=active
                    placeholder=t::palette_hint()
                    node_ref=input
                    on:input=move |event| {
                        query.set(event_target_value(&event));
                        chosen.set(0);
                    }
                    on:keydown=on_key
                />
                <kbd class="desk-only">"Esc"</kbd>
            </div>
            <div class="hits menu" role="listbox" id="hits" aria-label=t::found_list()>
                {follow(list)}
            </div>
        </dialog>
    }
    .late()
}

fn listed(
    hits: Vec<Hit>,
    chosen: RwSignal<usize>,
    run: impl Fn(usize) + Copy + 'static,
) -> AnyView {
    let mut heading = "";
    let mut views = Vec::new();
    for (at, hit) in hits.into_iter().enumerate() {
        let (group, icon, keys, word, more) = match hit {
            Hit::Command(command) => {
                let (group, keys, word) = command.about();
                let icon = match group {
                    Group::Conversation => "chat",
                    Group::List => "list",
                    Group::Anywhere => "sliders",
                };
                (group.word(), icon, keys, word.to_owned(), String::new())
            }
            Hit::Conversation(_, name, last) => (t::conversations(), "person", &[][..], name, last),
        };
        if heading != group {
            heading = group;
            views.push(view! { <h3 role="presentation">{group}</h3> }.late());
        }
        let keys = keys.iter().map(|key| view! { <kbd>{*key}</kbd> });
        let selected = reads(move || (chosen.get() == at).to_string());
        let node = NodeRef::<html::Div>::new();
        effect(move || {
            if let Some(node) = node.get().filter(|_| chosen.get() == at) {
                crate::live::browser::keep_in_sight(&node);
            }
        });
        views.push(
            view! {
                <div
                    role="option"
                    id=format!("hit-{at}")
                    aria-selected=selected
                    node_ref=node
                    on:click=move |_| run(at)
                >
                    <Icon name=icon/>
                    <span class="cut">{word} " " <span class="faint">{more}</span></span>
                    <span class="keys" aria-hidden="true">{keys.collect_view()}</span>
                </div>
            }
            .late(),
        );
    }
    views.into_iter().collect_view().late()
}

/// What fits to the letters: with none of them the commands alone.
fn found(live: Live, possible: &[Command], query: &str) -> Vec<Hit> {
    let fitting = possible
        .iter()
        .filter(|command| matches(command.about().2, query));
    let mut hits: Vec<Hit> = fitting.map(|command| Hit::Command(*command)).collect();
    if !query.trim().is_empty() {
        let conversations = live.peek(|state| {
            let cards = state.lists.all().iter();
            let fitting = cards.filter(|card| {
                matches(&card.visitor.name, query) || matches(&card.last.text, query)
            });
            let hit = |card: &std::sync::Arc<protocol::card::Card>| {
                let (name, last) = (
                    card.visitor.name.clone(),
                    crate::words::last_line(&card.last),
                );
                Hit::Conversation(card.conversation, name, last)
            };
            fitting.take(CONVERSATIONS).map(hit).collect::<Vec<_>>()
        });
        hits.extend(conversations);
    }
    hits
}
