//! The timeline: it keeps to its end while one reads there, and to its place while one reads above.

use leptos::html::Div;
use leptos::prelude::*;
use protocol::entry::Author;
use protocol::{ConversationId, Seq};

use super::line::LineView;
use crate::live::lines::{Line, lines};
use crate::live::reader::Reader;
use crate::live::state::Stand;
use crate::live::views::Talk;
use crate::live::{Live, browser, local};
use crate::parts::follow::{effect, follow, reads};
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::parts::memo::memo;
use crate::parts::typing::Typing;
use crate::words::t;

/// Every line of a conversation.
#[component]
pub(crate) fn Timeline(id: ConversationId, talk: Memo<Talk>, name: String) -> impl IntoView {
    let live = Live::here();
    let area = NodeRef::<Div>::new();
    let reader = Reader::new(live, id, area);
    let laid_out = memo(move || {
        live.read(|state| {
            let card = state.card(id).map(|card| card.state);
            let thread = state.thread(id);
            let lay_out = |thread: &crate::live::state::ThreadState| {
                let going = state.outbox.of(id);
                lines(
                    &thread.timeline,
                    card,
                    thread.unread_from,
                    going,
                    local::day,
                )
            };
            thread.map_or_else(Vec::new, lay_out)
        })
    });
    let types = memo(move || (talk.read().typist, talk.read().preview.clone()));
    // Its notes are on screen.
    let mentioned = memo(move || {
        let mentioned = talk.read().mentioned;
        if mentioned {
            // A page that is shown again is found out by the next second.
            live.now();
        }
        mentioned && !browser::is_hidden()
    });
    effect(move || {
        if mentioned.get() {
            live.act(|state| state.see_mentions(id));
        }
    });
    Effect::new(move |before: Option<Seq>| {
        // Before what is derived from it: a change that leaves the derived as it was would go unnoticed
        // behind it.
        let first = talk.read().first;
        laid_out.track();
        types.track();
        reader.changed(before.is_some_and(|before| before != first));
        first
    });
    let visitor = name.clone();
    view! {
        <div class="lines" tabindex="0" node_ref=area on:scroll=move |_| reader.scrolled()>
            <Earlier id talk/>
            <div class="log" role="log" aria-label=t::messages() aria-live="polite">
                <ol>
                    <For each=move || laid_out.get() key=Line::key let:line>
                        <LineView id talk line visitor=visitor.clone()/>
                    </For>
                    {follow(move || typing(&talk.read(), &name))}
                </ol>
            </div>
            {follow(move || {
                (!reader.is_at_end())
                    .then(|| {
                        view! {
                            <button type="button" class="btn newest" on:click=move |_| reader.go_to_end()>
                                <Icon name="down" size="s"/>
                                {t::newest()}
                            </button>
                        }
                    })
            })}
        </div>
    }
    .late()
}

/// The way to older lines, where scrolling does not get there by itself.
#[component]
fn Earlier(id: ConversationId, talk: Memo<Talk>) -> impl IntoView {
    let live = Live::here();
    let more = memo(move || talk.read().has_earlier);
    let busy = reads(move || talk.read().loads_earlier.then_some("true"));
    follow(move || {
        more.get().then(|| {
            view! {
                <button
                    type="button"
                    class="btn sm earlier"
                    data-kind="quiet"
                    aria-busy=busy
                    on:click=move |_| live.act(|state| state.load_earlier(id))
                >
                    {t::earlier_messages()}
                </button>
            }
        })
    })
}

/// Who types, at the end of it all.
fn typing(talk: &Talk, visitor: &str) -> Option<AnyView> {
    let preview = &talk.preview;
    if !preview.is_empty() {
        let (who, words) = (t::types_now(&visitor), preview.clone());
        // Read out only once it is sent: it changes with every letter.
        return Some(
            view! {
                <li class="line preview" aria-live="off">
                    <small>{who}</small>
                    <p>{words}</p>
                </li>
            }
            .late(),
        );
    }
    let who = match talk.typist? {
        Author::Visitor => visitor.to_owned(),
        Author::Agent(agent) => Live::here().peek(|state| state.name(agent)),
        Author::Ai | Author::System => t::the_assistant().to_owned(),
    };
    let held = match talk.stand {
        Stand::Nobody | Stand::Asked(_) => "waiting",
        Stand::Mine | Stand::Colleague(_) | Stand::Joined(_) => "person",
        Stand::Assistant | Stand::Missed | Stand::Over | Stand::Unknown => "ai",
    };
    Some(
        view! {
            <li class="line types" data-held=held>
                <Typing/>
                {t::is_typing(&who)}
            </li>
        }
        .late(),
    )
}
