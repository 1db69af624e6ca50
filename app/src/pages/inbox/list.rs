//! The list column: the tabs and what they hold.

use leptos::prelude::*;
use protocol::card::{Counts, Tab};
use protocol::view::SavedView;

use super::Desk;
use super::bulk::BulkBar;
use super::commands::Command;
use super::filters::{Chips, FilterButton, Filters, OrderWord};
use super::offer::Offers;
use super::rows::Rows;
use super::views::look;
use crate::live::attention::Attention;
use crate::live::state::{Connection, LiveState};
use crate::live::{Live, local};
use crate::parts::follow::{follow, reads};
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::parts::memo::memo;
use crate::parts::menu::{Item, Menu};
use crate::parts::painted::IntoPainted;
use crate::words::{Word, t};

/// The tabs in the order of their keys, with their names.
pub(crate) const TABS: [(Tab, Word); 6] = [
    (Tab::Pending, t::pending),
    (Tab::Active, t::active),
    (Tab::Missed, t::missed),
    (Tab::Resolved, t::resolved),
    (Tab::Snoozed, t::snoozed),
    (Tab::Assistant, t::assistant),
];

/// Those behind the button for more, until one of them is chosen.
const MORE: [(Tab, Word); 4] = [TABS[2], TABS[4], TABS[5], TABS[3]];

/// The column with all conversations.
#[component]
pub(crate) fn List() -> impl IntoView {
    let live = Live::here();
    // What was chosen from the others takes the third place.
    let third = memo(move || match live.frame(|frame| frame.tab) {
        Tab::Pending | Tab::Active => TABS[3],
        tab => TABS[tab as usize],
    });
    view! {
        <section class="list" aria-label=t::conversations()>
            <header>
                <div class="tabs" role="tablist" aria-label=t::status()>
                    <TabButton tab=TABS[0]/>
                    <TabButton tab=TABS[1]/>
                    {follow(move || {
                        let tab = third.get();
                        view! { <TabButton tab/> }.late()
                    })}
                </div>
                <MoreTabs/>
            </header>
            <Offers/>
            <Tools/>
            <BulkBar/>
            <Rows/>
        </section>
    }
    .painted()
}

fn count_of(counts: Counts, tab: Tab) -> u32 {
    match tab {
        Tab::Pending => counts.pending,
        Tab::Active => counts.active,
        Tab::Missed => counts.missed,
        Tab::Snoozed => counts.snoozed,
        // Of these there may be any number, and nobody waits for the team.
        Tab::Resolved | Tab::Assistant => 0,
    }
}

#[component]
fn TabButton(tab: (Tab, Word)) -> impl IntoView {
    let (tab, name) = tab;
    let live = Live::here();
    let preferences = Attention::here().preferences;
    let selected = move || live.frame(|frame| frame.tab == tab).to_string();
    let name = move || match preferences.with(|chosen| chosen.says_claimed) {
        true if tab == Tab::Active => t::claimed(),
        _ => name(),
    };
    let count = move || {
        let count = live.frame(|frame| count_of(frame.counts, tab));
        (count > 0).then(|| view! { <span class="count">{count}</span> }.late())
    };
    view! {
        <button
            type="button"
            role="tab"
            aria-selected=selected
            aria-controls="rows"
            on:click=move |_| live.act(|state| state.show_tab(tab))
        >
            {name}
            {follow(count)}
        </button>
    }
    .painted()
}

