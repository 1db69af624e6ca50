//! What a list is filtered by, each to be taken back by itself, and how many fit.

use leptos::prelude::*;
use protocol::view::View;

use super::super::Desk;
use super::kinds::kinds;
use crate::live::Live;
use crate::live::state::Item;
use crate::parts::follow::{follow, reads};
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::parts::memo::memo;
use crate::words::t;

/// A row of chips, while something is left out.
#[component]
pub(crate) fn Chips() -> impl IntoView {
    let (live, desk) = (Live::here(), Desk::here());
    let changed = memo(move || Some(desk.view.get()).filter(|view| view.leaves_out()));
    let count = reads(move || {
        let rows = |items: &Vec<Item>| {
            let rows = items.iter().filter(|item| matches!(item, Item::Row(_)));
            rows.count() as u64
        };
        let fit = desk.items.with(rows);
        match live.frame(|frame| frame.has_more) {
            true => t::fit_so_far(fit),
            false => t::fit(fit),
        }
    });
    follow(move || {
        changed.get().map(|view| {
            view! {
                <div class="chips" role="group" aria-label=t::filtered_by()>
                    {chips(live, desk, view)}
                    <span class="faint num" role="status">
                        {count}
                    </span>
                </div>
            }
            .late()
        })
    })
}

fn chips(live: Live, desk: Desk, view: View) -> Vec<AnyView> {
    let mut chips = Vec::new();
    if view.unread {
        chips.push(chip(t::only_unread().to_owned(), move || {
            desk.view.update(|view| view.unread = false);
        }));
    }
    if view.overdue {
        chips.push(chip(t::only_overdue().to_owned(), move || {
            desk.view.update(|view| view.overdue = false);
        }));
    }
    let kinds = live.peek(kinds);
    for kind in kinds {
        let Some(chosen) = (kind.chosen)(&view) else {
            continue;
        };
        let known = kind.choices.iter().find(|(choice, _)| *choice == chosen);
        let name = known.map_or(t::unknown_label(), |(_, name)| name.as_str());
        let choose = kind.choose;
        chips.push(chip(t::kind_and_name(&kind.label, &name), move || {
            desk.view.update(|view| choose(view, None));
        }));
    }
    chips
}

fn chip(words: String, take_back: impl Fn() + 'static) -> AnyView {
    let label = t::take_back_filter(&words);
    let take_back: Box<dyn Fn()> = Box::new(take_back);
    view! {
        <button type="button" class="chip" data-kind="accent" aria-label=label on:click=move |_| take_back()>
            <span class="cut">{words}</span>
            <Icon name="x"/>
        </button>
    }
    .late()
}
