//! What a list is sorted and filtered by: whatever its cards carry.

use leptos::prelude::*;
use protocol::card::Tab;
use protocol::{AgentId, CategoryId, ChatbotId, TagId};

use super::Desk;
use crate::live::Live;
use crate::live::state::LiveState;
use crate::parts::follow::{follow, reads};
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::parts::memo::memo;
use crate::words::t;

/// Says by what the list is sorted, where nothing else stands before the button.
#[component]
pub(crate) fn OrderWord() -> impl IntoView {
    let (live, desk) = (Live::here(), Desk::here());
    let word = reads(move || {
        let tab = live.frame(|frame| frame.tab);
        match (desk.view.with(|view| view.newest), tab) {
            (_, Tab::Active) => "",
            (false, Tab::Pending | Tab::Snoozed) => t::longest_first(),
            (true, _) | (false, Tab::Missed | Tab::Resolved | Tab::Assistant) => t::newest_first(),
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
            class="btn sq sm push"
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
    let order = move |newest: bool, name: &'static str| {
        view! {
            <button
                type="button"
                aria-pressed=reads(move || (view.with(|view| view.newest) == newest).to_string())
                on:click=move |_| view.update(|view| view.newest = newest)
            >
                {name}
            </button>
        }
        .late()
    };
    let known = live.peek(Known::of);
    let chosen = view.get_untracked();
    let chatbot = picker(
        t::chatbot(),
        known.chatbots,
        chosen.chatbot,
        move |chatbot| {
            view.update(|view| view.chatbot = chatbot);
        },
    );
    let agent = picker(t::agent(), known.team, chosen.agent, move |agent| {
        view.update(|view| view.agent = agent);
    });
    let category = picker(
        t::category(),
        known.categories,
        chosen.category,
        move |category| {
            view.update(|view| view.category = category);
        },
    );
    let tag = picker(t::tag(), known.tags, chosen.tag, move |tag| {
        view.update(|view| view.tag = tag);
    });
    let changed = memo(move || {
        let view = view.get();
        view.leaves_out() || view.newest
    });
    view! {
        <div class="filters" role="group" aria-label=t::sort_and_filter()>
            <span class="segments" role="group" aria-label=t::sort()>
                {order(false, t::by_wait())}
                {order(true, t::by_newest())}
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
            {chatbot} {agent} {category} {tag}
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

/// What can be chosen from, by name.
struct Known {
    chatbots: Vec<(ChatbotId, String)>,
    team: Vec<(AgentId, String)>,
    categories: Vec<(CategoryId, String)>,
    tags: Vec<(TagId, String)>,
}

impl Known {
    fn of(state: &LiveState) -> Self {
        let chatbots = state.chatbots.iter();
        // With one chatbot there is nothing to choose.
        let several = state.chatbots.len() > 1;
        let chatbots = chatbots.filter(|_| several);
        let labels = &state.labels;
        Self {
            chatbots: chatbots.map(|one| (one.id, one.name.clone())).collect(),
            team: state
                .team
                .iter()
                .map(|one| (one.id, state.name(one.id)))
                .collect(),
            categories: labels
                .categories
                .iter()
                .map(|one| (one.id, one.name.clone()))
                .collect(),
            tags: labels
                .tags
                .iter()
                .map(|one| (one.id, one.name.clone()))
                .collect(),
        }
    }
}

/// One of several, or all; nothing where there is nothing to choose from.
fn picker<I: Copy + PartialEq + 'static>(
    label: &'static str,
    known: Vec<(I, String)>,
    chosen: Option<I>,
    choose: impl Fn(Option<I>) + 'static,
) -> Option<AnyView> {
    let at = known.iter().position(|(id, _)| Some(*id) == chosen);
    let (ids, names): (Vec<I>, Vec<String>) = known.into_iter().unzip();
    let choose = move |at: Option<usize>| choose(at.and_then(|at| ids.get(at).copied()));
    (!names.is_empty()).then(|| select(label, names, at, Box::new(choose)))
}

/// The control of [`picker`], compiled once for all of them.
fn select(
    label: &'static str,
    names: Vec<String>,
    chosen: Option<usize>,
    choose: Box<dyn Fn(Option<usize>)>,
) -> AnyView {
    let options = names.into_iter().enumerate().map(|(at, name)| {
        let selected = chosen == Some(at);
        view! { <option value=at.to_string() selected=selected>{name}</option> }.late()
    });
    view! {
        <label class="prefer">
            <span>{label}</span>
            <select
                class="input"
                on:change=move |event| choose(event_target_value(&event).parse().ok())
            >
                <option value="">{t::all()}</option>
                {options.collect_view()}
            </select>
        </label>
    }
    .late()
}