/// The other tabs. A missed request shows on the button too: nobody else looks after it.
#[component]
fn MoreTabs() -> impl IntoView {
    let (live, desk) = (Live::here(), Desk::here());
    let open = RwSignal::new(false);
    let missed = reads(move || {
        live.frame(|frame| frame.counts.missed > 0 && frame.tab != Tab::Missed)
            .then_some("")
    });
    let label = reads(move || {
        let missed = live.frame(|frame| frame.counts.missed);
        match missed {
            0 => t::more_lists().to_owned(),
            missed => t::more_lists_missed(missed.into()),
        }
    });
    view! {
        <div class="more-tabs">
            <button
                type="button"
                class="btn sq sm"
                data-kind="quiet"
                data-missed=missed
                aria-label=label
                title=t::more_lists()
                aria-haspopup="menu"
                aria-expanded=reads(move || open.get().to_string())
                on:click=move |_| {
                    live.act(LiveState::want_views);
                    open.set(!open.get_untracked());
                }
            >
                <Icon name="more"/>
            </button>
            <Menu label=t::more_lists() open opener=".more-tabs > button">
                {move || {
                    let (counts, shown) = live.peek(|state| (state.counts, state.tab()));
                    let others = MORE.into_iter().filter(|(tab, _)| *tab != shown);
                    others
                        .map(|(tab, name)| {
                            let count = Some(count_of(counts, tab)).filter(|count| *count > 0);
                            view! {
                                <Item choose=move || live.act(|state| state.show_tab(tab))>
                                    <span>
                                        <b>{name()}</b>
                                    </span>
                                    {count
                                        .map(|count| view! { <span class="count">{count}</span> })}
                                </Item>
                            }
                                .late()
                        })
                        .collect_view()
                        .late()
                }}
                {follow(move || saved_views(live, desk))}
                <Item choose=move || request_animation_frame(move || desk.viewing.set(true))>
                    <Icon name="sliders"/>
                    <span>{t::saved_views_menu()}</span>
                </Item>
            </Menu>
        </div>
    }
    .late()
}

/// The saved views below the other lists.
fn saved_views(live: Live, desk: Desk) -> Vec<AnyView> {
    let views = live.read(|state| state.saved.all.clone()).into_iter();
    let item = |saved: SavedView| {
        let icon = if saved.shared { "people" } else { "person" };
        let name = saved.name.clone();
        view! {
            <Item choose=move || look(live, desk, &saved)>
                <Icon name=icon/>
                <span class="cut">{name}</span>
            </Item>
        }
        .late()
    };
    views.map(item).collect()
}

/// Whose conversations are shown, how old the list is while there is no connection, and the way to
/// what it is sorted and filtered by.
#[component]
fn Tools() -> impl IntoView {
    let live = Live::here();
    let desk = Desk::here();
    let lost = move || match live.frame(|frame| frame.connection) {
        Connection::Lost { since } => Some(since),
        _ => None,
    };
    let as_of = move || {
        lost().map(|since| {
            view! {
                <span class="chip" data-kind="warn">
                    <Icon name="clock"/>
                    {t::as_of(&local::clock_to_the_second(since))}
                </span>
            }
            .late()
        })
    };
    let whose = move |mine: bool, name: &'static str| {
        view! {
            <button
                type="button"
                aria-pressed=reads(move || (desk.view.with(|view| view.mine) == mine).to_string())
                on:click=move |_| desk.view.update(|view| view.mine = mine)
            >
                {name}
            </button>
        }
    };
    let active = memo(move || live.frame(|frame| frame.tab) == Tab::Active);
    let segments = move || {
        active.get().then(|| {
            view! {
                <span class="segments" role="group" aria-label=t::whose()>
                    {whose(true, t::mine())}
                    {whose(false, t::all())}
                </span>
            }
            .late()
        })
    };
    let known = memo(move || live.frame(|frame| frame.me.is_some()));
    follow(move || {
        known.get().then(|| {
            view! {
                <div class="tools">
                    {follow(segments)} <OrderWord/> {follow(as_of)} <SearchButton/> <FilterButton/>
                </div>
                <Filters/>
                <Chips/>
            }
        })
    })
}

/// The way to everything that was ever said, for who has no keys and no room for a field.
#[component]
fn SearchButton() -> impl IntoView {
    let (live, desk) = (Live::here(), Desk::here());
    view! {
        <button
            type="button"
            class="btn sq sm push"
            data-kind="quiet"
            aria-label=t::search_word()
            title=t::search_word()
            aria-haspopup="dialog"
            on:click=move |_| Command::Search.run(live, desk)
        >
            <Icon name="search"/>
        </button>
    }
    .late()
}
