//! Lost connections and restarts: nothing is lost, nothing is doubled.

use protocol::agent::{AgentEvent, ThreadPosition};
use protocol::card::CardState;
use protocol::entry::{Outcome, PublicEvent};
use protocol::visitor::{StateLine, VisitorCommand, VisitorEvent};
use protocol::{PublicSeq, Refusal, close};

use crate::actors::{TestDesk, fresh_key};

#[tokio::test]
async fn the_same_key_twice_is_one_message_and_with_other_words_it_is_refused() {
    let desk = TestDesk::start().await;
    let mut visitor = desk.visitor().await;
    let key = fresh_key();
    let first = visitor.says_with(key, "Is this thing on?").await.unwrap();

    visitor.comes_back(PublicSeq(0)).await;
    assert_eq!(Ok(first), visitor.says_with(key, "Is this thing on?").await);
    visitor.comes_back(PublicSeq(0)).await;
    assert_eq!(
        Err(Refusal::KeyReused),
        visitor.says_with(key, "Something else").await
    );

    let welcome = visitor.comes_back(PublicSeq(0)).await;
    let with_key = welcome
        .entries
        .iter()
        .filter(|entry| entry.key == Some(key))
        .count();
    assert_eq!(1, with_key);
}

#[tokio::test]
async fn after_a_cut_a_visitor_gets_exactly_what_they_missed() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    let conversation = visitor.conversation;
    let handoff = ana.sees_pending(conversation).await;
    ana.claims(conversation, handoff).await.unwrap();
    for number in 0..250 {
        ana.says(conversation, &format!("Line {number}"))
            .await
            .unwrap();
    }

    for cut in [0_u64, 1, 2, 3, 100, 150, 251, 252] {
        let welcome = visitor.comes_back(PublicSeq(cut)).await;
        let is_last = |seq: PublicSeq| (seq == PublicSeq(252)).then_some(());
        if cut < 252 {
            let last = |event: &VisitorEvent| match event {
                VisitorEvent::EntryAdded(entry) => is_last(entry.seq),
                VisitorEvent::Welcome(welcome) => is_last(welcome.entries.last()?.seq),
                _ => None,
            };
            visitor.client.hears("the last line", last).await;
        }
        let told = visitor.entries();
        let numbers: Vec<u64> = told.iter().map(|entry| entry.seq.0).collect();
        let expected: Vec<u64> = if cut == 0 {
            (153..=252).collect()
        } else {
            (cut + 1..=252).collect()
        };
        assert_eq!(expected, numbers, "resumed from {cut}");
        assert_eq!(cut == 0, welcome.more);
    }
}

#[tokio::test]
async fn a_cut_at_every_step_of_a_handoff_loses_nothing() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    let mut visitor = desk.visitor().await;
    let conversation = visitor.conversation;
    let mut seen = 0;
    let mut told = Vec::new();
    let mut handoff = None;
    let steps = [
        "ask", "say", "claim", "reply", "answer", "release", "claim", "restore", "say",
    ];
    for step in steps {
        match (step, handoff) {
            ("ask", _) => {
                visitor.asks_for_human().await.unwrap();
                handoff = Some(ana.sees_pending(conversation).await);
            }
            ("reply", _) => drop(ana.says(conversation, step).await.unwrap()),
            ("claim", Some(handoff)) => drop(ana.claims(conversation, handoff).await.unwrap()),
            ("release", Some(handoff)) => drop(ana.releases(conversation, handoff).await.unwrap()),
            ("restore", Some(handoff)) => {
                let restored = Outcome::RestoredToAi;
                ana.resolves(conversation, handoff, restored).await.unwrap();
            }
            _ => drop(visitor.says(step).await.unwrap()),
        }
        // Both lose their connection after each step and come back with what they had.
        let welcome = visitor.comes_back(PublicSeq(seen)).await;
        told.extend(welcome.entries.iter().map(|entry| entry.seq.0));
        seen = told.last().copied().unwrap_or(0);
        ana.comes_back(Vec::new()).await;
        if step == "claim" {
            let holds = ana.opens(conversation).await.card.state;
            assert!(matches!(holds, CardState::Active { agent, .. } if agent == ana.id));
        }
    }
    visitor.hears_the_ai(PublicSeq(0)).await;
    told.extend(
        visitor
            .entries()
            .iter()
            .map(|entry| entry.seq.0)
            .filter(|seq| *seq > seen),
    );
    assert_eq!((1..=told.len() as u64).collect::<Vec<_>>(), told);
}

