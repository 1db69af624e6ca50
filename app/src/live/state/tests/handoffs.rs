//! Offers, passing on, transfers, stepping in and what was missed.

use protocol::GroupId;
use protocol::agent::GroupView;
use protocol::card::Offer;
use protocol::entry::{Destination, MissedReason};

use super::*;

/// A pending card that an agent is asked to take.
fn offered(n: u8, version: u64, to: u8, until: i64) -> Card {
    let mut card = pending(n, version, 10);
    if let CardState::Pending { offer, .. } = &mut card.state {
        let until = Timestamp(until);
        *offer = Some(Offer {
            agent: agent(to),
            until,
        });
    }
    card
}

fn missed(n: u8, version: u64, at: i64) -> Card {
    let state = CardState::Missed {
        handoff: handoff(n),
        reason: MissedReason::Timeout,
        at: Timestamp(at),
        details: true,
    };
    card(n, version, state)
}

fn assistants(n: u8) -> Card {
    card(n, 1, CardState::Assistant)
}

fn refused(n: u8, refusal: Refusal) -> AgentEvent {
    AgentEvent::Refused {
        key: Some(key(n)),
        sentence: refusal.to_string(),
        refusal,
    }
}

fn full() -> Refusal {
    Refusal::ChatLimitReached { held: 3, limit: 3 }
}

/// Makes me somebody who may give chats to others.
fn as_supervisor(state: &mut LiveState) {
    let me = state.me;
    let mut team = state.team.iter_mut();
    let member = team.find(|member| Some(member.id) == me).unwrap();
    member.role = Role::Supervisor;
}

#[test]
fn what_is_offered_to_me_shows_until_somebody_takes_it() {
    let mut state = inbox(vec![pending(1, 1, 10)]);
    assert_eq!(None, state.offer());
    state.apply(AgentEvent::CardChanged(offered(1, 2, 1, 90)), NOW);
    state.apply(AgentEvent::CardChanged(offered(2, 1, 1, 60)), NOW);
    let (card, offer) = state.offer().unwrap();
    assert_eq!(
        conversation(2),
        card.conversation,
        "the one that ends first"
    );
    assert_eq!(Timestamp(60), offer.until);
    assert_eq!(Some(Timestamp(90)), state.offered_until(conversation(1)));
    assert_eq!(Stand::Nobody, state.stand(conversation(1)));

    state.apply(AgentEvent::CardChanged(active(2, 2, 2, None)), NOW);
    state.apply(AgentEvent::CardChanged(offered(1, 3, 2, 120)), NOW);
    assert_eq!(None, state.offer());
}

#[test]
fn an_offer_is_found_whatever_tab_is_on_screen() {
    let mut state = inbox(Vec::new());
    state.show_tab(Tab::Resolved);
    state.start();
    state.connection_changed(Connection::Live);
    let AgentEvent::Welcome(mut welcome) = welcome(Vec::new()) else {
        panic!("a welcome")
    };
    welcome.tab = Tab::Resolved;
    state.take_asks();
    state.apply(AgentEvent::Welcome(welcome), NOW);
    let ask = AgentCommand::ListCards {
        tab: Tab::Pending,
        after: None,
    };
    assert_eq!(vec![ask], state.take_asks());
    let cards = vec![offered(1, 1, 1, 90)];
    state.apply(
        AgentEvent::Cards {
            tab: Tab::Pending,
            cards,
            more: false,
        },
        NOW,
    );
    assert!(state.offer().is_some());
    assert_eq!(Tab::Resolved, state.tab());
}

#[test]
fn what_a_colleague_is_asked_to_take_is_not_mine_to_take() {
    let mut state = inbox(vec![offered(1, 1, 2, 90)]);
    assert_eq!(Stand::Asked(agent(2)), state.stand(conversation(1)));
    assert!(!state.stand(conversation(1)).takes_reply());
    state.claim(conversation(1), key(1));
    state.reject(conversation(1), key(2));
    state.resolve(conversation(1), Outcome::Closed, key(3));
    assert!(state.take_asks().is_empty());
}

