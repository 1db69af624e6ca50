//! Nobody answers: the request is missed, a lead is made, the visitor leaves details, somebody
//! comes back to them late.

use std::time::Duration;

use protocol::Refusal;
use protocol::card::{Card, CardState, Tab};
use protocol::entry::{Body, Event, MissedReason, PublicEvent};
use protocol::lead::LeadDetails;
use protocol::refusal::{Field, Problem};
use protocol::settings::{OnDeadline, Outside};
use protocol::visitor::{StateLine, VisitorCommand};

use crate::actors::{TestDesk, VisitorActor, fresh_key};

async fn leaves(visitor: &mut VisitorActor, email: &str) -> Result<(), Refusal> {
    let key = fresh_key();
    let details = LeadDetails {
        name: "Mira".to_owned(),
        email: email.to_owned(),
        message: "Do you repair zips?".to_owned(),
        ..LeadDetails::default()
    };
    visitor
        .client
        .send(&VisitorCommand::SendForm { key, details })
        .await;
    visitor.is_answered(key).await.map(|_| ())
}

fn missed(reason: MissedReason, details: bool) -> impl Fn(&Card) -> bool {
    move |card| {
        matches!(card.state, CardState::Missed { reason: why, details: left, .. }
            if why == reason && left == details)
    }
}

#[tokio::test]
async fn with_nobody_there_a_visitor_leaves_details_and_an_agent_comes_back_to_them() {
    let desk = TestDesk::start().await;
    let mut visitor = desk.visitor().await;
    visitor.says("Do you repair zips?").await.unwrap();

    visitor.asks_for_human().await.unwrap();

    let told = |event: &PublicEvent| {
        matches!(event, PublicEvent::Missed { message, form: true }
            if message == "No agents are currently available.")
    };
    visitor.is_told("that nobody is there", told).await;
    visitor.sees_line(&StateLine::LeaveDetails).await;
    let refused = leaves(&mut visitor, "not an address").await;
    assert_eq!(
        Err(Refusal::FieldInvalid {
            field: Field::Email,
            problem: Problem::NotAnAddress
        }),
        refused
    );
    leaves(&mut visitor, "mira@example.org").await.unwrap();
    visitor.sees_line(&StateLine::ByMail).await;

    let mut ana = desk.agent("Ana").await;
    ana.client
        .send(&protocol::agent::AgentCommand::ListCards {
            tab: Tab::Missed,
            after: None,
        })
        .await;
    let conversation = visitor.conversation;
    let card = ana
        .client
        .hears("the missed request", |event| match event {
            protocol::agent::AgentEvent::Cards {
                tab: Tab::Missed,
                cards,
                ..
            } => cards.first().cloned(),
            _ => None,
        })
        .await;
    assert_eq!(conversation, card.conversation);
    assert!(missed(MissedReason::NoAgent, true)(&card), "{card:?}");
    assert_eq!("Mira", card.visitor.name);
    ana.opens(conversation).await;
    ana.sees_entry("the details", |entry| {
        matches!(&entry.body, Body::Event(Event::FormSent { details, .. })
            if details.email == "mira@example.org")
    })
    .await;
    ana.says(conversation, "We do, for 12 francs")
        .await
        .unwrap();
    visitor.reads("We do, for 12 francs").await;
}

#[tokio::test]
async fn a_request_that_nobody_takes_in_time_is_missed_with_a_lead_and_claimed_late() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    let conversation = visitor.conversation;
    let handoff = ana.sees_pending(conversation).await;

    desk.time_passes(Duration::from_secs(15 * 60 - 5));
    tokio::time::sleep(Duration::from_millis(300)).await;
    ana.client.forget();
    desk.time_passes(Duration::from_secs(10));

    ana.sees_card(conversation, missed(MissedReason::Timeout, false))
        .await;
    visitor.sees_line(&StateLine::LeaveDetails).await;
    leaves(&mut visitor, "mira@example.org").await.unwrap();
    ana.sees_card(conversation, missed(MissedReason::Timeout, true))
        .await;
    ana.claims(conversation, handoff).await.unwrap();
    visitor
        .is_told("who joined", |event| {
            matches!(event, PublicEvent::Joined { .. })
        })
        .await;
}

#[tokio::test]
async fn a_visitor_may_wait_on_after_the_deadline() {
    let desk = TestDesk::start().await;
    desk.sets(|effective, layer| {
        effective.queue.on_deadline = OnDeadline::KeepWaiting;
        layer.queue = Some(effective.queue);
    })
    .await;
    let mut ana = desk.agent("Ana").await;
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    let handoff = ana.sees_pending(visitor.conversation).await;

    desk.time_passes(Duration::from_secs(15 * 60 + 1));

    visitor
        .sees_line(&StateLine::Waiting {
            place: 1,
            minutes: None,
            form: true,
        })
        .await;
    leaves(&mut visitor, "mira@example.org").await.unwrap();
    visitor
        .sees_line(&StateLine::Waiting {
            place: 1,
            minutes: None,
            form: false,
        })
        .await;
    ana.claims(visitor.conversation, handoff).await.unwrap();
}

#[tokio::test]
async fn out_of_hours_the_form_makes_a_lead_even_before_anybody_was_asked_for() {
    let desk = TestDesk::start().await;
    desk.sets(|effective, layer| {
        effective.hours.enabled = true;
        effective.hours.times.open.clear();
        effective.hours.outside = Outside::Form;
        layer.hours = Some(effective.hours.clone());
    })
    .await;
    let ana = desk.agent("Ana").await;
    let mut visitor = desk.visitor().await;

    leaves(&mut visitor, "mira@example.org").await.unwrap();

    ana.sees_card(visitor.conversation, missed(MissedReason::OutOfHours, true))
        .await;
    visitor.sees_line(&StateLine::ByMail).await;
}

#[tokio::test]
async fn details_that_nobody_asked_for_are_refused() {
    let desk = TestDesk::start().await;
    let _ana = desk.agent("Ana").await;
    let mut visitor = desk.visitor().await;
    visitor.says("Hello").await.unwrap();

    let refused = leaves(&mut visitor, "mira@example.org").await;

    assert_eq!(Err(Refusal::FormNotAsked), refused);
}