#[tokio::test]
async fn an_agent_who_comes_back_gets_the_rest_of_the_open_thread() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    visitor.says("Hello?").await.unwrap();
    let conversation = visitor.conversation;
    let thread = {
        ana.sees_pending(conversation).await;
        ana.opens(conversation).await
    };
    let after = thread.entries.last().unwrap().seq;
    drop(std::mem::replace(&mut ana, desk.agent("Ben").await));
    for text in ["one", "two", "three"] {
        visitor.says(text).await.unwrap();
    }

    ana.comes_back(vec![ThreadPosition {
        conversation,
        after,
    }])
    .await;

    let rest = |event: &AgentEvent| match event {
        AgentEvent::Thread(thread) => Some(thread.entries.clone()),
        _ => None,
    };
    let rest = ana.client.hears("the rest", rest).await;
    let numbers: Vec<_> = rest.iter().map(|entry| entry.seq.0).collect();
    assert_eq!((after.0 + 1..after.0 + 4).collect::<Vec<_>>(), numbers);
}

#[tokio::test]
async fn a_restart_tells_everybody_to_come_back_and_keeps_everything() {
    let mut desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    let conversation = visitor.conversation;
    let handoff = ana.sees_pending(conversation).await;
    ana.claims(conversation, handoff).await.unwrap();
    ana.says(conversation, "Before the restart").await.unwrap();
    let seen = visitor.reads("Before the restart").await.seq;

    desk.stops().await;
    assert_eq!(Some(close::RESTART), visitor.client.is_closed().await);
    assert_eq!(Some(close::RESTART), ana.client.is_closed().await);
    desk.starts_again().await;

    let welcome = visitor.comes_back(seen).await;
    assert!(welcome.entries.is_empty(), "{:?}", welcome.entries);
    assert!(matches!(welcome.line, StateLine::Person(face) if face.name == "Ana"));
    ana.comes_back(Vec::new()).await;
    ana.says(conversation, "After the restart").await.unwrap();
    assert_eq!(seen.next(), visitor.reads("After the restart").await.seq);
}

#[tokio::test]
async fn a_question_asked_just_before_a_restart_is_answered_after_it() {
    let mut desk = TestDesk::start().await;
    let mut visitor = desk.visitor().await;
    let key = fresh_key();
    visitor
        .client
        .send(&VisitorCommand::Say {
            key,
            text: "How heavy is it?".to_owned(),
            attachments: Vec::new(),
        })
        .await;
    let asked = visitor.is_answered(key).await.unwrap().unwrap();
    desk.stops().await;
    desk.starts_again().await;

    visitor.comes_back(PublicSeq(0)).await;
    visitor.hears_the_ai(asked).await;
}

#[tokio::test]
async fn a_visitor_who_vanishes_while_asking_still_asked() {
    let desk = TestDesk::start().await;
    let ana = desk.agent("Ana").await;
    let mut visitor = desk.visitor().await;
    let conversation = visitor.conversation;
    let key = fresh_key();
    visitor
        .client
        .send(&VisitorCommand::AskForHuman { key })
        .await;
    ana.sees_pending(conversation).await;
    let welcome = visitor.comes_back(PublicSeq(0)).await;

    visitor
        .client
        .send(&VisitorCommand::AskForHuman { key })
        .await;
    visitor.is_answered(key).await.unwrap();
    let asked = welcome.entries.iter().filter(|entry| {
        matches!(
            &entry.body,
            protocol::entry::PublicBody::Event(PublicEvent::Waiting { .. })
        )
    });
    assert_eq!(1, asked.count());
}
