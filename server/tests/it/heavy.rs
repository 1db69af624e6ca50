//! Conversations that weigh a lot: every page fits a frame, and who comes back gets all of the rest.

use protocol::agent::{AgentCommand, AgentEvent, ThreadPosition};
use protocol::visitor::{VisitorCommand, VisitorEvent};
use protocol::{ConversationId, PublicSeq, Seq, close};

use crate::actors::{AgentActor, Encoding, TestDesk, VisitorActor};

/// What a page may weigh as JSON, its head included.
const FRAME: usize = 80 * 1024;

/// A conversation that an agent holds and in which they have said so much.
async fn conversation(
    desk: &TestDesk,
    encoding: Encoding,
    text: &str,
    times: usize,
) -> (AgentActor, VisitorActor, u64) {
    let mut ana = desk.agent("Ana").await;
    let mut visitor = desk.visitor_speaking(encoding).await;
    visitor.asks_for_human().await.unwrap();
    let conversation = visitor.conversation;
    let handoff = ana.sees_pending(conversation).await;
    ana.claims(conversation, handoff).await.unwrap();
    let mut last = None;
    for _ in 0..times {
        last = ana.says(conversation, text).await.unwrap();
    }
    (ana, visitor, last.unwrap().0)
}

/// The numbers of all entries that a visitor was told, in the order in which they came.
async fn visitor_is_told(visitor: &VisitorActor, last: u64) -> Vec<u64> {
    let came = |event: &VisitorEvent| match event {
        VisitorEvent::Welcome(welcome) => welcome.entries.last().map(|entry| entry.seq.0),
        VisitorEvent::EntryAdded(entry) => Some(entry.seq.0),
        _ => None,
    };
    let all = |event: &VisitorEvent| (came(event) == Some(last)).then_some(());
    visitor.client.hears("the last entry", all).await;
    let mut numbers = Vec::new();
    for event in visitor.client.heard() {
        let bytes = serde_json::to_vec(&event).unwrap().len();
        assert!(bytes < FRAME, "{bytes} bytes in one frame");
        match event {
            VisitorEvent::Welcome(welcome) => {
                numbers.extend(welcome.entries.iter().map(|entry| entry.seq.0));
            }
            VisitorEvent::EntryAdded(entry) => numbers.push(entry.seq.0),
            _ => {}
        }
    }
    numbers
}

/// The same for an agent with the thread open.
async fn agent_is_told(ana: &AgentActor, last: u64) -> Vec<u64> {
    let came = |event: &AgentEvent| match event {
        AgentEvent::Thread(thread) => thread.entries.last().map(|entry| entry.seq.0),
        AgentEvent::EntryAdded { entry, .. } => Some(entry.seq.0),
        _ => None,
    };
    let all = |event: &AgentEvent| (came(event) == Some(last)).then_some(());
    ana.client.hears("the last entry", all).await;
    let mut numbers = Vec::new();
    for event in ana.client.heard() {
        let bytes = serde_json::to_vec(&event).unwrap().len();
        assert!(bytes < FRAME, "{bytes} bytes in one frame");
        match event {
            AgentEvent::Thread(thread) => {
                numbers.extend(thread.entries.iter().map(|entry| entry.seq.0));
            }
            AgentEvent::EntryAdded { entry, .. } => numbers.push(entry.seq.0),
            _ => {}
        }
    }
    numbers
}

/// Walks back through all pages before an entry; returns the numbers, oldest first.
async fn visitor_walks_back(visitor: &mut VisitorActor, mut before: u64) -> Vec<u64> {
    let mut numbers = Vec::new();
    loop {
        let command = VisitorCommand::LoadEarlier {
            before: PublicSeq(before),
        };
        visitor.client.send(&command).await;
        let page = |event: &VisitorEvent| match event {
            VisitorEvent::Earlier { entries, more }
                if entries.last().map(|entry| entry.seq.0 + 1) == Some(before) =>
            {
                let page: Vec<u64> = entries.iter().map(|entry| entry.seq.0).collect();
                Some((page, *more, serde_json::to_vec(event).unwrap().len()))
            }
            _ => None,
        };
        let (page, more, bytes) = visitor.client.hears("an earlier page", page).await;
        assert!(bytes < FRAME, "{bytes} bytes in one frame");
        before = page[0];
        numbers.splice(..0, page);
        if !more {
            return numbers;
        }
    }
}

