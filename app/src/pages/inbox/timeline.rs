//! The timeline: it keeps to its end while one reads there, and to its place while one reads above.

use leptos::html::Div;
use leptos::prelude::*;
use protocol::ConversationId;
use protocol::entry::Author;

use super::line::LineView;
use crate::live::lines::lines;
use crate::live::{Live, browser, local};
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::parts::typing::Typing;

/// Every line of a conversation.
#[component]
pub(crate) fn Timeline(id: ConversationId, name: String) -> impl IntoView {
    let live = Live::here();
    let area = NodeRef::<Div>::new();
    let at_end = RwSignal::new(true);
    let from_end = StoredValue::new(0);
    let laid_out = live.memo(move |state| {
        let card = state.card(id).map(|card| card.state);
        let thread = state.threads.get(&id);
        thread.map_or_else(Vec::new, |thread| {
            lines(&thread.timeline, card, state.outbox.of(id), local::day)
        })
    });
    let first =
        live.memo(move |state| state.threads.get(&id).map(|thread| thread.timeline.first()));

    // After each change, once it is on screen.
    Effect::new(move |before: Option<Option<protocol::Seq>>| {
        laid_out.track();
        let first = first.get();
        let earlier_came = before.is_some_and(|before| before != first);
        request_animation_frame(move || {
            let Some(area) = area.try_get_untracked().flatten() else {
                return;
            };
            if at_end.try_get_untracked() == Some(true) {
                area.set_scroll_top(area.scroll_height());
                read(live, id);
            } else if earlier_came {
                area.set_scroll_top(area.scroll_height() - from_end.try_get_value().unwrap_or(0));
            }
        });
        first
    });
    let seen = window_event_listener(leptos::ev::focus, move |_| {
        if at_end.try_get_untracked() == Some(true) {
            read(live, id);
        }
    });
    on_cleanup(move || seen.remove());

    let on_scroll = move |_| {
        let Some(area) = area.get_untracked() else {
            return;
        };
        let below = area.scroll_height() - area.scroll_top() - area.client_height();
        from_end.set_value(area.scroll_height() - area.scroll_top());
        at_end.set(below < 40);
        if below < 40 {
            read(live, id);
        }
        if area.scroll_top() < 200 {
            live.act(|state| state.load_earlier(id));
        }
    };
    let to_end = move |_| {
        at_end.set(true);
        if let Some(area) = area.get_untracked() {
            area.set_scroll_top(area.scroll_height());
        }
    };
    let visitor = name.clone();
    view! {
        <div class="lines" tabindex="0" node_ref=area on:scroll=on_scroll>
            <Earlier id/>
            <ol role="log" aria-label="Messages" aria-live="polite">
                <For each=move || laid_out.get() key=crate::live::lines::Line::key let:line>
                    <LineView id line visitor=visitor.clone()/>
                </For>
                <Types id name/>
            </ol>
            <Show when=move || !at_end.get()>
                <button type="button" class="btn newest" on:click=to_end>
                    <Icon name="down" size="s"/>
                    "Newest"
                </button>
            </Show>
        </div>
    }
    .late()
}

/// What is on screen while somebody looks has been read.
fn read(live: Live, id: ConversationId) {
    if !browser::is_hidden() {
        live.act(|state| state.read(id));
    }
}

/// The way to older lines, where scrolling does not get there by itself.
#[component]
fn Earlier(id: ConversationId) -> impl IntoView {
    let live = Live::here();
    let more = live.memo(move |state| state.threads.get(&id).is_some_and(|t| t.timeline.more));
    let busy = live.memo(move |state| state.threads.get(&id).is_some_and(|t| t.loads_earlier));
    view! {
        <Show when=move || more.get()>
            <button
                type="button"
                class="btn sm earlier"
                data-kind="quiet"
                aria-busy=move || busy.get().then_some("true")
                on:click=move |_| live.act(|state| state.load_earlier(id))
            >
                "Earlier messages"
            </button>
        </Show>
    }
    .late()
}

/// Who types, at the end of it all.
#[component]
fn Types(id: ConversationId, name: String) -> impl IntoView {
    let live = Live::here();
    let typists = live.memo(move |state| {
        let thread = state.threads.get(&id);
        thread.map_or_else(Vec::new, |thread| thread.typing().collect::<Vec<_>>())
    });
    let held = live.memo(move |state| match state.stand(id) {
        crate::live::state::Stand::Nobody => "waiting",
        crate::live::state::Stand::Mine | crate::live::state::Stand::Colleague(_) => "person",
        _ => "ai",
    });
    move || {
        let who = typists.get().into_iter().next()?;
        let who = match who {
            Author::Visitor => name.clone(),
            Author::Agent(agent) => live.peek(|state| state.name(agent)),
            Author::Ai | Author::System => "The assistant".to_owned(),
        };
        Some(view! {
            <li class="line types" data-held=held>
                <Typing/>
                {format!("{who} is typing")}
            </li>
        })
    }
}
