//! Who has a conversation, and what can be done about it.

use leptos::prelude::*;
use protocol::card::{Card, CardState, Offer};
use protocol::entry::{MissedReason, Outcome};

use super::sample::{
    JONAS, ME, active, agent, ago, ahead, card, handoff, id, inbox, opened, pending, resolved,
};
use super::stage::{in_inbox, in_talk};
use crate::live::state::Connection;
use crate::pages::inbox::claim_bar::ClaimBar;
use crate::pages::inbox::head::Head;
use crate::pages::inbox::offer::Offers;
use crate::parts::late::IntoLate;

pub(super) fn all() -> Vec<AnyView> {
    let blocked = Card {
        blocked: true,
        ..of(resolved(1, Outcome::Spam))
    };
    let joined = Card {
        participants: vec![agent(ME)],
        ..of(active(1, JONAS, None))
    };
    let mut all: Vec<AnyView> = [
        ("nobody has it", of(pending(1, 40))),
        ("offered to me", offered(ME)),
        ("offered to a colleague", offered(JONAS)),
        ("missed", of(missed())),
        ("a colleague has it", of(active(1, JONAS, None))),
        ("the assistant has it", of(CardState::Assistant)),
        ("over", of(resolved(1, Outcome::Closed))),
        ("blocked", blocked),
    ]
    .into_iter()
    .map(|(name, card)| bar(name, card))
    .collect();
    all.push(cut_off());
    all.extend([
        head("head, mine", of(active(1, ME, None))),
        head("head, joined", joined),
        head("head, over", of(resolved(1, Outcome::Closed))),
        in_inbox("offers", inbox(vec![offered(ME)]), || {
            view! { <Offers/> }.late()
        }),
    ]);
    all
}

fn of(state: CardState) -> Card {
    card(1, "Elif Kaya", state, "The lamp arrived broken.")
}

fn offered(to: u8) -> Card {
    of(CardState::Pending {
        handoff: handoff(1),
        trigger: protocol::entry::Trigger::Button,
        waiting_since: ago(40),
        offer: Some(Offer {
            agent: agent(to),
            until: ahead(22),
        }),
    })
}

fn missed() -> CardState {
    CardState::Missed {
        handoff: handoff(1),
        reason: MissedReason::Timeout,
        at: ago(3_000),
        details: true,
    }
}

fn bar(name: &'static str, card: Card) -> AnyView {
    in_talk(name, opened(card, Vec::new()), id(1), |talk| {
        view! { <ClaimBar id=id(1) talk/> }.late()
    })
}

/// Nothing can be taken over while nothing can be told.
fn cut_off() -> AnyView {
    let mut state = opened(of(pending(1, 40)), Vec::new());
    state.connection_changed(Connection::Lost { since: ago(12) });
    in_talk("nobody has it, cut off", state, id(1), |talk| {
        view! { <ClaimBar id=id(1) talk/> }.late()
    })
}

fn head(name: &'static str, card: Card) -> AnyView {
    in_talk(name, opened(card, Vec::new()), id(1), |talk| {
        let name = Memo::new(|_| "Elif Kaya".to_owned());
        view! {
            <main class="talk">
                <Head id=id(1) talk name/>
            </main>
        }
        .late()
    })
}
