//! The assistant asks whether to fetch a person.

use std::time::Duration;

use protocol::Refusal;
use protocol::entry::{Body, Event, PublicEvent, Trigger};
use protocol::visitor::{StateLine, VisitorCommand};

use crate::actors::{TestDesk, VisitorActor, fresh_key};

async fn answers(visitor: &mut VisitorActor, accept: bool) -> Result<(), Refusal> {
    let key = fresh_key();
    visitor
        .client
        .send(&VisitorCommand::AnswerProposal { key, accept })
        .await;
    visitor.is_answered(key).await.map(|_| ())
}

#[tokio::test]
async fn two_questions_without_an_answer_lead_to_a_proposal_that_the_visitor_accepts() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    let mut visitor = desk.visitor().await;
    for question in ["How heavy is the tent?", "And the bag?"] {
        let asked = visitor.says(question).await.unwrap();
        visitor.hears_the_ai(asked).await;
    }
    visitor
        .is_told("a proposal", |event| {
            matches!(event, PublicEvent::Proposed { .. })
        })
        .await;
    visitor.sees_line(&StateLine::Proposed).await;

    answers(&mut visitor, true).await.unwrap();

    let conversation = visitor.conversation;
    ana.sees_pending(conversation).await;
    ana.opens(conversation).await;
    ana.sees_entry("the request", |entry| {
        matches!(&entry.body, Body::Event(Event::HandoffRequested { trigger: Trigger::LowConfidence, reason, .. })
            if reason == "2 questions without an answer")
    })
    .await;
}

#[tokio::test]
async fn who_declines_goes_on_with_the_assistant_and_is_not_asked_again() {
    let desk = TestDesk::start().await;
    let _ana = desk.agent("Ana").await;
    let mut visitor = desk.visitor().await;
    visitor.says("Do you have human support?").await.unwrap();
    visitor.sees_line(&StateLine::Proposed).await;

    answers(&mut visitor, false).await.unwrap();

    visitor.sees_line(&StateLine::Assistant).await;
    assert_eq!(
        Err(Refusal::NothingProposed),
        answers(&mut visitor, true).await
    );
    let asked = visitor
        .says("Is there human support at all?")
        .await
        .unwrap();
    visitor.hears_the_ai(asked).await;
    let proposals = visitor.entries().into_iter().filter(|entry| {
        matches!(
            entry.body,
            protocol::entry::PublicBody::Event(PublicEvent::Proposed { .. })
        )
    });
    assert_eq!(1, proposals.count());
}

#[tokio::test]
async fn a_proposal_that_nobody_answers_ends_by_itself() {
    let desk = TestDesk::start().await;
    let _ana = desk.agent("Ana").await;
    let mut visitor = desk.visitor().await;
    visitor.says("Do you have human support?").await.unwrap();
    visitor.sees_line(&StateLine::Proposed).await;

    desk.time_passes(Duration::from_secs(10 * 60 + 1));

    visitor.sees_line(&StateLine::Assistant).await;
}

#[tokio::test]
async fn a_plain_yes_accepts() {
    let desk = TestDesk::start().await;
    let ana = desk.agent("Ana").await;
    let mut visitor = desk.visitor().await;
    visitor.says("Do you have human support?").await.unwrap();
    visitor.sees_line(&StateLine::Proposed).await;

    visitor.says("Yes, please").await.unwrap();

    ana.sees_pending(visitor.conversation).await;
}
