//! How the team arranges its work: chats put aside, categories and tags, and the assistant's
//! conversations in a list of their own. Visitors hear of none of it.

use std::time::Duration;

use protocol::agent::{AgentCommand, AgentEvent};
use protocol::card::{Card, CardState, Snooze, Tab};
use protocol::entry::{Body, Event, Woken};
use protocol::label::{LabelChange, Labels};
use protocol::{PublicSeq, Refusal, TagId};
use serde_json::json;

use crate::actors::{AgentActor, TestDesk, fresh_key, post_json};

const HOUR: Duration = Duration::from_hours(1);

fn in_tab(tab: Tab) -> impl Fn(&Card) -> bool {
    move |card| card.state.tab() == tab
}

async fn counts(agent: &AgentActor, active: u32, snoozed: u32) {
    let told = |event: &AgentEvent| match event {
        AgentEvent::CountsChanged(counts) => {
            ((counts.active, counts.snoozed) == (active, snoozed)).then_some(())
        }
        _ => None,
    };
    agent.client.hears("the counts", told).await;
}

#[tokio::test]
async fn a_chat_put_aside_comes_back_in_time_also_after_a_restart() {
    let mut desk = TestDesk::start().await;
    let (mut ana, ben) = (desk.agent("Ana").await, desk.agent("Ben").await);
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    let conversation = visitor.conversation;
    let handoff = ana.sees_pending(conversation).await;
    ana.claims(conversation, handoff).await.unwrap();
    ana.says(conversation, "I will find out.").await.unwrap();
    visitor.reads("I will find out.").await;
    let told = visitor.entries().len();
    let claimed = ana.sees_card(conversation, in_tab(Tab::Active)).await;
    let CardState::Active { claimed_at, .. } = claimed.state else {
        panic!("{:?}", claimed.state);
    };

    let until = Some(claimed_at.after(HOUR));
    let snooze = |key| AgentCommand::Snooze {
        conversation,
        handoff,
        key,
        until,
    };
    ana.asks(snooze).await.unwrap();
    let aside = ben.sees_card(conversation, in_tab(Tab::Snoozed)).await;
    assert!(matches!(
        aside.state,
        CardState::Active { snooze: Some(Snooze { until: found }), .. } if found == until
    ));
    counts(&ben, 0, 1).await;

    desk.stops().await;
    desk.starts_again().await;
    ana.comes_back(Vec::new()).await;
    let after = None;
    let tab = Tab::Snoozed;
    ana.client
        .send(&AgentCommand::ListCards { tab, after })
        .await;
    let listed = ana.client.hears("the tab", |event| match event {
        AgentEvent::Cards { tab, cards, .. } if *tab == Tab::Snoozed => Some(cards.clone()),
        _ => None,
    });
    assert_eq!(conversation, listed.await[0].conversation);

    ana.opens(conversation).await;
    desk.time_passes(HOUR);
    ana.sees_entry("that it is back", |entry| {
        let woken = Event::HandoffWoken {
            handoff,
            why: Woken::Time,
        };
        entry.body == Body::Event(woken) && entry.public_seq.is_none()
    })
    .await;
    ana.sees_card(conversation, in_tab(Tab::Active)).await;
    let back = visitor.comes_back(PublicSeq(0)).await;
    assert_eq!(told, back.entries.len(), "the visitor hears nothing of it");
}

async fn saves(desk: &TestDesk, edit: serde_json::Value) -> Labels {
    let saved = desk
        .asks_pages("save_label", &json!({ "edit": edit }))
        .await;
    assert_eq!(200, saved.status, "{}", saved.text);
    serde_json::from_str(&saved.text).expect("the lists")
}

