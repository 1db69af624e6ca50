//! What a list is sorted and filtered by: whatever its cards carry.

use leptos::prelude::*;
use protocol::card::Tab;

use super::Desk;
use crate::live::Live;
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
            (false, Tab::Pending) => t::longest_first(),
            (true, _) | (false, Tab::Missed | Tab::Resolved) => t::newest_first(),
        }
    });
    view! { <span class="order faint">{word}</span> }.late()
}

/// The button, filled while something is left out.
#[component]
pub(crate) fn FilterButton() -> impl IntoView {
    let desk = Desk::here();
    let changed = reads(move || {
        let view = desk.view.get();
        let leaves_out = view.unread || view.chatbot.is_some() || view.agent.is_some();
        leaves_out.then_some("")
    });
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
    let chatbots = live.peek(|state| state.chatbots.clone());
    let several = chatbots.len() > 1;
    let team = live.peek(|state| {
        let name = |member: &protocol::person::Member| (member.id, state.name(member.id));
        state.team.iter().map(name).collect::<Vec<_>>()
    });
    let chatbot_options = chatbots.iter().enumerate().map(|(at, chatbot)| {
        let selected = view.with_untracked(|view| view.chatbot == Some(chatbot.id));
        view! { <option value=at.to_string() selected=selected>{chatbot.name.clone()}</option> }
            .late()
    });
    let chatbot_options = chatbot_options.collect_view();
    let team_options = team.iter().enumerate().map(|(at, (id, name))| {
        let selected = view.with_untracked(|view| view.agent == Some(*id));
        view! { <option value=at.to_string() selected=selected>{name.clone()}</option> }.late()
    });
    let team_options = team_options.collect_view();
    let chosen_at = |event: &leptos::ev::Event| event_target_value(event).parse::<usize>().ok();
    let changed = memo(move || {
        let view = view.get();
        view.unread || view.chatbot.is_some() || view.agent.is_some() || view.newest
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
            {several.then(move || {
                let ids: Vec<_> = chatbots.iter().map(|chatbot| chatbot.id).collect();
                view! {
                    <label class="prefer">
                        <span>{t::chatbot()}</span>
                        <select
                            class="input"
                            on:change=move |event| {
                                let id = chosen_at(&event).and_then(|at| ids.get(at).copied());
                                view.update(|view| view.chatbot = id);
                            }
                        >
                            <option value="">{t::all()}</option>
                            {chatbot_options}
                        </select>
                    </label>
                }
                .late()
            })}
            <label class="prefer">
                <span>{t::agent()}</span>
                <select
                    class="input"
                    on:change=move |event| {
                        let id = chosen_at(&event).and_then(|at| team.get(at).map(|(id, _)| *id));
                        view.update(|view| view.agent = id);
                    }
                >
                    <option value="">{t::all()}</option>
                    {team_options}
                </select>
            </label>
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
