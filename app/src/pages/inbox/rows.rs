//! The rows of a tab, or why there are none. However many there are, only those on screen are made.

use leptos::html::Div;
use leptos::prelude::*;
use protocol::card::Tab;
use protocol::view::Order;

use super::Desk;
use super::pick::Pick;
use super::row::Row;
use crate::live::state::{Connection, Heights, Item, LiveState, View};
use crate::live::{Live, browser};
use crate::parts::empty::Empty;
use crate::parts::follow::{effect, follow, reads};
use crate::parts::late::IntoLate;
use crate::parts::memo::memo;
use crate::parts::painted::IntoPainted;
use crate::words::t;

/// What is taken for the heights until something can be measured.
const GUESS: Heights = Heights {
    row: 64,
    heading: 32,
};

/// What is known of the tab on screen.
#[component]
pub(crate) fn Rows() -> impl IntoView {
    let (live, desk) = (Live::here(), Desk::here());
    let area = NodeRef::<Div>::new();
    let scroll = Scroll::new(desk, area);
    let shown = memo(move || live.frame(|frame| frame.is_loaded.then_some(frame.tab)));
    let cut = memo(move || live.frame(|frame| matches!(frame.connection, Connection::Lost { .. })));
    let empty = memo(move || desk.items.read().is_empty());
    // Where a page holds nothing of what is asked for, the next one may.
    effect(move || {
        let few = desk.items.read().len() < 30;
        let view = desk.view.get();
        let more = live.frame(|frame| frame.has_more && frame.is_loaded);
        let tab = live.frame(|frame| frame.tab);
        if more && view.is_changed(tab) && (few || view.order == Order::Newest) {
            request_animation_frame(move || live.act(LiveState::load_cards));
        }
    });
    let on_scroll = move |event: leptos::ev::Event| {
        scroll.look();
        if browser::is_near_end(&event) {
            live.act(LiveState::load_cards);
        }
    };
    let rows = move || match (shown.get(), empty.get()) {
        (None, _) if cut.get() => view! {
            <Empty title=t::not_loaded() sentence=t::not_loaded_about()/>
        }
        .late(),
        (None, _) => view! { <Loading/> }.painted(),
        (Some(tab), true) => why_empty(tab, desk.view.get()),
        (Some(_), false) => view! { <Lines scroll/> }.late(),
    };
    let busy = move || shown.get().is_none().then_some("true");
    view! {
        <div class="rows" id="rows" role="tabpanel" aria-busy=busy node_ref=area on:scroll=on_scroll>
            {rows}
            {follow(move || live.frame(|frame| frame.has_more).then(|| view! { <More/> }))}
        </div>
    }
    .painted()
}

/// Which part of the list is on screen.
#[derive(Clone, Copy)]
struct Scroll {
    desk: Desk,
    area: NodeRef<Div>,
    /// Where the part on screen begins, and how high it is.
    part: RwSignal<(i32, i32)>,
    heights: RwSignal<Heights>,
}

impl Scroll {
    fn new(desk: Desk, area: NodeRef<Div>) -> Self {
        let scroll = Self {
            desk,
            area,
            part: RwSignal::new((0, 0)),
            heights: RwSignal::new(GUESS),
        };
        effect(move || {
            if let Some(area) = area.get() {
                // Kept for as long as the page.
                StoredValue::new_local(browser::on_resize(&area, move || scroll.look()));
            }
        });
        // What the keys lead to comes on screen, and then has the focus.
        effect(move || {
            if let Some(id) = desk.reach.get() {
                scroll.bring(Item::Row(id));
                let row = format!(".rows .conv[href=\"/inbox/{id}\"]");
                request_animation_frame(move || {
                    request_animation_frame(move || browser::focus(&row));
                });
                desk.reach.set(None);
            }
        });
        scroll
    }

    /// Looks where the list is and how high its lines are.
    fn look(self) {
        let Some(area) = self.area.get_untracked() else {
            return;
        };
        let part = (area.scroll_top(), area.client_height());
        if self.part.get_untracked() != part {
            self.part.set(part);
        }
        let before = self.heights.get_untracked();
        let heights = Heights {
            row: browser::pitch(&area, "li.line-row").unwrap_or(before.row),
            heading: browser::pitch(&area, "li.heading").map_or(before.heading, |height| {
                // From heading to heading lie rows; a heading alone is what is meant.
                height.min(browser::height(&area, "li.heading").unwrap_or(height))
            }),
        };
        if heights != before {
            self.heights.set(heights);
        }
    }

