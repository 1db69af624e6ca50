//! The lines of the palette, under their headings.

use leptos::html;
use leptos::prelude::*;
use protocol::search::{FoundIn, Mark};

use super::super::commands::Group;
use super::choice::Choice;
use crate::live::{Live, local};
use crate::parts::follow::{effect, reads};
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::words::t;

/// One line: its heading, icon, words and what stands at its end.
struct Shown {
    group: &'static str,
    icon: &'static str,
    words: AnyView,
    end: AnyView,
}

/// Every choice as a line, under headings.
pub(super) fn rows(
    live: Live,
    choices: Vec<Choice>,
    chosen: RwSignal<usize>,
    run: impl Fn(usize) + Copy + 'static,
) -> AnyView {
    let mut heading = "";
    let mut views = Vec::new();
    for (at, choice) in choices.into_iter().enumerate() {
        let Shown {
            group,
            icon,
            words,
            end,
        } = shown(live, choice);
        if heading != group {
            heading = group;
            views.push(view! { <h3 role="presentation">{group}</h3> }.late());
        }
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
                    <span class="cut">{words}</span>
                    {end}
                </div>
            }
            .late(),
        );
    }
    views.into_iter().collect_view().late()
}

fn shown(live: Live, choice: Choice) -> Shown {
    match choice {
        Choice::Command(command) => {
            let (group, keys, word) = command.about();
            let icon = match group {
                Group::Conversation => "chat",
                Group::List => "list",
                Group::Anywhere => "sliders",
            };
            let keys = keys.iter().map(|key| view! { <kbd>{*key}</kbd> });
            let end = view! { <span class="keys" aria-hidden="true">{keys.collect_view()}</span> };
            line(group.word(), icon, word.late(), end.late())
        }
        Choice::Conversation { name, last, .. } => {
            let words = view! { {name} " " <span class="faint">{last}</span> };
            line(t::conversations(), "person", words.late(), ().late())
        }
        Choice::Found {
            name,
            name_marks,
            line: None,
            ..
        } => line(
            t::found_contacts(),
            "person",
            marked(&name, &name_marks),
            ().late(),
        ),
        Choice::Found {
            name,
            line: Some(found),
            ..
        } => {
            let icon = match found.found_in {
                FoundIn::Message => "chat",
                FoundIn::Note => "note",
                FoundIn::Details => "form",
            };
            let when = local::ago(found.at, live.now_untracked());
            let end = view! { <time class="keys num faint">{when}</time> };
            let words = view! { <b>{name}</b> " " {marked(&found.text, &found.marks)} };
            line(t::found_messages(), icon, words.late(), end.late())
        }
        Choice::More => line(
            t::found_messages(),
            "down",
            t::search_more().late(),
            ().late(),
        ),
    }
}

fn line(group: &'static str, icon: &'static str, words: AnyView, end: AnyView) -> Shown {
    Shown {
        group,
        icon,
        words,
        end,
    }
}

/// A text with what was found in it.
fn marked(text: &str, marks: &[Mark]) -> AnyView {
    let mut letters = text.chars();
    let mut at = 0;
    let mut views = Vec::new();
    for mark in marks {
        let before: String = letters.by_ref().take((mark.from - at) as usize).collect();
        let found: String = letters
            .by_ref()
            .take((mark.to - mark.from) as usize)
            .collect();
        at = mark.to;
        views.push(before.late());
        views.push(view! { <mark>{found}</mark> }.late());
    }
    let rest: String = letters.collect();
    views.push(rest.late());
    views.into_iter().collect_view().late()
}