/// The same for an agent.
async fn agent_walks_back(
    ana: &mut AgentActor,
    conversation: ConversationId,
    mut before: u64,
) -> Vec<u64> {
    let mut numbers = Vec::new();
    loop {
        let command = AgentCommand::LoadEarlier {
            conversation,
            before: Seq(before),
        };
        ana.client.send(&command).await;
        let page = |event: &AgentEvent| match event {
            AgentEvent::Earlier { entries, more, .. }
                if entries.last().map(|entry| entry.seq.0 + 1) == Some(before) =>
            {
                let page: Vec<u64> = entries.iter().map(|entry| entry.seq.0).collect();
                Some((page, *more, serde_json::to_vec(event).unwrap().len()))
            }
            _ => None,
        };
        let (page, more, bytes) = ana.client.hears("an earlier page", page).await;
        assert!(bytes < FRAME, "{bytes} bytes in one frame");
        before = page[0];
        numbers.splice(..0, page);
        if !more {
            return numbers;
        }
    }
}

async fn can_be_read_and_resumed(text: &str, times: usize, encoding: Encoding) {
    let desk = TestDesk::start().await;
    let (mut ana, mut visitor, last) = conversation(&desk, encoding, text, times).await;
    let conversation = visitor.conversation;

    let welcome = visitor.comes_back(PublicSeq(0)).await;
    let newest: Vec<u64> = welcome.entries.iter().map(|entry| entry.seq.0).collect();
    assert!(welcome.more);
    let mut all = visitor_walks_back(&mut visitor, newest[0]).await;
    all.extend(newest);
    assert_eq!((1..=last).collect::<Vec<_>>(), all);
    for cut in [1, 2, last - 1] {
        visitor.comes_back(PublicSeq(cut)).await;
        let told = visitor_is_told(&visitor, last).await;
        assert_eq!((cut + 1..=last).collect::<Vec<_>>(), told);
    }

    ana.comes_back(Vec::new()).await;
    let thread = ana.opens(conversation).await;
    let newest: Vec<u64> = thread.entries.iter().map(|entry| entry.seq.0).collect();
    assert!(thread.more);
    let mut all = agent_walks_back(&mut ana, conversation, newest[0]).await;
    all.extend(newest);
    assert_eq!((1..=last).collect::<Vec<_>>(), all);
    for cut in [1, 2, last - 1] {
        let after = Seq(cut);
        ana.comes_back(vec![ThreadPosition {
            conversation,
            after,
        }])
        .await;
        let told = agent_is_told(&ana, last).await;
        assert_eq!((cut + 1..=last).collect::<Vec<_>>(), told);
    }
    // What is said now still arrives, behind all of that.
    ana.says(conversation, "Still here").await.unwrap();
    visitor.reads("Still here").await;
}

#[tokio::test]
async fn long_messages_in_chinese_can_be_read_and_resumed() {
    can_be_read_and_resumed(&"中".repeat(4_000), 100, Encoding::Postcard).await;
}

#[tokio::test]
async fn long_messages_in_chinese_can_be_read_and_resumed_in_json() {
    can_be_read_and_resumed(&"中".repeat(4_000), 48, Encoding::Json).await;
}

#[tokio::test]
async fn messages_that_are_all_markup_can_be_read_and_resumed() {
    can_be_read_and_resumed(&"*a* ".repeat(1_000), 19, Encoding::Postcard).await;
}

#[tokio::test]
async fn messages_that_are_all_markup_can_be_read_and_resumed_in_json() {
    can_be_read_and_resumed(&"*a* ".repeat(1_000), 19, Encoding::Json).await;
}

#[tokio::test]
async fn who_was_too_slow_is_told_to_resume_and_gets_the_rest() {
    let desk = TestDesk::start().await;
    let text = "中".repeat(4_000);
    let (mut ana, mut visitor, mut last) = conversation(&desk, Encoding::Postcard, &text, 1).await;
    let conversation = visitor.conversation;
    // So much is committed together that no connection could write it in time.
    let mut keys = Vec::new();
    for _ in 0..120 {
        let key = crate::actors::fresh_key();
        keys.push(key);
        let text = text.clone();
        let say = AgentCommand::Say {
            conversation,
            key,
            text,
            attachments: Vec::new(),
        };
        ana.client.send(&say).await;
    }
    for key in keys {
        last = last.max(ana.is_answered(key).await.unwrap().unwrap().0);
    }
    assert_eq!(Some(close::RESUME), visitor.client.is_closed().await);

    let held = visitor.entries().last().unwrap().seq;
    assert!(held.0 < last, "nothing was missed");
    visitor.comes_back(held).await;
    let told = visitor_is_told(&visitor, last).await;
    assert_eq!((held.0 + 1..=last).collect::<Vec<_>>(), told);
}
