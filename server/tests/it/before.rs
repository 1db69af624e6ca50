//! What is asked for before the chat begins: nothing is kept until it was sent, and what was sent is known.

use protocol::agent::{AgentCommand, AgentEvent};
use protocol::before::BeforeView;
use protocol::settings::{Ask, Consent};
use protocol::widget::FieldKind;
use serde_json::{Value, json};

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
    assert!(consent.text.ends_with(CONSENT) && consent.text.starts_with("20"));
}
