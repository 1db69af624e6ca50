//! An agent leaves while somebody waits for them: by choice, by signing out, by losing their rights,
//! and with an offer open.

use std::time::Duration;

use protocol::agent::AgentCommand;
use protocol::card::{Card, CardState};
use protocol::entry::{Body, Entry, Event, MissedReason, Passed, Released};
use protocol::person::Availability;
use protocol::settings::{RoutingMode, WhenNobody};
use protocol::{ConversationId, close};
use serde_json::json;

use crate::actors::{AgentActor, TestDesk, post};

async fn chooses(agent: &mut AgentActor, availability: Availability) {
    let command = AgentCommand::SetAvailability { availability };
    agent.client.send(&command).await;
}

/// Waits until it is pending, by what is told from here on.
async fn is_pending(sees: &AgentActor, conversation: ConversationId) {
    let pending = |card: &Card| matches!(card.state, CardState::Pending { .. });
    sees.sees_card(conversation, pending).await;
}

/// Opens the conversation until it is as expected: of cards that were told before, one may say the
/// same, and what comes next would happen too early.
async fn comes_to(
    sees: &mut AgentActor,
    conversation: ConversationId,
    what: &str,
    expected: impl Fn(&CardState, &[Entry]) -> bool,
) {
    let comes = async {
        loop {
            sees.client.forget();
            let thread = sees.opens(conversation).await;
            if expected(&thread.card.state, &thread.entries) {
                break;
            }
            // Slowly enough for what one connection may ask.
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    let in_time = tokio::time::timeout(Duration::from_secs(30), comes).await;
    assert!(in_time.is_ok(), "{what}");
}

/// Waits until `agent` was asked, as the one of these so many offers.
async fn is_offered_to(agent: &mut AgentActor, conversation: ConversationId, offers: usize) {
    let id = agent.id;
    let made = |entry: &&Entry| matches!(&entry.body, Body::Event(Event::HandoffOffered { .. }));
    comes_to(
        agent,
        conversation,
        "asked in their turn",
        |state, entries| {
            matches!(state, CardState::Pending { offer: Some(offer), .. } if offer.agent == id)
                && entries.iter().filter(made).count() == offers
        },
    )
    .await;
}

async fn sees_release(agent: &AgentActor, why: Released) {
    let is = |body: &Body| matches!(body, Body::Event(Event::HandoffReleased { why: found, .. }) if *found == why);
    agent
        .sees_entry("the release", |entry| is(&entry.body))
        .await;
}

async fn signs_out(desk: &TestDesk, agent: &AgentActor) {
    let headers = [("origin", desk.url.as_str()), ("cookie", &agent.cookie)];
    let answer = post(&format!("{}/pages/sign_out", desk.url), &headers, &[]).await;
    assert_eq!(200, answer.status, "{}", answer.text);
}

#[tokio::test]
async fn a_holder_who_chooses_to_be_offline_with_the_inbox_open_loses_an_unanswered_chat() {
    let desk = TestDesk::start().await;
    let (mut ana, mut ben) = (desk.agent("Ana").await, desk.agent("Ben").await);
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    let conversation = visitor.conversation;
    let handoff = ana.sees_pending(conversation).await;
    ana.claims(conversation, handoff).await.unwrap();
    visitor.says("Are you there?").await.unwrap();
    ben.opens(conversation).await;
    ben.client.forget();

    chooses(&mut ana, Availability::Offline).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    desk.time_passes(Duration::from_secs(5 * 60));

    is_pending(&ben, conversation).await;
    sees_release(&ben, Released::Lost).await;
    ben.claims(conversation, handoff).await.unwrap();
}

#[tokio::test]
async fn who_signs_out_is_gone_at_once_and_nobody_waits_for_them() {
    let desk = TestDesk::start().await;
    desk.sets(|effective, layer| {
        effective.queue.nobody = WhenNobody::Form;
        layer.queue = Some(effective.queue);
    })
    .await;
    let ana = desk.agent("Ana").await;
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    ana.sees_pending(visitor.conversation).await;

    signs_out(&desk, &ana).await;

    assert_eq!(Some(close::REVOKED), ana.client.is_closed().await);
    let missed = |event: &protocol::entry::PublicEvent| {
        matches!(event, protocol::entry::PublicEvent::Missed { .. })
    };
    visitor.is_told("that nobody is there", missed).await;
    let mut ben = desk.agent("Ben").await;
    let thread = ben.opens(visitor.conversation).await;
    let state = thread.card.state;
    assert!(
        matches!(
            state,
            CardState::Missed {
                reason: MissedReason::NoAgent,
                ..
            }
        ),
        "{state:?}"
    );
}

#[tokio::test]
async fn an_offer_is_taken_back_when_its_agent_leaves_stops_accepting_or_the_mode_changes() {
    let desk = TestDesk::start().await;
    desk.sets(|effective, layer| {
        effective.routing.mode = RoutingMode::Offer;
        layer.routing = Some(effective.routing.clone());
    })
    .await;
    let (mut ana, mut ben) = (desk.agent("Ana").await, desk.agent("Ben").await);
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    let conversation = visitor.conversation;
    is_offered_to(&mut ana, conversation, 1).await;

    chooses(&mut ana, Availability::Offline).await;
    is_offered_to(&mut ben, conversation, 2).await;

    chooses(&mut ana, Availability::Online).await;
    ben.client
        .send(&AgentCommand::SetAccepting { accepting: false })
        .await;
    // Who was asked and left was not the one to say no.
    is_offered_to(&mut ana, conversation, 3).await;

    desk.sets(|effective, layer| {
        effective.routing.mode = RoutingMode::Pool;
        layer.routing = Some(effective.routing.clone());
    })
    .await;
    let withdrawn = |entry: &&Entry| {
        matches!(
            &entry.body,
            Body::Event(Event::HandoffRejected {
                why: Passed::Withdrawn,
                ..
            })
        )
    };
    let what = "three offers were taken back, and nobody is asked";
    comes_to(&mut ben, conversation, what, |state, entries| {
        matches!(state, CardState::Pending { offer: None, .. })
            && entries.iter().filter(withdrawn).count() == 3
    })
    .await;
}

#[tokio::test]
async fn who_loses_a_chatbot_loses_its_chats_and_the_sight_of_them_within_a_second() {
    let desk = TestDesk::start().await;
    let (mut ana, mut ben) = (desk.agent("Ana").await, desk.agent("Ben").await);
    let (mut held, mut waiting) = (desk.visitor().await, desk.visitor().await);
    held.asks_for_human().await.unwrap();
    let handoff = ana.sees_pending(held.conversation).await;
    ana.claims(held.conversation, handoff).await.unwrap();
    ben.opens(held.conversation).await;
    ben.client.forget();

    let body = json!({ "agent": ana.id, "assigned": { "only": [] } });
    let saved = desk.asks_pages("save_assignment", &body).await;
    assert_eq!(200, saved.status, "{}", saved.text);

    is_pending(&ben, held.conversation).await;
    sees_release(&ben, Released::Unassigned).await;
    assert_eq!(Some(close::RESUME), ana.client.is_closed().await);
    let welcome = ana.comes_back(Vec::new()).await;
    assert!(welcome.cards.is_empty(), "{:?}", welcome.cards);
    assert_eq!(0, welcome.counts.pending);
    waiting.asks_for_human().await.unwrap();
    ben.sees_pending(waiting.conversation).await;
    let heard = ana.client.heard();
    let told = |event: &protocol::agent::AgentEvent| {
        matches!(event, protocol::agent::AgentEvent::CardChanged(_))
    };
    assert!(!heard.iter().any(told), "{heard:?}");

    // What was taken away can be given again.
    let body = json!({ "agent": ana.id, "assigned": { "only": [desk.chatbot] } });
    assert_eq!(200, desk.asks_pages("save_assignment", &body).await.status);
    let welcome = ana.comes_back(Vec::new()).await;
    assert_eq!(2, welcome.cards.len());
}

#[tokio::test]
async fn only_who_keeps_the_team_says_what_agents_are_assigned_to_and_only_what_exists() {
    let desk = TestDesk::start().await;
    let ana = desk.agent("Ana").await;
    let url = format!("{}/pages/save_assignment", desk.url);
    let headers = [
        ("origin", desk.url.as_str()),
        ("cookie", ana.cookie.as_str()),
        ("accept", "application/json"),
    ];
    let all = json!({ "agent": ana.id, "assigned": "all" });
    let refused = crate::actors::post_json(&url, &headers, &all).await;
    assert_eq!(422, refused.status, "{}", refused.text);
    assert!(refused.text.contains("not allow"), "{}", refused.text);

    let unknown = crate::actors::fresh_key().0;
    for body in [
        json!({ "agent": unknown, "assigned": "all" }),
        json!({ "agent": ana.id, "assigned": { "only": [unknown] } }),
    ] {
        let refused = desk.asks_pages("save_assignment", &body).await;
        assert_eq!(422, refused.status, "{}", refused.text);
        assert!(refused.text.contains("does not exist"), "{}", refused.text);
    }
    // What makes no sense is not the server's failure.
    for body in [
        json!({ "agent": ana.id }),
        json!({ "agent": 7, "assigned": "all" }),
    ] {
        let refused = desk.asks_pages("save_assignment", &body).await;
        assert_eq!(400, refused.status, "{}", refused.text);
    }
}
