//! Saved replies that do something: kept with their steps, told to inboxes, and each step done once.

use protocol::agent::{AgentCommand, AgentEvent};
use protocol::entry::{Body, Event, Outcome};
use protocol::label::{LabelChange, Labels};
use protocol::reply::{SavedReply, Step};
use serde_json::{Value, json};

use crate::actors::{AgentActor, TestDesk, fresh_key};

async fn saves(desk: &TestDesk, steps: Value) -> Result<(), String> {
    let form = json!({"id": null, "version": 0, "share": "workspace", "shortcut": "done",
        "title": "Done", "text": "", "steps": steps});
    let answer = desk
        .asks_pages("save_reply", &json!({ "form": form }))
        .await;
    match answer.status {
        200 => Ok(()),
        _ => Err(answer.text),
    }
}

async fn macros(agent: &mut AgentActor) -> Vec<SavedReply> {
    agent.client.send(&AgentCommand::ListReplies).await;
    let listed = agent.client.hears("the replies", |event| match event {
        AgentEvent::Replies { replies, .. } => Some(replies.clone()),
        _ => None,
    });
    listed.await
}

#[tokio::test]
async fn a_macro_is_kept_with_its_steps_and_each_of_them_is_done_once() {
    let desk = TestDesk::start().await;
    let edit = json!({"edit": {"add": {"kind": "tag", "name": "Shipped"}}});
    let labels = desk.asks_pages("save_label", &edit).await;
    let labels: Labels = serde_json::from_str(&labels.text).unwrap();
    let tag = labels.tags[0].id;
    assert!(
        saves(&desk, json!([])).await.is_err(),
        "it says and does nothing"
    );
    let ends_first = json!([{"resolve": "closed"}, {"add_tag": tag}]);
    assert!(saves(&desk, ends_first).await.is_err());
    saves(&desk, json!([{"add_tag": tag}, {"resolve": "closed"}]))
        .await
        .unwrap();

    let mut ben = desk.agent("Ben").await;
    let steps = macros(&mut ben).await.remove(0).steps;
    assert_eq!(
        vec![Step::AddTag(tag), Step::Resolve(Outcome::Closed)],
        steps
    );
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    let conversation = visitor.conversation;
    let handoff = ben.sees_pending(conversation).await;
    ben.claims(conversation, handoff).await.unwrap();
    ben.opens(conversation).await;

    // The connection breaks before the answers come, and everything goes out again.
    let (first, second) = (fresh_key(), fresh_key());
    let commands = [
        AgentCommand::Label {
            conversation,
            key: first,
            change: LabelChange::AddTag(tag),
        },
        AgentCommand::Resolve {
            conversation,
            handoff,
            key: second,
            outcome: Outcome::Closed,
        },
    ];
    for command in &commands {
        ben.client.send(command).await;
    }
    ben.comes_back(Vec::new()).await;
    for command in &commands {
        ben.client.send(command).await;
    }
    ben.is_answered(first).await.unwrap();
    ben.is_answered(second).await.unwrap();
    let entries = ben.opens(conversation).await.entries.into_iter();
    let bodies: Vec<_> = entries.map(|entry| entry.body).collect();
    let count = |is: fn(&Event) -> bool| {
        let events = bodies.iter();
        events
            .filter(|body| matches!(body, Body::Event(event) if is(event)))
            .count()
    };
    assert_eq!(1, count(|event| matches!(event, Event::Labelled(_))));
    assert_eq!(
        1,
        count(|event| matches!(event, Event::HandoffResolved { .. }))
    );
}
