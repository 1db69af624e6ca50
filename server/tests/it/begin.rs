//! The first steps of a workspace: each is done when it has happened, and stays done.

use protocol::forms::BeginView;
use serde_json::json;

use crate::actors::TestDesk;

async fn steps(desk: &TestDesk) -> [bool; 4] {
    let answer = desk.asks_pages("load_begin", &json!({})).await;
    let view: Option<BeginView> = serde_json::from_str(&answer.text)
        .unwrap_or_else(|error| panic!("{error}: {}", answer.text));
    let view = view.expect("there is a chatbot");
    [view.taught, view.tested, view.answered, view.embedded]
}

async fn teaches(desk: &TestDesk, text: &str) -> u16 {
    let form = json!({ "form": { "chatbot": desk.chatbot, "text": text } });
    desk.asks_pages("teach", &form).await.status
}

#[tokio::test]
async fn what_is_pasted_is_answered_from_and_every_step_is_seen_to_be_done() {
    let desk = TestDesk::start().await;
    assert_eq!([false; 4], steps(&desk).await);

    for wrong in ["", " \n ", &"x".repeat(40_001)] {
        assert_ne!(200, teaches(&desk, wrong).await);
    }
    let foreign = json!({ "form": { "chatbot": uuid::Uuid::nil(), "text": "# No\n\nNothing." } });
    assert_ne!(200, desk.asks_pages("teach", &foreign).await.status);
    assert_eq!([false; 4], steps(&desk).await);
    let delivery = "# Delivery\n\nOrders leave our warehouse in Bergen within two working days.\n";
    assert_eq!(200, teaches(&desk, delivery).await);
    // Twice is once, and what was taught before stays.
    assert_eq!(200, teaches(&desk, delivery).await);
    let returns = "# Returns\n\nTents come back to us within sixty days.\n";
    assert_eq!(200, teaches(&desk, returns).await);
    assert_eq!([true, false, false, false], steps(&desk).await);

    let mut visitor = desk.visitor().await;
    let asked = visitor
        .says("When does my order leave the warehouse?")
        .await;
    let answer = visitor.hears_the_ai(asked.unwrap()).await;
    let text = format!("{answer:?}");
    assert!(text.contains("two working days"), "{text}");

    let mut ana = desk.agent("Ana").await;
    visitor.asks_for_human().await.unwrap();
    let handoff = ana.sees_pending(visitor.conversation).await;
    ana.opens(visitor.conversation).await;
    ana.claims(visitor.conversation, handoff).await.unwrap();
    // Actors come from a page of a shop.
    assert_eq!([true; 4], steps(&desk).await);
}
