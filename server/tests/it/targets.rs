//! The replies that the team owes: told when they are late, once, also after a restart; listed by
//! what is due soonest; and set on a page of their own.

use std::time::Duration;

use protocol::agent::{AgentCommand, AgentEvent};
use protocol::card::{Card, Cursor, Tab};
use protocol::entry::{Body, Event};
use protocol::forms::TargetsView;
use protocol::settings::TargetSettings;
use protocol::targets::Owed;
use protocol::{ConversationId, PublicSeq};
use serde_json::json;

use crate::actors::{AgentActor, TestDesk};

/// The first reply within ten minutes, every other within twenty; and requests wait for an hour.
async fn sets(desk: &TestDesk) {
    desk.sets(|effective, layer| {
        layer.targets = Some(TargetSettings {
            first_reply_minutes: Some(10),
            next_reply_minutes: Some(20),
        });
        effective.queue.deadline_minutes = 60;
        layer.queue = Some(effective.queue);
    })
    .await;
}

fn minutes(minutes: u64) -> Duration {
    Duration::from_secs(minutes * 60)
}

/// How often it was told that a reply is late.
async fn told(agent: &mut AgentActor, conversation: ConversationId, owed: Owed) -> usize {
    let entries = agent.opens(conversation).await.entries.into_iter();
    let late = |body: &Body| matches!(body, Body::Event(Event::ReplyOverdue { owed: which, .. }) if *which == owed);
    entries.filter(|entry| late(&entry.body)).count()
}

#[tokio::test]
async fn a_reply_that_is_late_is_told_once_also_after_a_restart() {
    let mut desk = TestDesk::start().await;
    sets(&desk).await;
    let mut ana = desk.agent("Ana").await;
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    let conversation = visitor.conversation;
    let owes = |card: &Card| {
        card.clock
            .is_some_and(|clock| clock.owed == Owed::FirstReply)
    };
    let clock = ana.sees_card(conversation, owes).await.clock.unwrap();
    assert_eq!(600_000, clock.due_at.millis_since(clock.since));
    assert_eq!(450_000, clock.warn_at.millis_since(clock.since));

    desk.stops().await;
    desk.starts_again().await;
    ana.comes_back(Vec::new()).await;
    ana.opens(conversation).await;
    desk.time_passes(minutes(10) + Duration::from_secs(1));
    ana.sees_entry("that it is late", |entry| {
        matches!(entry.body, Body::Event(Event::ReplyOverdue { .. })) && entry.public_seq.is_none()
    })
    .await;
    desk.stops().await;
    desk.starts_again().await;
    ana.comes_back(Vec::new()).await;
    desk.time_passes(minutes(15));
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(1, told(&mut ana, conversation, Owed::FirstReply).await);

    let handoff = ana.sees_pending(conversation).await;
    ana.claims(conversation, handoff).await.unwrap();
    ana.says(conversation, "Sorry for the wait.").await.unwrap();
    let came = |card: &Card| card.first_reply.is_some_and(|first| first.late);
    let answered = ana.sees_card(conversation, came).await;
    assert_eq!(None, answered.clock);
    let back = visitor.comes_back(PublicSeq(0)).await;
    let seen = serde_json::to_string(&back.entries).unwrap();
    assert!(!seen.contains("overdue"), "the visitor hears nothing of it");
    visitor.says("And my order?").await.unwrap();
    let owes = |card: &Card| {
        card.clock
            .is_some_and(|clock| clock.owed == Owed::NextReply)
    };
    ana.sees_card(conversation, owes).await;
    assert_eq!(0, told(&mut ana, conversation, Owed::NextReply).await);
}

async fn page(agent: &mut AgentActor, tab: Tab, after: Option<Cursor>) -> Vec<Card> {
    agent.client.forget();
    agent
        .client
        .send(&AgentCommand::ListByDue { tab, after })
        .await;
    let listed = agent.client.hears("a page", |event| match event {
        AgentEvent::CardsByDue { cards, .. } => Some(cards.clone()),
        _ => None,
    });
    listed.await
}

