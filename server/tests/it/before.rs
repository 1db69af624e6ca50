//! What is asked for before the chat begins: nothing is kept until it was sent, and what was sent is known.

use protocol::agent::{AgentCommand, AgentEvent};
use protocol::before::BeforeView;
use std::sync::Arc;

use protocol::refusal::{Field, Problem};
use protocol::settings::{Ask, Consent};
use protocol::widget::FieldKind;
use protocol::{Refusal, Timestamp};
use serde_json::{Value, json};
use server::store::{AgreedIn, Store};
use sha2::{Digest as _, Sha256};

use crate::actors::{Answer, TestDesk, fresh_key, get, post_json};

const CONSENT: &str = "You may store this to answer me.";

/// Of the answer to `GET /visitors/before`.
#[derive(serde::Deserialize)]
struct Asked {
    ask: Option<BeforeView>,
}

async fn asked(desk: &TestDesk, chatbot: &str) -> Option<BeforeView> {
    let answer = get(
        &format!("{}/visitors/before?chatbot={chatbot}", desk.url),
        &[],
    )
    .await;
    assert_eq!(200, answer.status, "{}", answer.text);
    let asked: Asked = serde_json::from_str(&answer.text).unwrap();
    asked.ask
}

async fn sends(desk: &TestDesk, token: Option<&str>, details: &Value) -> Answer {
    let url = format!("{}/visitors/before?chatbot={}", desk.url, desk.chatbot);
    let bearer = token.map(|token| format!("Bearer {token}"));
    let headers: Vec<_> = bearer.iter().map(|it| ("authorization", &**it)).collect();
    post_json(&url, &headers, details).await
}

fn details(email: &str, consent: bool) -> Value {
    json!({
        "name": "Mira Berg",
        "email": email,
        "phone": "",
        "message": "",
        "custom": [],
        "consent": consent,
    })
}

async fn is_asked_for(desk: &TestDesk) {
    desk.sets(|effective, layer| {
        effective.before.enabled = true;
        effective.before.email = Ask::Required;
        effective.before.consent = Some(Consent {
            text: CONSENT.to_owned(),
            url: Some("https://shop.example/privacy".to_owned()),
        });
        layer.before = Some(effective.before.clone());
    })
    .await;
}

#[tokio::test]
async fn nothing_is_asked_for_until_the_owner_wants_it() {
    let desk = TestDesk::start().await;
    let chatbot = desk.chatbot.to_string();
    assert!(asked(&desk, &chatbot).await.is_none());
    let refused = sends(&desk, None, &details("mira@example.org", true)).await;
    assert_eq!(422, refused.status);

    is_asked_for(&desk).await;
    let form = asked(&desk, &chatbot).await.expect("a form");
    let kinds: Vec<_> = form.fields.iter().map(|field| &field.kind).collect();
    assert_eq!(vec![&FieldKind::Name, &FieldKind::Email], kinds);
    assert_eq!(CONSENT, form.consent.expect("a consent").text);
    // Of a chatbot that there is not, the chat itself says so.
    let nobodys = fresh_key().0.to_string();
    for other in [nobodys.as_str(), "YOUR-CHATBOT-ID"] {
        assert!(asked(&desk, other).await.is_none());
    }
}

#[tokio::test]
async fn what_is_wrong_is_said_by_field_before_anybody_is_known() {
    let desk = TestDesk::start().await;
    is_asked_for(&desk).await;
    for (said, field, problem) in [
        (details("", true), "email", "missing"),
        (details("mira", true), "email", "not_an_address"),
        (details("mira@example.org", false), "consent", "missing"),
    ] {
        let refused = sends(&desk, None, &said).await;
        assert_eq!(422, refused.status, "{}", refused.text);
        let expected = json!({ "field_invalid": { "field": field, "problem": problem } });
        let told: Value = serde_json::from_str(&refused.text).unwrap();
        assert_eq!(expected, told);
    }
    let good = details("mira@example.org", true);
    assert_eq!(204, sends(&desk, None, &good).await.status);
    assert_eq!(401, sends(&desk, Some("5e5e5e5e"), &good).await.status);
    assert_eq!(400, sends(&desk, None, &json!({ "name": 1 })).await.status);
}

