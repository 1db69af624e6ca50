//! One conversation in the list.

use leptos::prelude::*;
use protocol::ConversationId;
use protocol::card::{Card, CardState, Snooze};
use protocol::entry::Author;

use super::Desk;
use crate::live::state::Stand;
use crate::live::views::Talk;
use crate::live::{Live, local};
use crate::parts::face::Face;
use crate::parts::follow::{follow, reads};
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::parts::left::Left;
use crate::parts::owed::Owed;
use crate::parts::time::Ago;
use crate::parts::typing::Typing;
use crate::parts::wait::Wait;
use crate::words::{self, t};

/// Who it is, what was said last, how long they wait, and who has it.
#[component]
pub(crate) fn Row(id: ConversationId) -> impl IntoView {
    let live = Live::here();
    let desk = Desk::here();
    let talk = live.talk(id);
    let current = move || (desk.open.get() == Some(id)).then_some("true");
    let is_unread = move || (unread(&talk.read()) > 0).then_some("");
    let is_declined = move || talk.read().declined.then_some("");
    let known = live.peek(|state| state.card(id).is_some());
    // A card that changes keeps its row; only what differs in it is drawn anew.
    let part = move |draw: fn(&Card) -> Option<AnyView>| {
        follow(move || talk.read().card.as_deref().and_then(draw))
    };
    known.then(|| {
        view! {
            <a
                class="conv"
                href=format!("/inbox/{id}")
                data-unread=reads(is_unread)
                data-declined=reads(is_declined)
                aria-current=reads(current)
            >
                {part(face)} {part(name)}
                {part(when)}
                <span class="last cut">{follow(move || last(&talk.read()))}</span>
                <span class="mark">
                    {follow(move || drafted(id))}
                    {follow(move || mentioned(&talk.read()))}
                    {part(holder)}
                    {follow(move || count(&talk.read()))}
                </span>
                {follow(move || meta(&talk.read()))}
            </a>
        }
        .late()
    })
}

/// A clock while somebody waits, else a time.
fn when(card: &Card) -> Option<AnyView> {
    Some(match card.state {
        CardState::Active {
            snooze: Some(Snooze { until }),
            ..
        } => {
            let now = Live::here().now_untracked();
            let until = until.map(|at| t::until_when(&local::date_and_clock(at, now)));
            view! {
                <time class="faint num aside" title=t::snoozed()>
                    {until}
                    <Icon name="moon" size="s"/>
                </time>
            }
            .late()
        }
        CardState::Pending { .. } | CardState::Active { .. } if card.clock.is_some() => {
            card.clock.map(|clock| view! { <Owed clock/> }).late()
        }
        CardState::Pending {
            waiting_since: since,
            ..
        }
        | CardState::Active {
            unanswered_since: Some(since),
            ..
        } => view! { <Wait since/> }.late(),
        CardState::Missed { at, .. } | CardState::Resolved { at, .. } => view! { <Ago at/> }.late(),
        CardState::Active { .. } | CardState::Assistant => view! { <Ago at=card.last.at/> }.late(),
    })
}

/// The last words, or that more are being typed.
fn last(talk: &Talk) -> AnyView {
    if talk.typist == Some(Author::Visitor) {
        return view! {
            <span class="typing-line">
                <Typing/>
                {t::typing()}
            </span>
        }
        .late();
    }
    let Some(last) = talk.card.as_deref().map(|card| &card.last) else {
        return ().late();
    };
    let by = match last.author {
        Author::Agent(agent) => Some(Live::here().peek(|state| state.name(agent))),
        Author::Ai => Some(t::assistant().to_owned()),
        Author::Visitor | Author::System => None,
    };
    (
        by.map(|by| view! { <b>{by} ": "</b> }.late()),
        crate::words::last_line(last),
    )
        .late()
}

