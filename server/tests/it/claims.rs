//! Who takes a handoff, and who reads who did.

use futures::future::join_all;
use protocol::Refusal;
use protocol::agent::AgentCommand;
use protocol::card::CardState;
use protocol::entry::{Outcome, PublicEvent};

use crate::actors::{TestDesk, fresh_key};

#[tokio::test]
async fn of_two_agents_who_click_together_one_wins_and_the_other_reads_who_did() {
    let desk = TestDesk::start().await;
    let (mut ana, mut ben) = (desk.agent("Ana").await, desk.agent("Ben").await);
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    let conversation = visitor.conversation;
    let handoff = ana.sees_pending(conversation).await;
    ben.sees_pending(conversation).await;

    let (first, second) = tokio::join!(
        ana.claims(conversation, handoff),
        ben.claims(conversation, handoff)
    );

    let (winner, refusal) = match (first, second) {
        (Ok(_), Err(refusal)) => (&ana, refusal),
        (Err(refusal), Ok(_)) => (&ben, refusal),
        both => panic!("not exactly one won: {both:?}"),
    };
    let Refusal::TakenBy { agent, name, .. } = refusal else {
        panic!("{refusal:?}")
    };
    assert_eq!((winner.id, &winner.name), (agent, &name));
    let joined = |event: &PublicEvent| matches!(event, PublicEvent::Joined { person, .. } if person.name == winner.name);
    visitor.is_told("who joined", joined).await;
}

#[tokio::test]
async fn the_first_of_fifty_claims_wins_and_every_other_names_the_winner() {
    let desk = TestDesk::start().await;
    let mut agents = join_all((0..50).map(|number| desk.numbered_agent(number))).await;
    let mut visitor = desk.visitor().await;
    visitor.says("Hello?").await.unwrap();
    visitor.asks_for_human().await.unwrap();
    let conversation = visitor.conversation;
    let handoff = agents[0].sees_pending(conversation).await;

    let claims = agents
        .iter_mut()
        .map(|agent| async move { (agent.id, agent.claims(conversation, handoff).await) });
    let results = join_all(claims).await;

    let winners: Vec<_> = results
        .iter()
        .filter(|(_, result)| result.is_ok())
        .collect();
    assert_eq!(1, winners.len(), "{results:?}");
    let winner = winners[0].0;
    for (agent, result) in &results {
        if *agent != winner {
            assert!(
                matches!(result, Err(Refusal::TakenBy { agent, .. }) if *agent == winner),
                "{result:?}"
            );
        }
    }
    for agent in &agents {
        let card = agent
            .sees_card(conversation, |card| {
                matches!(card.state, CardState::Active { .. })
            })
            .await;
        assert!(matches!(card.state, CardState::Active { agent, .. } if agent == winner));
    }
}

#[tokio::test]
async fn an_agent_at_the_limit_is_refused_and_the_visitor_waits_on() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    for _ in 0..3 {
        let mut visitor = desk.visitor().await;
        visitor.asks_for_human().await.unwrap();
        let handoff = ana.sees_pending(visitor.conversation).await;
        ana.claims(visitor.conversation, handoff).await.unwrap();
    }
    let mut fourth = desk.visitor().await;
    fourth.asks_for_human().await.unwrap();
    let handoff = ana.sees_pending(fourth.conversation).await;

    let refused = ana.claims(fourth.conversation, handoff).await;

    assert_eq!(
        Err(Refusal::ChatLimitReached { held: 3, limit: 3 }),
        refused
    );
    let mut ben = desk.agent("Ben").await;
    ben.claims(fourth.conversation, handoff).await.unwrap();
}

#[tokio::test]
async fn a_reply_to_somebody_who_waits_takes_the_chat_first() {
    let desk = TestDesk::start().await;
    let (mut ana, mut ben) = (desk.agent("Ana").await, desk.agent("Ben").await);
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    ana.sees_pending(visitor.conversation).await;

    ana.says(visitor.conversation, "Hello, Ana here.")
        .await
        .unwrap();

    visitor
        .is_told("that Ana joined", |event| {
            matches!(event, PublicEvent::Joined { .. })
        })
        .await;
    visitor.reads("Ana here").await;
    let refused = ben.says(visitor.conversation, "Me too").await;
    assert_eq!(
        Err(Refusal::HeldBy {
            agent: ana.id,
            name: "Ana".to_owned()
        }),
        refused
    );
}

#[tokio::test]
async fn a_released_chat_is_pending_again_with_the_same_clock() {
    let desk = TestDesk::start().await;
    let (mut ana, mut ben) = (desk.agent("Ana").await, desk.agent("Ben").await);
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    let conversation = visitor.conversation;
    let handoff = ana.sees_pending(conversation).await;
    let since = |state: CardState| match state {
        CardState::Pending { waiting_since, .. } => waiting_since,
        state => panic!("{state:?}"),
    };
    let before = since(ana.sees_card(conversation, |_| true).await.state);
    ana.claims(conversation, handoff).await.unwrap();

    ana.releases(conversation, handoff).await.unwrap();

    let pending = ben.sees_card(conversation, |card| {
        card.version > 2 && matches!(card.state, CardState::Pending { .. })
    });
    assert_eq!(before, since(pending.await.state));
    ben.claims(conversation, handoff).await.unwrap();
    let held = Refusal::HeldBy {
        agent: ben.id,
        name: "Ben".to_owned(),
    };
    assert_eq!(Err(held), ana.releases(conversation, handoff).await);
}

#[tokio::test]
async fn the_same_claim_sent_twice_is_one_claim() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    let conversation = visitor.conversation;
    let handoff = ana.sees_pending(conversation).await;

    let key = fresh_key();
    ana.client
        .send(&AgentCommand::Claim {
            conversation,
            handoff,
            key,
        })
        .await;
    ana.client
        .send(&AgentCommand::Claim {
            conversation,
            handoff,
            key,
        })
        .await;
    let seq = ana.is_answered(key).await.unwrap();

    ana.resolves(conversation, handoff, Outcome::Closed)
        .await
        .unwrap();
    let entries = ana.opens(conversation).await.entries;
    let of_claim: Vec<_> = entries
        .iter()
        .filter(|entry| entry.key == Some(key))
        .collect();
    assert_eq!(1, of_claim.len());
    assert_eq!(seq, Some(of_claim[0].seq));
}
