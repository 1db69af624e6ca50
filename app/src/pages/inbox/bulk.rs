//! What is done to the conversations that are chosen, how far it got, and what was refused.

use leptos::prelude::*;
use protocol::entry::Outcome;
use protocol::label::LabelChange;

use super::Desk;
use super::snooze::choices;
use crate::live::Live;
use crate::live::state::{Bulk, Report};
use crate::parts::follow::{follow, reads};
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::parts::memo::memo;
use crate::words::t;

/// The bar above the rows, while some are chosen or something was done to them.
#[component]
pub(crate) fn BulkBar() -> impl IntoView {
    let (live, desk) = (Live::here(), Desk::here());
    let report = memo(move || live.read(|state| state.report.clone()));
    let shown = memo(move || {
        (
            desk.chosen.with(|chosen| !chosen.is_empty()),
            report.read().all > 0,
        )
    });
    follow(move || match shown.get() {
        (true, false) => view! { <Choices/> }.late(),
        (_, true) => view! { <Outcomes report/> }.late(),
        (false, false) => ().late(),
    })
}

/// What can be done to those that are chosen.
#[component]
fn Choices() -> impl IntoView {
    let (live, desk) = (Live::here(), Desk::here());
    let groups = groups(live);
    let acts: Vec<Bulk> = groups
        .iter()
        .flat_map(|(_, acts)| acts.iter().map(|(_, act)| *act))
        .collect();
    let mut at = 0;
    let options = groups.into_iter().map(|(group, acts)| {
        let options = acts.into_iter().map(|(name, _)| {
            at += 1;
            view! { <option value=(at - 1).to_string()>{name}</option> }.late()
        });
        let options = options.collect_view();
        view! { <optgroup label=group>{options}</optgroup> }.late()
    });
    let options = options.collect_view();
    let act = RwSignal::new(String::new());
    let count = reads(move || t::chosen_count(desk.chosen.with(Vec::len) as u64));
    let cut = reads(move || act.with(String::is_empty) || !live.frame(|frame| frame.is_live()));
    let run = move |_| {
        let act = act.get_untracked().parse().ok();
        let act = act.and_then(|at: usize| acts.get(at).copied());
        let chosen = desk.chosen.get_untracked();
        if let Some(act) = act {
            live.act_with_keys(chosen.len(), |state, keys| {
                state.do_to_all(&chosen, act, keys)
            });
        }
    };
    view! {
        <div class="bulk" role="group" aria-label=t::with_chosen()>
            <b role="status">{count}</b>
            <select
                class="input"
                aria-label=t::with_chosen()
                on:change=move |event| act.set(event_target_value(&event))
            >
                <option value="">{t::what_to_do()}</option>
                {options}
            </select>
            <button type="button" class="btn sm" data-kind="primary" disabled=cut on:click=run>
                {t::do_it()}
            </button>
            <Clear/>
        </div>
    }
    .late()
}

/// Everything that can be done to several, in groups, by name.
fn groups(live: Live) -> Vec<(&'static str, Vec<(String, Bulk)>)> {
    let word = |name: &'static str, act: Bulk| (name.to_owned(), act);
    let resolve = vec![
        word(t::restore_to_ai(), Bulk::Resolve(Outcome::RestoredToAi)),
        word(t::close(), Bulk::Resolve(Outcome::Closed)),
    ];
    let times = choices(live).into_iter();
    let times = times.map(|(name, until, _)| word(name, Bulk::Snooze(until)));
    let (categories, tags) = live.peek(|state| {
        let categories = state.labels.categories.iter().filter(|one| !one.retired);
        let category = |one: &protocol::label::Category| {
            let change = LabelChange::Category(Some(one.id));
            (one.name.clone(), Bulk::Label(change))
        };
        let tags = state.labels.tags.iter().filter(|one| !one.retired);
        let tag = |one: &protocol::label::Tag| {
            (one.name.clone(), Bulk::Label(LabelChange::AddTag(one.id)))
        };
        (categories.map(category).collect(), tags.map(tag).collect())
    });
    let read = vec![word(t::mark_read(), Bulk::Read)];
    vec![
        (t::resolve_word(), resolve),
        (t::snooze(), times.collect()),
        (t::category(), categories),
        (t::add_tag(), tags),
        (t::unread_word(), read),
    ]
}

/// How far it got, and at its end what was refused and why.
#[component]
fn Outcomes(report: Memo<Report>) -> impl IntoView {
    let inner = move || {
        let report = report.get();
        let Report {
            all, done, refused, ..
        } = &report;
        let (all, done) = (*all as u64, *done as u64);
        if !report.is_over() {
            let settled = done + refused.len() as u64;
            return view! {
                <b role="status">{t::bulk_progress(&settled, &all)}</b>
                <progress max=all.to_string() value=settled.to_string() aria-label=t::with_chosen()></progress>
            }
            .late();
        }
        let rows = refused
            .iter()
            .map(|(name, why)| view! { <li><b>{name.clone()}</b> " " {why.clone()}</li> }.late());
        let rows = rows.collect_view();
        let some = (!refused.is_empty()).then(|| {
            view! {
                <details open>
                    <summary>{t::bulk_refused(refused.len() as u64)}</summary>
                    <ul>{rows}</ul>
                </details>
            }
        });
        view! {
            <b role="status">{t::bulk_done(done)}</b>
            <Clear/>
            {some}
        }
        .late()
    };
    view! {
        <div class="bulk" role="group" aria-label=t::with_chosen()>
            {follow(inner)}
        </div>
    }
    .late()
}

/// Chooses nothing any more.
#[component]
fn Clear() -> impl IntoView {
    let (live, desk) = (Live::here(), Desk::here());
    view! {
        <button
            type="button"
            class="btn sq sm push"
            data-kind="quiet"
            aria-label=t::choose_none()
            title=t::choose_none()
            on:click=move |_| clear(live, desk)
        >
            <Icon name="x"/>
        </button>
    }
    .late()
}

/// Chooses nothing any more, and forgets what was done.
pub(crate) fn clear(live: Live, desk: Desk) {
    desk.chosen.update(Vec::clear);
    live.act(|state| {
        if state.report.is_over() {
            state.report = Report::default();
        }
    });
}
