//! A colleague joins the holder of a chat: both answer, the visitor sees both, and a restart changes
//! nothing of it.

use protocol::agent::AgentCommand;
use protocol::card::Card;
use protocol::entry::{PublicBody, PublicEvent};
use protocol::visitor::{Typist, VisitorEvent};
use protocol::{AgentId, Refusal};

use crate::actors::TestDesk;

fn joined_by(agents: Vec<AgentId>) -> impl Fn(&Card) -> bool {
    move |card| card.participants == agents
}

#[tokio::test]
async fn who_joined_answers_as_well_until_they_leave_also_after_a_restart() {
    let mut desk = TestDesk::start().await;
    let (mut ana, mut ben) = (desk.agent("Ana").await, desk.agent("Ben").await);
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    let conversation = visitor.conversation;
    let handoff = ana.sees_pending(conversation).await;
    ana.claims(conversation, handoff).await.unwrap();
    let refused = ben.says(conversation, "Hello").await.unwrap_err();
    assert!(matches!(refused, Refusal::HeldBy { .. }), "{refused:?}");

    let join = |key| AgentCommand::Join {
        conversation,
        handoff,
        key,
    };
    ben.asks(join).await.unwrap();
    assert_eq!(None, ben.asks(join).await.unwrap(), "once is enough");
    ana.sees_card(conversation, joined_by(vec![ben.id])).await;
    ben.opens(conversation).await;
    let typing = true;
    let types = AgentCommand::Typing {
        conversation,
        typing,
    };
    ben.client.send(&types).await;
    let typist = Typist::Person;
    let told = VisitorEvent::TypingChanged { typist, typing };
    let is = |event: &VisitorEvent| (*event == told).then_some(());
    visitor.client.hears("that Ben types", is).await;
    ben.says(conversation, "I know this one.").await.unwrap();
    visitor.reads("I know this one.").await;
    let came: Vec<String> = visitor
        .entries()
        .iter()
        .filter_map(|entry| match &entry.body {
            PublicBody::Event(PublicEvent::Joined { person, .. }) => Some(person.name.clone()),
            _ => None,
        })
        .collect();
    assert_eq!(vec!["Ana", "Ben"], came);

    desk.stops().await;
    desk.starts_again().await;
    ben.comes_back(Vec::new()).await;
    visitor.comes_back(protocol::PublicSeq(0)).await;
    ben.says(conversation, "Still here.").await.unwrap();
    visitor.reads("Still here.").await;
    let told = visitor.entries().len();
    let leave = |key| AgentCommand::Leave {
        conversation,
        handoff,
        key,
    };
    ben.asks(leave).await.unwrap();
    ben.sees_card(conversation, joined_by(Vec::new())).await;
    let refused = ben.says(conversation, "One more").await.unwrap_err();
    assert!(matches!(refused, Refusal::HeldBy { .. }), "{refused:?}");
    assert_eq!(
        told,
        visitor.entries().len(),
        "the visitor hears nothing of it"
    );
}
