//! How a request finds its agent: offers, assignment, passing on, stepping in, losing an agent.

use std::time::Duration;

use protocol::agent::{AgentCommand, AgentEvent};
use protocol::card::{Card, CardState};
use protocol::entry::{Destination, Event, PublicEvent, Released, Taken};
use protocol::settings::RoutingMode;
use protocol::{ConversationId, HandoffId, Refusal};

use crate::actors::{AgentActor, TestDesk};

async fn routes(desk: &TestDesk, mode: RoutingMode) {
    desk.sets(|effective, layer| {
        effective.routing.mode = mode;
        layer.routing = Some(effective.routing.clone());
    })
    .await;
}

/// Waits until this agent is asked to take the conversation.
async fn sees_offer(agent: &AgentActor, conversation: ConversationId) -> HandoffId {
    let offered = |card: &Card| matches!(card.state, CardState::Pending { offer: Some(offer), .. } if offer.agent == agent.id);
    match agent.sees_card(conversation, offered).await.state {
        CardState::Pending { handoff, .. } => handoff,
        state => panic!("{state:?}"),
    }
}

async fn rejects(
    agent: &mut AgentActor,
    conversation: ConversationId,
    handoff: HandoffId,
) -> Result<(), Refusal> {
    let rejected = agent.asks(|key| AgentCommand::Reject {
        conversation,
        handoff,
        key,
    });
    rejected.await.map(|_| ())
}

async fn passes_on(
    agent: &mut AgentActor,
    conversation: ConversationId,
    handoff: HandoffId,
    to: Destination,
    note: &str,
) -> Result<(), Refusal> {
    let note = note.to_owned();
    let passed = agent.asks(|key| AgentCommand::Transfer {
        conversation,
        handoff,
        key,
        to,
        note,
    });
    passed.await.map(|_| ())
}

async fn is_held_by(sees: &AgentActor, conversation: ConversationId, holder: &AgentActor) {
    let held =
        |card: &Card| matches!(card.state, CardState::Active { agent, .. } if agent == holder.id);
    sees.sees_card(conversation, held).await;
}

#[tokio::test]
async fn an_offer_goes_to_one_agent_then_to_the_next_and_in_the_end_to_everybody() {
    let desk = TestDesk::start().await;
    routes(&desk, RoutingMode::Offer).await;
    let (mut ana, mut ben) = (desk.agent("Ana").await, desk.agent("Ben").await);
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    let conversation = visitor.conversation;

    // Of two who never had a chat the one whose id is older is first.
    let handoff = sees_offer(&ana, conversation).await;
    let refused = ben.claims(conversation, handoff).await.unwrap_err();
    assert!(
        matches!(&refused, Refusal::OfferedTo { agent, name } if (*agent, name) == (ana.id, &ana.name)),
        "{refused:?}"
    );

    rejects(&mut ana, conversation, handoff).await.unwrap();
    assert_eq!(handoff, sees_offer(&ben, conversation).await);
    rejects(&mut ben, conversation, handoff).await.unwrap();
    let free = |card: &Card| {
        let offered = matches!(card.state, CardState::Pending { offer: None, .. });
        offered && card.declined_by.len() == 2
    };
    ana.sees_card(conversation, free).await;
    // Whoever passed it on may still change their mind.
    ana.claims(conversation, handoff).await.unwrap();
}

#[tokio::test]
async fn an_offer_that_was_made_before_a_restart_runs_out_after_it() {
    let mut desk = TestDesk::start().await;
    routes(&desk, RoutingMode::Offer).await;
    desk.sets(|settings, layer| {
        settings.routing.offer_seconds = 5;
        layer.routing = Some(settings.routing.clone());
    })
    .await;
    let (ana, mut ben) = (desk.agent("Ana").await, desk.agent("Ben").await);
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    sees_offer(&ana, visitor.conversation).await;

    desk.stops().await;
    desk.starts_again().await;
    ben.comes_back(Vec::new()).await;

    // Nobody turns the clock and nothing else happens: the scheduler wakes by what the rows say.
    let next = tokio::time::timeout(
        Duration::from_secs(20),
        sees_offer(&ben, visitor.conversation),
    );
    next.await.expect("the offer runs out");
}

#[tokio::test]
async fn an_offer_that_nobody_accepts_in_time_goes_on_by_itself() {
    let desk = TestDesk::start().await;
    routes(&desk, RoutingMode::Offer).await;
    let (ana, mut ben) = (desk.agent("Ana").await, desk.agent("Ben").await);
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    let conversation = visitor.conversation;
    sees_offer(&ana, conversation).await;

    desk.time_passes(Duration::from_secs(31));

    let handoff = sees_offer(&ben, conversation).await;
    ben.claims(conversation, handoff).await.unwrap();
    visitor
        .is_told(
            "who joined",
            |event| matches!(event, PublicEvent::Joined { person, .. } if person.name == "Ben"),
        )
        .await;
}