    /// Scrolls as little as it takes to see a line.
    fn bring(self, item: Item) {
        let Some(area) = self.area.get_untracked() else {
            return;
        };
        let span = self.desk.items.with_untracked(|items| {
            let at = items.iter().position(|found| *found == item)?;
            Some(self.heights.get_untracked().span(items, at))
        });
        let Some((from, to)) = span else {
            return;
        };
        let (top, height) = (area.scroll_top(), area.client_height());
        if from < top {
            area.set_scroll_top(from);
        } else if to > top + height {
            area.set_scroll_top(to - height + GUESS.heading);
        }
        self.look();
    }
}

/// The rows on screen, in the room of all of them.
#[component]
fn Lines(scroll: Scroll) -> impl IntoView {
    let desk = scroll.desk;
    let window = memo(move || {
        let (top, height) = scroll.part.get();
        let heights = scroll.heights.get();
        // Nothing is measured while the column is not shown.
        let height = if height == 0 { 1_200 } else { height };
        desk.items.with(|items| heights.window(items, top, height))
    });
    let shown = memo(move || {
        let window = window.get();
        desk.items.with(|items| {
            let shown = items.get(window.from..window.to).unwrap_or_default();
            (window.from + 1..)
                .zip(shown.iter().copied())
                .collect::<Vec<_>>()
        })
    });
    let all = reads(move || desk.items.with(Vec::len).to_string());
    // Once they are on screen, their heights are known.
    effect(move || {
        shown.track();
        request_animation_frame(move || scroll.look());
    });
    let room = |pixels: i32| format!("{pixels}px");
    let picking = reads(move || desk.chosen.with(|chosen| !chosen.is_empty()).then_some(""));
    view! {
        <ul
            data-picking=picking
            style=("padding-block-start", move || room(window.get().before))
            style=("padding-block-end", move || room(window.get().behind))
        >
            <For each=move || shown.get() key=|(_, item)| *item let:line>
                {match line.1 {
                    Item::Row(id) => {
                        // A row that stays while others come before it is the next one then.
                        let place = reads(move || {
                            let of = |lines: &Vec<(usize, Item)>| {
                                lines.iter().find(|(_, item)| *item == line.1).map(|(at, _)| *at)
                            };
                            shown.with(of).unwrap_or(line.0).to_string()
                        });
                        view! {
                            <li class="line-row" aria-posinset=place aria-setsize=all>
                                <Pick id/>
                                <Row id/>
                            </li>
                        }
                            .late()
                    }
                    Item::Waiting(count) => heading(t::waiting_for_reply(), count),
                    Item::Answered(count) => heading(t::answered(), count),
                }}
            </For>
        </ul>
    }
    .late()
}

fn heading(name: &'static str, count: usize) -> AnyView {
    view! {
        <li class="heading">
            <h3>{name} " " <span>{count}</span></h3>
        </li>
    }
    .late()
}

fn why_empty(tab: Tab, view: View) -> AnyView {
    if (View {
        mine: false,
        ..view
    })
    .is_changed(tab)
    {
        return view! { <Empty title=t::nothing_fits() sentence=t::nothing_fits_about()/> }.late();
    }
    let (title, sentence) = match tab {
        Tab::Pending => (t::nobody_waiting(), t::nobody_waiting_about()),
        Tab::Active if view.mine => (t::nobody_talks(), t::mine_empty_about()),
        Tab::Active => (t::nobody_talks(), t::active_empty_about()),
        Tab::Missed => (t::nothing_missed(), t::nothing_missed_about()),
        Tab::Resolved => (t::nothing_resolved(), t::nothing_resolved_about()),
        Tab::Snoozed => (t::nothing_snoozed(), t::nothing_snoozed_about()),
        Tab::Assistant => (
            t::nothing_with_assistant(),
            t::nothing_with_assistant_about(),
        ),
    };
    view! { <Empty title sentence/> }.late()
}

/// The way to the next page, where scrolling does not get there: a few rows of many.
#[component]
fn More() -> impl IntoView {
    let live = Live::here();
    view! {
        <button
            type="button"
            class="btn sm wide"
            data-kind="quiet"
            on:click=move |_| live.act(LiveState::load_cards)
        >
            {t::load_more()}
        </button>
    }
    .late()
}

/// Rows of the height that comes.
#[component]
fn Loading() -> impl IntoView {
    let row = || {
        view! {
            <li class="conv">
                <span class="face bone"></span>
                <span class="bone"></span>
                <span class="bone"></span>
                <span class="bone"></span>
            </li>
        }
        .painted()
    };
    view! { <ul aria-label=t::loading_conversations()>{(0..6).map(|_| row()).collect_view()}</ul> }
        .painted()
}
