//! What a saved reply does after it is sent: added from a list, taken out, and ended by what leaves.

use leptos::prelude::*;
use protocol::entry::{Destination, Outcome};
use protocol::forms::RepliesView;
use protocol::limits;
use protocol::reply::Step;

use super::Page;
use crate::parts::icon::Icon;
use crate::parts::painted::IntoPainted;
use crate::words::{self, Named, t};

/// For how many minutes a conversation can be put aside.
const MINUTES: [u32; 4] = [60, 3 * 60, 24 * 60, 7 * 24 * 60];

/// The steps in their order, and what can be added.
#[component]
pub(super) fn Steps(steps: RwSignal<Vec<Step>>, may: bool) -> impl IntoView {
    let page = Page::here();
    // A note that is typed in stays as it is; only what comes and goes is drawn anew.
    let shape = Memo::new(move |_| {
        let steps = steps.get().into_iter();
        steps
            .map(|step| match step {
                Step::Note(_) => Step::Note(String::new()),
                step => step,
            })
            .collect::<Vec<_>>()
    });
    let rows = move || {
        let rows = shape.get().into_iter().enumerate();
        rows.map(|(at, step)| row(page, steps, (at, &step), may))
            .collect_view()
    };
    view! {
        <fieldset class="field steps">
            <legend>{t::afterwards()}</legend>
            <span class="hint">{t::steps_about()}</span>
            <ol>{rows}</ol>
            {may.then(|| add(page, steps))}
        </fieldset>
    }
    .painted()
}

fn row(page: Page, steps: RwSignal<Vec<Step>>, (at, step): (usize, &Step), may: bool) -> AnyView {
    let words = in_words(page, step);
    let note = matches!(step, Step::Note(_)).then(|| {
        let text = steps.with_untracked(|steps| match steps.get(at) {
            Some(Step::Note(note)) => note.clone(),
            _ => String::new(),
        });
        let typed = move |event| {
            let typed = event_target_value(&event);
            steps.update(|steps| {
                if let Some(Step::Note(note)) = steps.get_mut(at) {
                    *note = typed;
                }
            });
        };
        view! {
            <textarea
                class="input"
                rows="2"
                readonly=!may
                aria-label=t::step_note()
                prop:value=text
                on:input=typed
            ></textarea>
        }
    });
    let remove = may.then(|| {
        let take_out = move |_| {
            steps.update(|steps| {
                if at < steps.len() {
                    steps.remove(at);
                }
            });
        };
        view! {
            <button
                type="button"
                class="btn sq sm"
                data-kind="quiet"
                aria-label=t::remove_step(&words)
                on:click=take_out
            >
                <Icon name="x" size="s"/>
            </button>
        }
    });
    view! {
        <li>
            <span>{words.clone()}</span>
            {remove}
            {note}
        </li>
    }
    .painted()
}

fn add(page: Page, steps: RwSignal<Vec<Step>>) -> AnyView {
    let groups = page.view.with_untracked(choices);
    let all: Vec<Step> = groups
        .iter()
        .flat_map(|(_, choices)| choices.iter().cloned())
        .collect();
    let mut at = 0;
    let options = groups.into_iter().map(|(group, choices)| {
        let options = choices.into_iter().map(|step| {
            at += 1;
            view! { <option value=(at - 1).to_string()>{in_words(page, &step)}</option> }
        });
        let options = options.collect_view();
        view! { <optgroup label=group>{options}</optgroup> }
    });
    let options = options.collect_view();
    let choice = RwSignal::new(String::new());
    let chosen = move |event| {
        let typed = event_target_value(&event);
        choice.set(typed.clone());
        let step = typed
            .parse()
            .ok()
            .and_then(|at: usize| all.get(at).cloned());
        if let Some(step) = step {
            steps.update(|steps| put(steps, step));
        }
        // Back to the first line, so that the same can be chosen again.
        choice.set(String::new());
    };
    let full = move || steps.with(|steps| steps.len() >= limits::STEPS);
    view! {
        <select
            class="input"
            aria-label=t::add_step()
            disabled=full
            prop:value=choice
            on:change=chosen
        >
            <option value="">{t::add_step()}</option>
            {options}
        </select>
    }
    .painted()
}

/// Puts a step in its place: what leaves is the last one, and there is one of it.
fn put(steps: &mut Vec<Step>, step: Step) {
    let end = steps.iter().position(Step::leaves);
    match end {
        Some(end) if step.leaves() => steps[end] = step,
        Some(end) => steps.insert(end, step),
        None => steps.push(step),
    }
}

/// Everything that can be added, in groups.
fn choices(view: &RepliesView) -> [(&'static str, Vec<Step>); 6] {
    let categories = view.labels.categories.iter().filter(|one| !one.retired);
    let tags = || view.labels.tags.iter().filter(|one| !one.retired);
    let mut pass = vec![Step::Transfer(Destination::Queue)];
    let groups = view.groups.iter();
    pass.extend(groups.map(|group| Step::Transfer(Destination::Group(group.id))));
    let team = view.team.iter();
    pass.extend(team.map(|(id, _)| Step::Transfer(Destination::Agent(*id))));
    let mut aside = vec![Step::Snooze(None)];
    aside.extend(MINUTES.map(|minutes| Step::Snooze(Some(minutes))));
    let mut labels: Vec<_> = tags().map(|tag| Step::AddTag(tag.id)).collect();
    labels.extend(tags().map(|tag| Step::RemoveTag(tag.id)));
    [
        (t::notes(), vec![Step::Note(String::new())]),
        (
            t::category(),
            categories.map(|one| Step::Category(one.id)).collect(),
        ),
        (t::tags(), labels),
        (t::step_pass_word(), pass),
        (t::snooze(), aside),
        (
            t::resolve_word(),
            vec![
                Step::Resolve(Outcome::RestoredToAi),
                Step::Resolve(Outcome::Closed),
            ],
        ),
    ]
}

/// What a step does.
pub(super) fn in_words(page: Page, step: &Step) -> String {
    page.view.with_untracked(|view| {
        let unknown = || t::unknown_label().to_owned();
        words::step(step, &|named| match named {
            Named::Category(id) => {
                let found = view.labels.categories.iter().find(|one| one.id == id);
                found.map_or_else(unknown, |one| one.name.clone())
            }
            Named::Tag(id) => {
                let found = view.labels.tags.iter().find(|one| one.id == id);
                found.map_or_else(unknown, |one| one.name.clone())
            }
            Named::Group(id) => {
                let found = view.groups.iter().find(|one| one.id == id);
                found.map_or_else(unknown, |one| one.name.clone())
            }
            Named::Agent(id) => {
                let found = view.team.iter().find(|(one, _)| *one == id);
                found.map_or_else(unknown, |(_, name)| name.clone())
            }
        })
    })
}