#[tokio::test]
async fn a_request_is_assigned_at_once_and_the_next_as_soon_as_there_is_room() {
    let desk = TestDesk::start().await;
    routes(&desk, RoutingMode::Auto).await;
    let mut ana = desk.agent("Ana").await;
    let mut conversations = Vec::new();
    for _ in 0..4 {
        let mut visitor = desk.visitor().await;
        visitor.asks_for_human().await.unwrap();
        conversations.push(visitor);
    }
    for visitor in &conversations[..3] {
        is_held_by(&ana, visitor.conversation, &ana).await;
    }
    let last = conversations[3].conversation;
    ana.sees_pending(last).await;

    let first = conversations[0].conversation;
    let thread = ana.opens(first).await;
    let CardState::Active { handoff, .. } = thread.card.state else {
        panic!("{:?}", thread.card.state)
    };
    let how = thread.entries.iter().find_map(|entry| match &entry.body {
        protocol::entry::Body::Event(Event::HandoffClaimed { how, .. }) => Some(*how),
        _ => None,
    });
    assert_eq!(Some(Taken::Assigned), how);
    ana.releases(first, handoff).await.unwrap();

    is_held_by(&ana, last, &ana).await;
}

#[tokio::test]
async fn an_agent_who_comes_online_is_given_what_waits() {
    let desk = TestDesk::start().await;
    desk.sets(|effective, layer| {
        effective.routing.mode = RoutingMode::Auto;
        effective.queue.nobody = protocol::settings::WhenNobody::Wait;
        layer.routing = Some(effective.routing.clone());
        layer.queue = Some(effective.queue);
    })
    .await;
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();

    let ana = desk.agent("Ana").await;

    is_held_by(&ana, visitor.conversation, &ana).await;
}

#[tokio::test]
async fn who_does_not_accept_chats_is_given_none_until_they_do() {
    let desk = TestDesk::start().await;
    routes(&desk, RoutingMode::Auto).await;
    let mut ana = desk.agent("Ana").await;
    let accepts = |wanted: bool| {
        move |event: &protocol::agent::AgentEvent| match event {
            protocol::agent::AgentEvent::PresenceChanged {
                accepting,
                chosen: Some(_),
                ..
            } => (*accepting == wanted).then_some(()),
            _ => None,
        }
    };
    ana.client
        .send(&AgentCommand::SetAccepting { accepting: false })
        .await;
    ana.client.hears("not accepting", accepts(false)).await;
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    ana.sees_pending(visitor.conversation).await;

    ana.client
        .send(&AgentCommand::SetAccepting { accepting: true })
        .await;

    is_held_by(&ana, visitor.conversation, &ana).await;
}

#[tokio::test]
async fn a_chat_is_passed_on_with_a_note_that_the_visitor_never_sees() {
    let desk = TestDesk::start().await;
    let (mut ana, mut ben) = (desk.agent("Ana").await, desk.agent("Ben").await);
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    let conversation = visitor.conversation;
    let handoff = ana.sees_pending(conversation).await;
    ana.claims(conversation, handoff).await.unwrap();

    let to = Destination::Agent(ben.id);
    passes_on(&mut ana, conversation, handoff, to, "Knows tents better")
        .await
        .unwrap();

    is_held_by(&ben, conversation, &ben).await;
    let joined = |event: &PublicEvent| matches!(event, PublicEvent::Joined { person, .. } if person.name == "Ben");
    visitor.is_told("who joined", joined).await;
    ben.opens(conversation).await;
    ben.reads("Knows tents better").await;
    assert!(!format!("{:?}", visitor.client.heard()).contains("Knows tents better"));
    let refused = ana.says(conversation, "One more thing").await.unwrap_err();
    assert!(matches!(refused, Refusal::HeldBy { .. }), "{refused:?}");
    let refused = passes_on(&mut ana, conversation, handoff, Destination::Queue, "").await;
    assert!(
        matches!(refused, Err(Refusal::HeldBy { .. })),
        "{refused:?}"
    );
}

#[tokio::test]
async fn nobody_is_given_a_chat_while_they_are_away() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    let ben = desk.agent("Ben").await;
    let (ben_id, name) = (ben.id, ben.name.clone());
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    let conversation = visitor.conversation;
    let handoff = ana.sees_pending(conversation).await;
    ana.claims(conversation, handoff).await.unwrap();
    drop(ben);
    // The grace begins when the server has seen it, and whoever stays away for a moment is kept as gone.
    let moment = Duration::from_millis(300);
    tokio::time::sleep(moment).await;
    desk.time_passes(Duration::from_secs(6));
    tokio::time::sleep(moment).await;
    desk.time_passes(Duration::from_secs(55));

    let to = Destination::Agent(ben_id);
    let refused = passes_on(&mut ana, conversation, handoff, to, "").await;

    assert_eq!(
        Err(Refusal::TargetNotOnline {
            agent: ben_id,
            name
        }),
        refused
    );
    is_held_by(&ana, conversation, &ana).await;
}

