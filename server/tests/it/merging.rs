//! Two visitors who are one person: what is known of both is known of each, and they can be two again.

use protocol::agent::{AgentCommand, AgentEvent};
use protocol::contact::{ContactChange, Panel};
use protocol::{ConversationId, Refusal, Seq};

use crate::actors::{AgentActor, TestDesk};

async fn looks(agent: &mut AgentActor, conversation: ConversationId) -> Panel {
    agent.client.forget();
    let asks = AgentCommand::ShowPanel { conversation };
    agent.client.send(&asks).await;
    let panel = agent.client.hears("the panel", |event| match event {
        AgentEvent::Panel(panel) if panel.conversation == conversation => Some(panel.clone()),
        _ => None,
    });
    panel.await
}

async fn types(agent: &mut AgentActor, conversation: ConversationId, change: ContactChange) {
    let version = looks(agent, conversation).await.contact.version;
    let edited = agent.asks(|key| AgentCommand::EditContact {
        conversation,
        key,
        version,
        change,
    });
    edited.await.expect("it may be changed");
}

async fn merges(
    agent: &mut AgentActor,
    conversation: ConversationId,
    other: ConversationId,
) -> Result<Option<Seq>, Refusal> {
    let merge = |key| AgentCommand::MergeContacts {
        conversation,
        key,
        other,
    };
    agent.asks(merge).await
}

fn elsewhere(panel: &Panel) -> Vec<ConversationId> {
    let cards = panel.elsewhere.iter();
    cards.map(|card| card.conversation).collect()
}

#[tokio::test]
async fn two_with_one_address_are_shown_as_alike_made_one_and_two_again() {
    let desk = TestDesk::start().await;
    let (mut ana, mut ben) = (desk.agent("Ana").await, desk.agent("Ben").await);
    let (mut first, mut second) = (desk.visitor().await, desk.visitor().await);
    first.asks_for_human().await.unwrap();
    second.asks_for_human().await.unwrap();
    let (one, two) = (first.conversation, second.conversation);
    ana.sees_pending(one).await;
    ana.sees_pending(two).await;
    let name = ContactChange::Name("Mira Berg".to_owned());
    types(&mut ana, one, name).await;
    types(
        &mut ana,
        one,
        ContactChange::Email("Mira@example.org".to_owned()),
    )
    .await;
    types(
        &mut ana,
        two,
        ContactChange::Email("mira@example.org".to_owned()),
    )
    .await;
    types(
        &mut ana,
        two,
        ContactChange::Phone("+47 55 21 40 00".to_owned()),
    )
    .await;

    let panel = looks(&mut ana, two).await;
    assert_eq!(
        (one, 0),
        (panel.alike[0].conversation, panel.elsewhere.len())
    );
    ben.opens(one).await;
    ben.client.forget();
    assert_eq!(Ok(None), merges(&mut ana, two, one).await);
    // Whoever looks at the other is told, and the card is called by the name.
    let told = |event: &AgentEvent| match event {
        AgentEvent::PanelChanged { conversation } => (*conversation == one).then_some(()),
        _ => None,
    };
    ben.client
        .hears("that something changed beside it", told)
        .await;
    ana.sees_card(two, |card| card.visitor.name == "Mira Berg")
        .await;
    for (here, there) in [(one, two), (two, one)] {
        let panel = looks(&mut ana, here).await;
        assert_eq!((vec![there], 0), (elsewhere(&panel), panel.alike.len()));
        let contact = &panel.contact;
        assert_eq!("mira@example.org", contact.email.text);
        assert_eq!("+47 55 21 40 00", contact.phone.text);
        assert_eq!("Mira Berg", contact.name.text);
        assert_eq!(2, panel.visits.count);
    }
    // Twice is once, and what is changed of one is changed of both.
    assert_eq!(Ok(None), merges(&mut ben, one, two).await);
    types(&mut ben, one, ContactChange::Company("Skarn".to_owned())).await;
    assert_eq!("Skarn", looks(&mut ana, two).await.contact.company.text);

    let split = |key| AgentCommand::SplitContact {
        conversation: one,
        key,
    };
    assert_eq!(Ok(None), ana.asks(split).await);
    assert_eq!(Ok(None), ana.asks(split).await, "twice is once");
    types(&mut ana, one, ContactChange::Company("Fjell".to_owned())).await;
    let (first, second) = (looks(&mut ana, one).await, looks(&mut ana, two).await);
    assert_eq!("Fjell", first.contact.company.text);
    assert_eq!("Skarn", second.contact.company.text);
    assert!(first.elsewhere.is_empty() && second.elsewhere.is_empty());
    // And one again: whichever way round.
    assert_eq!(Ok(None), merges(&mut ana, one, two).await);
    assert_eq!("Fjell", looks(&mut ana, two).await.contact.company.text);
}

#[tokio::test]
async fn what_one_may_not_see_can_be_merged_with_nothing() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    let one = visitor.conversation;
    ana.sees_pending(one).await;
    let nowhere = ConversationId(uuid::Uuid::from_u128(7));

    let refused = Err(Refusal::NotFound);
    assert_eq!(refused, merges(&mut ana, one, nowhere).await);
    assert_eq!(refused, merges(&mut ana, nowhere, one).await);
    assert_eq!(Ok(None), merges(&mut ana, one, one).await, "it is itself");
    assert_eq!(0, looks(&mut ana, one).await.contact.version);
}