#[tokio::test]
async fn what_is_open_is_listed_by_what_is_due_soonest() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    // The first has no target; of the others the one that asked last is due last.
    let (mut waiting, mut handoffs) = (Vec::new(), Vec::new());
    for number in 0..4 {
        if number == 1 {
            sets(&desk).await;
        }
        let mut visitor = desk.visitor().await;
        visitor.asks_for_human().await.unwrap();
        handoffs.push(ana.sees_pending(visitor.conversation).await);
        waiting.push(visitor);
        desk.time_passes(Duration::from_secs(5));
    }
    let ids: Vec<_> = waiting.iter().map(|visitor| visitor.conversation).collect();
    // The targets hold for what waited already.
    let owes = |card: &Card| card.clock.is_some();
    ana.sees_card(ids[0], owes).await;
    let listed = page(&mut ana, Tab::Pending, None).await;
    let found: Vec<_> = listed.iter().map(|card| card.conversation).collect();
    assert_eq!(ids, found);
    let after = Some(Cursor {
        at: listed[1].due_soonest(),
        conversation: listed[1].conversation,
    });
    assert_eq!(listed[2..], page(&mut ana, Tab::Pending, after).await);

    let (first, handoff) = (ids[0], handoffs[0]);
    ana.claims(first, handoff).await.unwrap();
    assert_eq!(listed[1..], page(&mut ana, Tab::Pending, None).await);
    assert_eq!(
        first,
        page(&mut ana, Tab::Active, None).await[0].conversation
    );
    assert!(page(&mut ana, Tab::Resolved, None).await.is_empty());
    ana.asks(|key| AgentCommand::Snooze {
        conversation: first,
        handoff,
        key,
        until: None,
    })
    .await
    .unwrap();
    assert!(page(&mut ana, Tab::Active, None).await.is_empty());
}

async fn saves(desk: &TestDesk, form: serde_json::Value) -> Result<Vec<TargetsView>, String> {
    let saved = desk
        .asks_pages("save_targets", &json!({ "form": form }))
        .await;
    match saved.status {
        200 => Ok(serde_json::from_str(&saved.text).unwrap()),
        _ => Err(saved.text),
    }
}

#[tokio::test]
async fn targets_are_set_for_all_chatbots_and_taken_over_or_not_by_each() {
    let desk = TestDesk::start().await;
    let of = |minutes| TargetSettings {
        first_reply_minutes: Some(minutes),
        next_reply_minutes: None,
    };
    let all = json!({"chatbot": null, "version": 0, "own": of(5)});
    let views = saves(&desk, all.clone()).await.unwrap();
    assert_eq!((Some(of(5)), None), (views[0].own, views[1].own));
    assert_eq!(of(5), views[1].effective, "it inherits");
    let again = saves(&desk, all).await;
    assert!(again.is_err(), "somebody saved meanwhile");

    let chatbot = views[1].chatbot;
    let version = views[1].version;
    let own = json!({"chatbot": chatbot, "version": version, "own": of(7)});
    let views = saves(&desk, own).await.unwrap();
    assert_eq!((of(7), of(5)), (views[1].effective, views[0].effective));
    let version = views[1].version;
    let reset = json!({"chatbot": chatbot, "version": version, "own": null});
    let views = saves(&desk, reset).await.unwrap();
    assert_eq!((None, of(5)), (views[1].own, views[1].effective));
    let wrong = json!({"chatbot": null, "version": views[0].version, "own": of(0)});
    assert!(saves(&desk, wrong).await.is_err());

    // Nobody but those who may change settings.
    let ben = desk.agent("Ben").await;
    let form = json!({"form": {"chatbot": null, "version": 1, "own": null}});
    let asked = desk.asks_pages_as(&ben.cookie, "save_targets", &form);
    assert_ne!(200, asked.await.status);
}
