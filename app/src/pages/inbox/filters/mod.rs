//! What a list is sorted and filtered by: whatever its cards carry.

mod chips;
mod kinds;

use leptos::prelude::*;
use protocol::card::Tab;
use protocol::view::Order;

use super::Desk;
use crate::live::Live;
use crate::parts::follow::{follow, reads};
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::parts::memo::memo;
use crate::words::t;
pub(crate) use chips::Chips;
use kinds::{Choice, Kind, kinds};

/// Says by what the list is sorted, where nothing else stands before the button.
#[component]
pub(crate) fn OrderWord() -> impl IntoView {
    let (live, desk) = (Live::here(), Desk::here());
    let word = reads(move || {
        let tab = live.frame(|frame| frame.tab);
        match (desk.view.with(|view| view.order), tab) {
            (_, Tab::Active) | (Order::Waiting | Order::Due, Tab::Snoozed) => "",
            (Order::Due, Tab::Pending) => t::soonest_first(),
            (Order::Waiting, Tab::Pending) => t::longest_first(),
            (Order::Newest, _) | (_, Tab::Missed | Tab::Resolved | Tab::Assistant) => {
                t::newest_first()
            }
        }
    });
    view! { <span class="order faint">{word}</span> }.late()
}

/// The button, filled while something is left out.
#[component]
pub(crate) fn FilterButton() -> impl IntoView {
    let desk = Desk::here();
    let changed = reads(move || desk.view.get().leaves_out().then_some(""));
    view! {
        <button
            type="button"
            class="btn sq sm"
            data-kind="quiet"
            data-on=changed
            aria-label=t::sort_and_filter()
            title=t::sort_and_filter()
            aria-expanded=reads(move || desk.filtering.get().to_string())
            on:click=move |_| desk.filtering.update(|open| *open = !*open)
        >
            <Icon name="filter"/>
        </button>
    }
    .late()
}

/// The choices, while they are shown. What is chosen holds when they are not.
#[component]
pub(crate) fn Filters() -> impl IntoView {
    let desk = Desk::here();
    follow(move || desk.filtering.get().then(|| view! { <Choices/> }))
}

#[component]
fn Choices() -> impl IntoView {
    let (live, desk) = (Live::here(), Desk::here());
    let view = desk.view;
    let order = move |order: Order, name: &'static str| {
        view! {
            <button
                type="button"
                aria-pressed=reads(move || (view.with(|view| view.order) == order).to_string())
                on:click=move |_| view.update(|view| view.order = order)
            >
                {name}
            </button>
        }
        .late()
    };
    let pickers = live.peek(|state| kinds(state).map(|kind| picker(desk, kind)));
    let changed = memo(move || {
        let view = view.get();
        view.leaves_out() || view.order != Order::Waiting
    });
    view! {
        <div class="filters" role="group" aria-label=t::sort_and_filter()>
            <span class="segments" role="group" aria-label=t::sort()>
                {order(Order::Waiting, t::by_wait())}
                {order(Order::Newest, t::by_newest())}
                {order(Order::Due, t::by_due())}
            </span>
            <label class="prefer">
                <span>{t::only_unread()}</span>
                <input
                    type="checkbox"
                    role="switch"
                    class="switch"
                    prop:checked=move || view.with(|view| view.unread)
                    on:change=move |event| {
                        let on = event_target_checked(&event);
                        view.update(|view| view.unread = on);
                    }
                />
            </label>
            <label class="prefer">
                <span>{t::only_overdue()}</span>
                <input
                    type="checkbox"
                    role="switch"
                    class="switch"
                    prop:checked=move || view.with(|view| view.overdue)
                    on:change=move |event| {
                        let on = event_target_checked(&event);
                        view.update(|view| view.overdue = on);
                    }
                />
            </label>
            {pickers.into_iter().collect_view()}
            {follow(move || {
                changed
                    .get()
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="btn sm"
                                data-kind="link"
                                on:click=move |_| {
                                    view.update(|view| {
                                        *view = crate::live::state::View {
                                            mine: view.mine,
                                            ..Default::default()
                                        };
                                    });
                                    desk.filtering.set(false);
                                }
                            >
                                {t::show_everything()}
                            </button>
                        }
                    })
            })}
        </div>
    }
    .late()
}

/// One of several, or all; nothing where there is nothing to choose from.
fn picker(desk: Desk, kind: Kind) -> Option<AnyView> {
    let Kind {
        label,
        choices,
        chosen,
        choose,
    } = kind;
    if choices.is_empty() {
        return None;
    }
    let view = desk.view;
    let options = choices.iter().enumerate().map(|(at, (_, name))| {
        view! { <option value=at.to_string()>{name.clone()}</option> }.late()
    });
    let options = options.collect_view();
    let ids: Vec<Choice> = choices.iter().map(|(id, _)| *id).collect();
    let places = ids.clone();
    // Also when it is taken back elsewhere.
    let value = reads(move || {
        let chosen = chosen(&view.get());
        let at = places.iter().position(|id| Some(*id) == chosen);
        at.map(|at| at.to_string()).unwrap_or_default()
    });
    let chooses = move |event| {
        let at: Option<usize> = event_target_value(&event).parse().ok();
        let id = at.and_then(|at| ids.get(at).copied());
        view.update(|view| choose(view, id));
    };
    Some(
        view! {
            <label class="prefer">
                <span>{label}</span>
                <select class="input" prop:value=value on:change=chooses>
                    <option value="">{t::all()}</option>
                    {options}
                </select>
            </label>
        }
        .late(),
    )
}
