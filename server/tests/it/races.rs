//! Routing, agents and the assistant at once, over real sockets. The store's tests race 64 agents
//! for 500 handoffs.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use futures::future::join_all;
use protocol::agent::{AgentCommand, AgentEvent};
use protocol::card::CardState;
use protocol::entry::{Author, Body, Event};
use protocol::settings::{RoutingMode, WhenNobody};
use protocol::{AgentId, ConversationId};

use crate::actors::TestDesk;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn assigned_and_claimed_at_once_nobody_holds_more_than_the_limit() {
    let desk = TestDesk::start().await;
    desk.sets(|effective, layer| {
        effective.queue.nobody = WhenNobody::Wait;
        effective.routing.mode = RoutingMode::Auto;
        layer.queue = Some(effective.queue);
        layer.routing = Some(effective.routing.clone());
    })
    .await;
    let mut agents = Vec::new();
    for number in 0..8 {
        agents.push(desk.numbered_agent(number).await);
    }
    let arriving = (0..60).map(|_| async {
        let mut visitor = desk.visitor().await;
        visitor.asks_for_human().await.unwrap();
        visitor.conversation
    });
    let conversations = join_all(arriving).await;
    let racing = agents.iter_mut().map(|agent| {
        let conversations = &conversations;
        async move {
            for conversation in conversations {
                let conversation = *conversation;
                let _ = agent.says(conversation, "Mine").await;
            }
        }
    });
    join_all(racing).await;

    let watcher = desk.agent("Watcher").await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    let mut holders: HashMap<AgentId, HashSet<ConversationId>> = HashMap::new();
    for event in watcher.client.heard() {
        if let AgentEvent::Welcome(welcome) = event {
            assert!(welcome.counts.active >= 24, "{:?}", welcome.counts);
        }
    }
    let mut watcher = watcher;
    for conversation in &conversations {
        let thread = watcher.opens(*conversation).await;
        watcher
            .client
            .send(&AgentCommand::CloseThread {
                conversation: *conversation,
            })
            .await;
        if let CardState::Active { agent, .. } = thread.card.state {
            holders.entry(agent).or_default().insert(*conversation);
        }
    }
    assert!(holders.values().all(|held| held.len() <= 3), "{holders:?}");
}

#[tokio::test]
async fn an_agent_who_steps_in_at_any_moment_of_an_answer_is_never_talked_over() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    for round in 0..30_u64 {
        let mut visitor = desk.visitor().await;
        let conversation = visitor.conversation;
        visitor.says("How heavy is the tent?").await.unwrap();
        tokio::time::sleep(Duration::from_micros(round * 400)).await;
        ana.asks(|key| AgentCommand::StepIn { conversation, key })
            .await
            .unwrap();
        ana.says(conversation, "About two kilograms").await.unwrap();
        tokio::time::sleep(Duration::from_millis(40)).await;

        let thread = ana.opens(conversation).await;
        let CardState::Active { handoff, .. } = thread.card.state else {
            panic!("{:?}", thread.card.state)
        };
        let claimed = thread
            .entries
            .iter()
            .position(|entry| matches!(entry.body, Body::Event(Event::HandoffClaimed { .. })));
        let after = &thread.entries[claimed.unwrap()..];
        assert!(
            after.iter().all(|entry| entry.author != Author::Ai),
            "{after:?}"
        );
        ana.resolves(conversation, handoff, protocol::entry::Outcome::Closed)
            .await
            .unwrap();
        ana.client
            .send(&AgentCommand::CloseThread { conversation })
            .await;
    }
}