#[test]
fn what_is_passed_on_is_passed_on_once_and_keeps_its_place() {
    let mut state = inbox(vec![pending(1, 1, 10), pending(2, 1, 20)]);
    state.reject(conversation(1), key(1));
    let ask = AgentCommand::Reject {
        conversation: conversation(1),
        handoff: handoff(1),
        key: key(1),
    };
    assert_eq!(vec![ask], state.take_asks());

    let mut declined = pending(1, 2, 10);
    declined.declined_by = vec![agent(1)];
    state.apply(AgentEvent::CardChanged(declined), NOW);
    let done = AgentEvent::Done {
        key: key(1),
        seq: Some(Seq(3)),
    };
    state.apply(done, NOW);
    assert!(state.has_declined(conversation(1)));
    let order = vec![conversation(1), conversation(2)];
    assert_eq!(order, shown(&state, Tab::Pending));
    state.reject(conversation(1), key(2));
    assert!(state.take_asks().is_empty());
    state.claim(conversation(1), key(3));
    assert_eq!(1, state.take_asks().len(), "it can be taken all the same");
}

#[test]
fn the_newest_missed_one_comes_first_and_can_be_taken_late() {
    let mut state = inbox(Vec::new());
    state.show_tab(Tab::Missed);
    let ask = AgentCommand::ListCards {
        tab: Tab::Missed,
        after: None,
    };
    assert_eq!(vec![ask], state.take_asks());
    let cards = vec![missed(2, 1, 90), missed(1, 1, 40)];
    state.apply(
        AgentEvent::Cards {
            tab: Tab::Missed,
            cards,
            more: false,
        },
        NOW,
    );
    state.apply(AgentEvent::CardChanged(missed(3, 1, 95)), NOW);
    let order = vec![conversation(3), conversation(2), conversation(1)];
    assert_eq!(order, shown(&state, Tab::Missed));

    assert_eq!(Stand::Missed, state.stand(conversation(1)));
    state.claim(conversation(1), key(1));
    let claim = AgentCommand::Claim {
        conversation: conversation(1),
        handoff: handoff(1),
        key: key(1),
    };
    assert_eq!(vec![claim], state.take_asks());
    state.apply(AgentEvent::CardChanged(active(1, 2, 1, None)), NOW);
    assert_eq!(2, shown(&state, Tab::Missed).len());
}

#[test]
fn one_steps_into_what_the_assistant_has_and_into_nothing_else() {
    let mut state = inbox(vec![assistants(1), pending(2, 1, 10)]);
    state.step_in(conversation(1), key(1));
    state.step_in(conversation(2), key(2));
    let ask = AgentCommand::StepIn {
        conversation: conversation(1),
        key: key(1),
    };
    assert_eq!(vec![ask], state.take_asks());
    assert_eq!(Some(Act::StepIn), state.acting(conversation(1)));
}

#[test]
fn the_holder_passes_a_chat_on_and_others_only_if_they_may_assign() {
    let mut state = inbox(vec![
        active(1, 1, 1, None),
        active(2, 1, 2, None),
        pending(3, 1, 10),
    ]);
    let to = Destination::Group(GroupId::new(NOW, &[1; 10]));
    for n in 1..=3 {
        state.transfer(conversation(n), to, " Knows tents. ", key(n));
    }
    let transfer = |n| AgentCommand::Transfer {
        conversation: conversation(n),
        handoff: handoff(n),
        key: key(n),
        to,
        note: "Knows tents.".to_owned(),
    };
    assert_eq!(vec![transfer(1)], state.take_asks());

    as_supervisor(&mut state);
    for n in 1..=3 {
        state.transfer(conversation(n), to, "Knows tents.", key(n));
    }
    assert_eq!(vec![transfer(2), transfer(3)], state.take_asks());
}

#[test]
fn a_refusal_is_told_where_the_act_was_done() {
    let mut state = inbox(vec![pending(1, 1, 10)]);
    state.open(conversation(1));
    state.claim(conversation(1), key(1));
    state.apply(refused(1, full()), NOW);
    let told = Some((Act::Claim, full().to_string()));
    assert_eq!(told, state.trouble(conversation(1)));
    assert!(state.toasts.shown().is_empty());

    state.claim(conversation(1), key(2));
    assert_eq!(
        None,
        state.trouble(conversation(1)),
        "a new try begins anew"
    );
    state.apply(refused(2, full()), NOW);
    state.apply(AgentEvent::CardChanged(active(1, 2, 2, None)), NOW);
    assert_eq!(None, state.trouble(conversation(1)), "it is another's now");
}

