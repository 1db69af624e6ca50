//! What time does by itself, and that a restart does it once.

use std::time::Duration;

use protocol::card::{Card, CardState};
use protocol::entry::{Outcome, PublicBody, PublicEvent};
use protocol::settings::OnDeadline;

use crate::actors::{TestDesk, VisitorActor};

fn count(visitor: &VisitorActor, is: impl Fn(&PublicEvent) -> bool) -> usize {
    let entries = visitor.entries().into_iter();
    entries
        .filter(|entry| matches!(&entry.body, PublicBody::Event(event) if is(event)))
        .count()
}

#[tokio::test]
async fn a_silent_visitor_is_warned_and_then_the_chat_is_closed() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    let conversation = visitor.conversation;
    let handoff = ana.sees_pending(conversation).await;
    ana.claims(conversation, handoff).await.unwrap();
    ana.says(conversation, "Did that help?").await.unwrap();

    desk.time_passes(Duration::from_secs(60 * 60 + 1));
    let warned = |event: &PublicEvent| matches!(event, PublicEvent::IdleWarned { .. });
    visitor.is_told("a warning", warned).await;
    desk.time_passes(Duration::from_secs(10 * 60 + 1));

    let closed = |card: &Card| {
        matches!(
            card.state,
            CardState::Resolved {
                outcome: Outcome::AutoClosed,
                ..
            }
        )
    };
    ana.sees_card(conversation, closed).await;
    assert_eq!(1, count(&visitor, warned));
}

#[tokio::test]
async fn who_answers_the_warning_keeps_the_chat() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    let conversation = visitor.conversation;
    let handoff = ana.sees_pending(conversation).await;
    ana.claims(conversation, handoff).await.unwrap();
    ana.says(conversation, "Did that help?").await.unwrap();
    desk.time_passes(Duration::from_secs(60 * 60 + 1));
    let warned = |event: &PublicEvent| matches!(event, PublicEvent::IdleWarned { .. });
    visitor.is_told("a warning", warned).await;

    visitor.says("Yes, one moment").await.unwrap();
    desk.time_passes(Duration::from_secs(10 * 60 + 1));
    tokio::time::sleep(Duration::from_millis(300)).await;

    ana.says(conversation, "Take your time").await.unwrap();
    visitor.reads("Take your time").await;
}

#[tokio::test]
async fn what_was_due_while_the_server_was_down_is_done_once_when_it_is_back() {
    let mut desk = TestDesk::start().await;
    let ana = desk.agent("Ana").await;
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    let conversation = visitor.conversation;
    ana.sees_pending(conversation).await;

    desk.stops().await;
    desk.starts_again().await;
    // A fresh server has a fresh clock: the deadline is as far away as it was.
    desk.time_passes(Duration::from_secs(15 * 60 + 1));
    visitor.comes_back(protocol::PublicSeq(0)).await;
    let missed = |event: &PublicEvent| matches!(event, PublicEvent::Missed { .. });
    visitor.is_told("that nobody came", missed).await;
    desk.stops().await;
    desk.starts_again().await;
    desk.time_passes(Duration::from_secs(60 * 60));
    tokio::time::sleep(Duration::from_millis(300)).await;
    visitor.comes_back(protocol::PublicSeq(0)).await;

    assert_eq!(1, count(&visitor, missed));
}

#[tokio::test]
async fn a_deadline_that_is_shortened_holds_for_who_waits_already() {
    let desk = TestDesk::start().await;
    let ana = desk.agent("Ana").await;
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    ana.sees_pending(visitor.conversation).await;
    let missed = |event: &PublicEvent| matches!(event, PublicEvent::Missed { .. });

    desk.sets(|settings, layer| {
        settings.queue.deadline_minutes = 5;
        settings.queue.on_deadline = OnDeadline::Miss;
        layer.queue = Some(settings.queue);
    })
    .await;

    desk.time_passes(Duration::from_secs(4 * 60));
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(0, count(&visitor, missed));
    desk.time_passes(Duration::from_secs(61));
    visitor.is_told("that nobody came", missed).await;
}