#[tokio::test]
async fn what_was_sent_is_what_the_team_knows_the_visitor_by() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    is_asked_for(&desk).await;
    let mut visitor = desk.visitor().await;
    let good = details("mira@example.org", true);
    let sent = sends(&desk, visitor.token.as_deref(), &good).await;
    assert_eq!(204, sent.status, "{}", sent.text);

    visitor.asks_for_human().await.unwrap();
    let conversation = visitor.conversation;
    ana.sees_card(conversation, |card| card.visitor.name == "Mira Berg")
        .await;
    ana.opens(conversation).await;
    let asks = AgentCommand::ShowPanel { conversation };
    ana.client.send(&asks).await;
    let contact = ana.client.hears("the panel", |event| match event {
        AgentEvent::Panel(panel) => Some(panel.contact.clone()),
        _ => None,
    });
    let contact = contact.await;
    assert_eq!("mira@example.org", contact.email.text);
    // And what they agreed to, with the day.
    let consent = &contact.attributes[0];
    assert_eq!("Consent", consent.name);
    assert!(consent.text.starts_with("20"), "{}", consent.text);
    let agreed = format!("{CONSENT} (https://shop.example/privacy)");
    assert!(consent.text.ends_with(&agreed), "{}", consent.text);
}

#[tokio::test]
async fn nobody_speaks_without_the_consent_that_is_asked_for_and_what_was_agreed_to_is_kept() {
    let desk = TestDesk::start().await;
    let mut before = desk.visitor().await;
    before
        .says("I spoke before anything was asked.")
        .await
        .unwrap();
    is_asked_for(&desk).await;
    before.says("And I may go on.").await.unwrap();

    let mut visitor = desk.visitor().await;
    let missing = Refusal::FieldInvalid {
        field: Field::Consent,
        problem: Problem::Missing,
    };
    assert_eq!(Err(missing.clone()), visitor.says("Hello?").await);
    assert_eq!(Err(missing), visitor.asks_for_human().await);
    // Whoever only came before is asked now as well; who spoke is not.
    let asks = |token: Option<String>| {
        let url = format!("{}/visitors/before?chatbot={}", desk.url, desk.chatbot);
        async move {
            let bearer = format!("Bearer {}", token.unwrap());
            let answer = get(&url, &[("authorization", &bearer)]).await;
            let asked: Asked = serde_json::from_str(&answer.text).unwrap();
            asked.ask.is_some()
        }
    };
    assert!(asks(visitor.token.clone()).await);
    assert!(!asks(before.token.clone()).await);

    let good = details("mira@example.org", true);
    let sent = sends(&desk, visitor.token.as_deref(), &good).await;
    assert_eq!(204, sent.status, "{}", sent.text);
    visitor.says("Hello?").await.unwrap();
    assert!(!asks(visitor.token.clone()).await);

    let now = Arc::new(|| Timestamp(1));
    let store = Store::open(&desk.database_url(), now, Arc::new(drop))
        .await
        .unwrap();
    let hash: [u8; 32] = Sha256::digest(visitor.token.as_deref().unwrap()).into();
    let row = store.visitor_by_token(&hash).await.unwrap().unwrap();
    let kept = store
        .consented(row.visitor, AgreedIn::Before)
        .await
        .unwrap();
    let kept = kept.expect("what was agreed to");
    assert_eq!(CONSENT, kept.text);
    assert_eq!(Some("https://shop.example/privacy"), kept.url.as_deref());
    assert!(kept.at.millis() > 1_600_000_000_000, "{:?}", kept.at);
}