#[tokio::test]
async fn labels_are_made_by_an_admin_told_to_everybody_and_put_on_by_agents() {
    let desk = TestDesk::start().await;
    let mut ben = desk.agent("Ben").await;
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    let conversation = visitor.conversation;
    ben.sees_pending(conversation).await;
    let label = |change| {
        move |key| AgentCommand::Label {
            conversation,
            key,
            change,
        }
    };
    let unknown = LabelChange::AddTag(TagId(fresh_key().0));
    assert_eq!(Err(Refusal::NotFound), ben.asks(label(unknown)).await);

    saves(
        &desk,
        json!({"add": {"kind": "category", "name": " Billing "}}),
    )
    .await;
    let labels = saves(&desk, json!({"add": {"kind": "tag", "name": "urgent"}})).await;
    assert_eq!("Billing", labels.categories[0].name);
    let told = |event: &AgentEvent| match event {
        AgentEvent::LabelsChanged(told) => (*told == labels).then_some(()),
        _ => None,
    };
    ben.client.hears("the labels", told).await;

    let (category, tag) = (labels.categories[0].id, labels.tags[0].id);
    let both = [
        LabelChange::Category(Some(category)),
        LabelChange::AddTag(tag),
    ];
    let keys = [fresh_key(), fresh_key()];
    for (change, key) in both.into_iter().zip(keys) {
        ben.client.send(&label(change)(key)).await;
        assert!(ben.is_answered(key).await.unwrap().is_some());
    }
    ben.sees_card(conversation, |card| {
        card.category == Some(category) && card.tags == [tag]
    })
    .await;

    // What is retired stays where it is, and is put on nothing any more.
    saves(
        &desk,
        json!({"retire": {"label": {"tag": tag}, "retired": true}}),
    )
    .await;
    let off = LabelChange::RemoveTag(tag);
    ben.asks(label(off)).await.unwrap();
    let on = LabelChange::AddTag(tag);
    assert_eq!(Err(Refusal::NotFound), ben.asks(label(on)).await);
    // What was said before, and whose answer was lost, is answered as it was.
    ben.client.send(&label(on)(keys[1])).await;
    assert!(ben.is_answered(keys[1]).await.unwrap().is_some());
    let told = visitor.comes_back(PublicSeq(0)).await.entries;
    assert_eq!(1, told.len(), "the request alone: {told:?}");
}

#[tokio::test]
async fn a_label_that_cannot_be_is_refused_and_changes_nothing() {
    let desk = TestDesk::start().await;
    let labels = saves(&desk, json!({"add": {"kind": "tag", "name": "urgent"}})).await;
    let tag = labels.tags[0].id;
    for (edit, because) in [
        (json!({"add": {"kind": "tag", "name": "URGENT"}}), "twice"),
        (json!({"add": {"kind": "tag", "name": "  "}}), "missing"),
        (
            json!({"rename": {"label": {"tag": tag}, "name": "x".repeat(61)}}),
            "too_long",
        ),
        (
            json!({"rename": {"label": {"category": tag}, "name": "VIP"}}),
            "not_found",
        ),
    ] {
        let refused = desk
            .asks_pages("save_label", &json!({ "edit": edit }))
            .await;
        assert_ne!(200, refused.status);
        assert!(refused.text.contains(because), "{}", refused.text);
    }
    // The same name as a category is another thing.
    let both = saves(
        &desk,
        json!({"add": {"kind": "category", "name": "urgent"}}),
    )
    .await;
    assert_eq!((1, 1), (both.categories.len(), both.tags.len()));

    let ben = desk.signs_in("Ben").await;
    let headers = [
        ("origin", desk.url.as_str()),
        ("cookie", ben.as_str()),
        ("accept", "application/json"),
    ];
    let edit = json!({ "edit": {"add": {"kind": "tag", "name": "mine"}} });
    let refused = post_json(&format!("{}/pages/save_label", desk.url), &headers, &edit).await;
    assert!(refused.text.contains("not_allowed"), "{}", refused.text);
}

#[tokio::test]
async fn what_the_assistant_does_is_told_to_those_who_look_at_it() {
    let desk = TestDesk::start().await;
    let (mut ana, ben) = (desk.agent("Ana").await, desk.agent("Ben").await);
    let follows = true;
    ana.client
        .send(&AgentCommand::FollowAssistant { follows })
        .await;
    let (tab, after) = (Tab::Assistant, None);
    ana.client
        .send(&AgentCommand::ListCards { tab, after })
        .await;
    ana.client
        .hears("the tab", |event| {
            matches!(event, AgentEvent::Cards { .. }).then_some(())
        })
        .await;

    let mut visitor = desk.visitor().await;
    visitor.says("Do you ship to Norway?").await.unwrap();
    let conversation = visitor.conversation;
    ana.sees_card(conversation, in_tab(Tab::Assistant)).await;
    // Ben hears of it when a person is asked for, and not before.
    visitor.asks_for_human().await.unwrap();
    ben.sees_pending(conversation).await;
    let of_assistant = |event: &AgentEvent| match event {
        AgentEvent::CardChanged(card) => card.state == CardState::Assistant,
        _ => false,
    };
    assert!(!ben.client.heard().iter().any(of_assistant));

    visitor.cancels().await.unwrap();
    ben.client
        .hears("that it is gone", |event| match event {
            AgentEvent::CardGone { conversation: gone } => (*gone == conversation).then_some(()),
            _ => None,
        })
        .await;
    ana.client.forget();
    ana.client
        .send(&AgentCommand::ListCards { tab, after })
        .await;
    let listed = ana.client.hears("the tab", |event| match event {
        AgentEvent::Cards { cards, .. } => Some(cards.len()),
        _ => None,
    });
    assert_eq!(1, listed.await);
}
