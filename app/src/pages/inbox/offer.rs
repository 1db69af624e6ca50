//! What I am asked to take: above every tab, and on a phone above the conversation too.

use std::fmt::Display;

use leptos::prelude::*;
use protocol::card::{CardState, Offer};
use protocol::{ConversationId, Timestamp};

use super::Desk;
use crate::live::Live;
use crate::live::state::{Act, Stand};
use crate::parts::dialog::Refused;
use crate::parts::face::Face;
use crate::parts::follow::{follow, reads};
use crate::parts::icon::Icon;
use crate::parts::key::Key;
use crate::parts::late::IntoLate;
use crate::parts::left::Left;
use crate::parts::memo::memo;
use crate::parts::painted::IntoPainted;
use crate::parts::wait::Wait;
use crate::words::{self, t};

/// The conversation that I am asked to take, until it is over.
pub(crate) fn offered(live: Live) -> Option<(ConversationId, Timestamp)> {
    let offer = live.frame(|frame| {
        let (card, Offer { until, .. }) = frame.offer.as_ref()?;
        Some((card.conversation, *until))
    });
    offer.filter(|(_, until)| *until > live.now())
}

/// Accepts what is offered and opens it.
pub(crate) fn accept(live: Live, desk: Desk, id: ConversationId) {
    desk.take(live, id);
    desk.place.go(id);
}

/// The offer that ends first. It is told once when it comes and when it goes; its clock never speaks.
#[component]
pub(crate) fn Offers() -> impl IntoView {
    let live = Live::here();
    let offer = memo(move || offered(live));
    let said = RwSignal::new(String::new());
    Effect::new(move |before: Option<Option<ConversationId>>| {
        let now = offer.get().map(|(id, _)| id);
        let tell = |id, what: fn(&dyn Display) -> String| {
            let name = live.peek(|state| state.card(id).map(|card| card.visitor.name.clone()));
            said.set(what(&name.unwrap_or_default()));
        };
        match (before.flatten(), now) {
            (before, Some(id)) if before != now => {
                tell(id, t::offer_comes);
            }
            (Some(id), None) => {
                let mine = live.peek(|state| state.stand(id)) == Stand::Mine;
                tell(
                    id,
                    if mine {
                        t::offer_is_yours
                    } else {
                        t::offer_is_gone
                    },
                );
            }
            _ => {}
        }
        now
    });
    let bar = move || offer.get().map(|(id, until)| view! { <Bar id until/> });
    view! {
        <p class="only-read" role="status">
            {said}
        </p>
        {follow(bar)}
    }
    .painted()
}

#[component]
fn Bar(id: ConversationId, until: Timestamp) -> impl IntoView {
    let live = Live::here();
    let desk = Desk::here();
    let talk = live.talk(id);
    let card = live.peek(|state| state.card(id).cloned())?;
    let CardState::Pending {
        waiting_since: since,
        trigger,
        ..
    } = card.state
    else {
        return None;
    };
    let cut = reads(move || !live.frame(|frame| frame.is_live()));
    let busy = move |act| reads(move || (talk.read().acting == Some(act)).then_some("true"));
    // The conversation's own bar tells it where that is open.
    let why = reads(move || talk.read().why().filter(|_| desk.open.get() != Some(id)));
    let accept = move |_| accept(live, desk, id);
    let reject = move |_| live.act_with_key(|state, key| state.reject(id, key));
    let visitor = card.visitor.clone();
    let name = visitor.name.clone();
    let label = t::offered_name(&name);
    Some(
        view! {
            <section class="offer" aria-label=label>
                <p class="kicker">
                    <Icon name="baton" size="s"/>
                    {t::offered_to_you()}
                    <Left until/>
                </p>
                <Face person=visitor/>
                <a class="name cut" href=format!("/inbox/{id}")>
                    {name}
                </a>
                <Wait since label=t::waits()/>
                <span class="last">
                    <span class="cut">{words::trigger(trigger)}</span>
                    <span class="cut">{crate::words::last_line(&card.last)}</span>
                </span>
                <Refused why/>
                <div class="acts">
                    <button
                        type="button"
                        class="btn"
                        data-kind="soft"
                        disabled=cut
                        aria-busy=busy(Act::Claim)
                        on:click=accept
                    >
                        {t::accept()}
                        <Key name="A"/>
                    </button>
                    <button
                        type="button"
                        class="btn"
                        disabled=cut
                        aria-busy=busy(Act::Reject)
                        on:click=reject
                    >
                        {t::reject()}
                        <Key name="⇧ A"/>
                    </button>
                </div>
            </section>
        }
        .late(),
    )
}