#[tokio::test]
async fn an_agent_steps_into_a_conversation_of_the_assistant() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    let mut visitor = desk.visitor().await;
    let asked = visitor.says("How heavy is the tent?").await.unwrap();
    visitor.hears_the_ai(asked).await;
    let conversation = visitor.conversation;

    ana.asks(|key| AgentCommand::StepIn { conversation, key })
        .await
        .unwrap();
    ana.says(conversation, "I can weigh it for you")
        .await
        .unwrap();

    visitor.reads("I can weigh it for you").await;
    is_held_by(&ana, conversation, &ana).await;
}

#[tokio::test]
async fn the_unanswered_chat_of_an_agent_who_is_gone_goes_back_and_somebody_else_takes_it() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    let mut ben = desk.agent("Ben").await;
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    let conversation = visitor.conversation;
    let handoff = ana.sees_pending(conversation).await;
    let since = match ana.sees_card(conversation, |_| true).await.state {
        CardState::Pending { waiting_since, .. } => waiting_since,
        state => panic!("{state:?}"),
    };
    ana.claims(conversation, handoff).await.unwrap();
    is_held_by(&ben, conversation, &ana).await;
    ben.opens(conversation).await;
    ben.client.forget();

    // The laptop is closed.
    drop(ana);
    tokio::time::sleep(Duration::from_millis(300)).await;
    desk.time_passes(Duration::from_secs(61));
    tokio::time::sleep(Duration::from_millis(300)).await;
    desk.time_passes(Duration::from_secs(5 * 60));

    let again = |card: &Card| matches!(card.state, CardState::Pending { waiting_since, .. } if waiting_since == since);
    ben.sees_card(conversation, again).await;
    ben.sees_entry("the release", |entry| {
        matches!(
            entry.body,
            protocol::entry::Body::Event(Event::HandoffReleased {
                why: Released::Lost,
                ..
            })
        )
    })
    .await;
    ben.claims(conversation, handoff).await.unwrap();
    ben.says(conversation, "I am here").await.unwrap();
    visitor.reads("I am here").await;
}

#[tokio::test]
async fn an_agent_is_asked_to_take_one_chat_at_a_time_and_the_next_follows_the_answer() {
    let desk = TestDesk::start().await;
    routes(&desk, RoutingMode::Offer).await;
    let mut ana = desk.agent("Ana").await;
    let (mut first, mut second) = (desk.visitor().await, desk.visitor().await);
    first.asks_for_human().await.unwrap();
    let handoff = sees_offer(&ana, first.conversation).await;

    second.asks_for_human().await.unwrap();
    let waits = |card: &Card| matches!(card.state, CardState::Pending { offer: None, .. });
    ana.sees_card(second.conversation, waits).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    let asked_twice = ana.client.heard().into_iter().any(|event| {
        matches!(event, AgentEvent::CardChanged(card) if card.conversation == second.conversation
            && matches!(card.state, CardState::Pending { offer: Some(_), .. }))
    });
    assert!(!asked_twice, "she has not answered yet");

    ana.claims(first.conversation, handoff).await.unwrap();
    sees_offer(&ana, second.conversation).await;
}

/// The one of these conversations that this agent is asked to take, and its handoff.
async fn next_offer(agent: &AgentActor, waiting: &[ConversationId]) -> (usize, HandoffId) {
    loop {
        let cards = agent.client.heard().into_iter().rev();
        let newest = cards.filter_map(|event| match event {
            AgentEvent::CardChanged(card) => Some(card),
            _ => None,
        });
        let newest: Vec<Card> = newest.collect();
        for (place, conversation) in waiting.iter().enumerate() {
            let card = newest
                .iter()
                .find(|card| card.conversation == *conversation);
            if let Some(CardState::Pending {
                handoff,
                offer: Some(_),
                ..
            }) = card.map(|card| card.state)
            {
                return (place, handoff);
            }
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn requests_that_somebody_passed_on_do_not_stand_in_the_way_of_those_behind_them() {
    let desk = TestDesk::start().await;
    routes(&desk, RoutingMode::Offer).await;
    let mut ana = desk.agent("Ana").await;
    let (mut visitors, mut waiting) = (Vec::new(), Vec::new());
    for _ in 0..12 {
        let mut visitor = desk.visitor().await;
        visitor.asks_for_human().await.unwrap();
        waiting.push(visitor.conversation);
        visitors.push(visitor);
    }

    while !waiting.is_empty() {
        let offer = next_offer(&ana, &waiting);
        let offer = tokio::time::timeout(Duration::from_secs(10), offer).await;
        let (place, handoff) = offer.expect("everybody who waits is offered to Ana");
        let conversation = waiting.remove(place);
        rejects(&mut ana, conversation, handoff).await.unwrap();
    }
}