/// That something is typed here and not sent.
fn drafted(id: ConversationId) -> Option<AnyView> {
    let open = Desk::here().open;
    // What is open shows it itself.
    let shown = Live::here().has_draft(id) && open.get() != Some(id);
    shown.then(|| {
        view! {
            <span class="drafted">
                <Icon name="form" size="xs"/>
                {t::draft_word()}
            </span>
        }
        .late()
    })
}

/// Who it is, drawn anew when another name is known.
fn face(card: &Card) -> Option<AnyView> {
    let person = card.visitor.clone();
    Some(
        view! {
            <Face person>
                <span class="via" title=t::web()>
                    <Icon name="web"/>
                </span>
            </Face>
        }
        .late(),
    )
}

fn name(card: &Card) -> Option<AnyView> {
    let name = card.visitor.name.clone();
    Some(view! { <span class="name cut">{name}</span> }.late())
}

/// That a note names me.
fn mentioned(talk: &Talk) -> Option<AnyView> {
    talk.mentioned.then(|| {
        view! {
            <span class="mentioned" title=t::mentions_you()>
                <Icon name="at" size="xs"/>
                <span class="only-read">{t::mentions_you()}</span>
            </span>
        }
        .late()
    })
}

/// The colleague who has it.
fn holder(card: &Card) -> Option<AnyView> {
    let agent = match card.state {
        CardState::Active { agent, .. } | CardState::Resolved { agent, .. } => agent,
        CardState::Assistant | CardState::Pending { .. } | CardState::Missed { .. } => return None,
    };
    let others = |state: &crate::live::state::LiveState| {
        state
            .face(agent)
            .filter(|_| Some(agent) != state.me)
            .cloned()
    };
    let person = Live::here().peek(others)?;
    let title = t::held_by(&person.name);
    let picture = Live::here().peek(|state| state.picture(agent));
    Some(view! { <Face person size="xs" title picture/> }.late())
}

/// Messages that the team has not read; filled where they are mine to read.
fn count(talk: &Talk) -> Option<AnyView> {
    let unread = unread(talk);
    let kind = (!matches!(talk.stand, Stand::Colleague(_))).then_some("unread");
    (unread > 0).then(|| {
        view! {
            <span class="count" data-kind=kind>
                {unread}
                <span class="only-read">" " {t::unread_count()}</span>
            </span>
        }
        .late()
    })
}

fn unread(talk: &Talk) -> u32 {
    talk.card.as_ref().map_or(0, |card| card.unread)
}

/// Why a person was asked for and who is asked, while nobody has come; afterwards how it ended.
fn meta(talk: &Talk) -> Option<AnyView> {
    let card = talk.card.as_deref()?;
    let (icon, words) = match (card.state, talk.stand) {
        (CardState::Pending { .. }, Stand::Asked(agent)) => {
            let name = Live::here().peek(|state| state.name(agent));
            ("baton", t::is_being_asked(&name))
        }
        (CardState::Pending { .. }, _) if talk.offered_until.is_some() => {
            ("baton", t::offered_to_you().to_owned())
        }
        (CardState::Pending { .. }, _) if talk.declined => ("baton", t::you_passed().to_owned()),
        (CardState::Pending { trigger, .. }, _) => ("baton", words::trigger(trigger).to_owned()),
        (
            CardState::Missed {
                reason, details, ..
            },
            _,
        ) => {
            let reason = words::missed(reason);
            let words = match details {
                true => t::left_details(&reason),
                false => reason.to_owned(),
            };
            ("alert", words)
        }
        (CardState::Resolved { outcome, .. }, _) => ("done", words::outcome(outcome).to_owned()),
        (CardState::Active { .. } | CardState::Assistant, _) => return None,
    };
    let left = talk.offered_until.map(|until| view! { <Left until/> });
    Some(
        view! {
            <span class="meta">
                <Icon name=icon/>
                <span>{words}</span>
                {left}
            </span>
        }
        .late(),
    )
}
