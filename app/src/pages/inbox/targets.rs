//! The clocks of the first and of the next reply, beside the conversation.

use leptos::prelude::*;
use protocol::targets::{Clock, FirstReply, Owed as Which};

use crate::live::views::Talk;
use crate::parts::follow::follow;
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::parts::memo::memo;
use crate::parts::owed::Owed;
use crate::words::{self, t};

/// What came of the first reply and what is owed now; nothing where no person was asked for.
#[component]
pub(crate) fn Targets(talk: Memo<Talk>) -> impl IntoView {
    let known = memo(move || {
        let talk = talk.read();
        talk.card
            .as_ref()
            .map(|card| (card.clock, card.first_reply))
    });
    follow(move || {
        let (clock, first) = known.get()?;
        let runs = |which| clock.filter(|clock: &Clock| clock.owed == which);
        let first = match (runs(Which::FirstReply), first) {
            (Some(clock), _) => Some(view! { <Owed clock/> }.late()),
            (None, first) => first.map(came),
        };
        let next = runs(Which::NextReply).map(|clock| view! { <Owed clock/> }.late());
        let fact = |name: &'static str, value: AnyView| {
            view! {
                <dt>{name}</dt>
                <dd>{value}</dd>
            }
            .late()
        };
        let first = first.map(|value| fact(t::first_reply(), value));
        let next = next.map(|value| fact(t::next_reply(), value));
        Some((first, next).late())
    })
}

/// How long the first reply took, and whether that was within its time.
fn came(first: FirstReply) -> AnyView {
    let took = words::exact_span(u64::from(first.seconds) * 1000);
    let late = first.late.then(|| {
        view! {
            <span class="chip" data-kind="bad">
                <Icon name="alert"/>
                {t::was_late()}
            </span>
        }
    });
    view! {
        <span>{t::after_span(&took)}</span>
        {late}
    }
    .late()
}
