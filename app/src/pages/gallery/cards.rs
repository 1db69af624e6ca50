//! Cards of the list, in every state that a conversation can be in.

use leptos::prelude::*;
use protocol::Seq;
use protocol::agent::AgentEvent;
use protocol::card::{Card, CardState, Offer, Snooze};
use protocol::entry::{Author, MissedReason, Outcome};
use protocol::mention::Mention;

use super::sample::{
    JONAS, ME, NOW, active, agent, ago, ahead, card, handoff, id, inbox, opened, owed, pending,
    resolved,
};
use super::stage::in_inbox;
use crate::live::state::LiveState;
use crate::pages::inbox::row::Row;
use crate::parts::late::IntoLate;

/// What visitors say.
const SAYS: &str = "The lamp arrived broken, and I need it on Friday.";

pub(super) fn all() -> Vec<AnyView> {
    let mut all: Vec<AnyView> = [
        ("waits since a moment", waits(20)),
        ("waits for a while", waits(100)),
        ("waits for too long", waits(900)),
        ("offered to me", offered(ME)),
        ("offered to a colleague", offered(JONAS)),
        ("passed on by me", passed()),
        ("a reply is owed", owing(240)),
        ("a reply is owed soon", owing(30)),
        ("a reply is late", owing(-95)),
        ("mine, answered", of(active(1, ME, None))),
        (
            "mine, waits for a reply",
            unread(of(active(1, ME, Some(70)))),
        ),
        ("a colleague's", unread(of(active(1, JONAS, None)))),
        ("put aside until a time", of(snoozed(Some(ahead(64_000))))),
        ("put aside until they write", of(snoozed(None))),
        ("missed, with details", missed(true)),
        ("missed, without", missed(false)),
        ("resolved", of(resolved(1, Outcome::Closed))),
        (
            "back with the assistant",
            of(resolved(1, Outcome::RestoredToAi)),
        ),
        ("spam", of(resolved(1, Outcome::Spam))),
        ("answered by the assistant", assistant()),
    ]
    .into_iter()
    .map(|(name, card)| row(name, inbox(vec![card])))
    .collect();
    all.push(row("the visitor types", typing()));
    all.push(row("I am mentioned", mentioned()));
    all
}

fn row(name: &'static str, state: LiveState) -> AnyView {
    in_inbox(name, state, || view! { <Row id=id(1)/> }.late())
}

fn of(state: CardState) -> Card {
    card(1, "Elif Kaya", state, SAYS)
}

fn waits(seconds: i64) -> Card {
    unread(of(pending(1, seconds)))
}

fn unread(card: Card) -> Card {
    Card { unread: 2, ..card }
}

fn offered(to: u8) -> Card {
    let mut card = waits(40);
    if let CardState::Pending { offer, .. } = &mut card.state {
        *offer = Some(Offer {
            agent: agent(to),
            until: ahead(22),
        });
    }
    card
}

fn passed() -> Card {
    let declined_by = vec![agent(ME)];
    Card {
        declined_by,
        ..waits(80)
    }
}

fn owing(left: i64) -> Card {
    let clock = Some(owed(left));
    Card {
        clock,
        ..waits(300 - left)
    }
}

fn snoozed(until: Option<protocol::Timestamp>) -> CardState {
    CardState::Active {
        handoff: handoff(1),
        agent: agent(ME),
        claimed_at: ago(4_000),
        unanswered_since: None,
        snooze: Some(Snooze { until }),
    }
}

fn missed(details: bool) -> Card {
    of(CardState::Missed {
        handoff: handoff(1),
        reason: MissedReason::OutOfHours,
        at: ago(50_000),
        details,
    })
}

fn assistant() -> Card {
    let mut card = of(CardState::Assistant);
    card.last.author = Author::Ai;
    card.last.text = "Broken parts are replaced within two days.".to_owned();
    card
}

fn typing() -> LiveState {
    let mut state = opened(waits(40), Vec::new());
    let types = AgentEvent::TypingChanged {
        conversation: id(1),
        author: Author::Visitor,
        typing: true,
    };
    state.apply(types, NOW);
    state
}

fn mentioned() -> LiveState {
    let mut state = inbox(vec![of(active(1, JONAS, None))]);
    let mention = Mention {
        conversation: id(1),
        seq: Seq(3),
        by: agent(JONAS),
        at: ago(30),
    };
    state.apply(AgentEvent::Mentioned(mention), NOW);
    state
}