#[test]
fn a_refusal_without_its_place_on_screen_is_a_notice() {
    let mut state = inbox(vec![active(1, 1, 1, None), offered(2, 1, 1, 90)]);
    state.open(conversation(1));
    state.claim(conversation(2), key(1));
    state.apply(refused(1, full()), NOW);
    assert!(state.trouble(conversation(2)).is_some(), "on the offer");

    state.passes_on(Some(conversation(1)));
    state.transfer(conversation(1), Destination::Queue, "", key(2));
    state.passes_on(None);
    state.apply(refused(2, Refusal::Unavailable), NOW);
    assert_eq!(None, state.trouble(conversation(1)));
    assert_eq!(1, state.toasts.shown().len());

    state.passes_on(Some(conversation(1)));
    state.transfer(conversation(1), Destination::Queue, "", key(3));
    state.apply(refused(3, Refusal::Unavailable), NOW);
    assert!(state.trouble(conversation(1)).is_some(), "in the dialog");
}

#[test]
fn accepting_follows_what_the_hub_says() {
    let mut state = inbox(Vec::new());
    let changed = AgentEvent::PresenceChanged {
        agent: agent(2),
        availability: Availability::Away,
        chosen: None,
        accepting: false,
    };
    state.apply(changed, NOW);
    let member = state.member(agent(2)).unwrap();
    assert!(!member.accepting);
    assert_eq!(Availability::Away, member.availability);
    assert!(state.member(agent(1)).unwrap().accepting);
    assert_eq!(Some(Availability::Online), state.chosen);
}

#[test]
fn groups_have_their_names() {
    let mut state = inbox(Vec::new());
    let AgentEvent::Welcome(mut welcome) = welcome(Vec::new()) else {
        panic!("a welcome")
    };
    let id = GroupId::new(NOW, &[1; 10]);
    let name = "Returns".to_owned();
    welcome.groups = vec![GroupView { id, name }];
    state.apply(AgentEvent::Welcome(welcome), NOW);
    assert_eq!("Returns", state.group(id));
    assert_eq!("a group", state.group(GroupId::new(NOW, &[2; 10])));
}

#[test]
fn a_load_is_told_only_where_all_of_it_is_known() {
    let mut state = inbox(vec![active(1, 1, 2, None)]);
    assert_eq!(None, state.load(agent(2)));
    state.apply(
        AgentEvent::Cards {
            tab: Tab::Active,
            cards: vec![active(2, 1, 2, None), active(3, 1, 1, None)],
            more: false,
        },
        NOW,
    );
    assert_eq!(Some(2), state.load(agent(2)));
}

#[test]
fn what_a_colleague_holds_can_be_joined_answered_and_left() {
    let mut state = inbox(vec![active(1, 1, 2, Some(10))]);
    assert_eq!(Stand::Colleague(agent(2)), state.stand(conversation(1)));
    state.join(conversation(1), key(1));
    let join = AgentCommand::Join {
        conversation: conversation(1),
        handoff: handoff(1),
        key: key(1),
    };
    assert_eq!(vec![join], state.take_asks());

    let mut joined = active(1, 2, 2, Some(10));
    joined.participants = vec![agent(1)];
    state.apply(AgentEvent::CardChanged(joined.clone()), NOW);
    let done = AgentEvent::Done {
        key: key(1),
        seq: Some(Seq(4)),
    };
    state.apply(done, NOW);
    let stand = state.stand(conversation(1));
    assert_eq!(Stand::Joined(agent(2)), stand);
    assert!(stand.takes_reply() && state.answers(&joined));
    assert!(!state.can(conversation(1), Act::Resolve(Outcome::Closed)));
    assert!(!state.can(conversation(1), Act::Join));
    state.leave(conversation(1), key(2));
    assert_eq!(1, state.take_asks().len());
}
