//! Who a visitor is: said by the page, proven by the site's own server.

use protocol::agent::{AgentCommand, AgentEvent};
use protocol::contact::{Contact, Origin};
use protocol::{ChatbotId, ConversationId, Refusal};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::actors::{AgentActor, TestDesk, VisitorActor, fresh_key, post_json};

/// HMAC-SHA256, as a site's server makes it.
fn hmac(secret: &str, message: &str) -> String {
    let mut key = [0_u8; 64];
    key[..secret.len()].copy_from_slice(secret.as_bytes());
    let hash = |pad: u8, message: &[u8]| {
        let mut whole = key.map(|byte| byte ^ pad).to_vec();
        whole.extend_from_slice(message);
        Sha256::digest(&whole).to_vec()
    };
    let outer = hash(0x5c, &hash(0x36, message.as_bytes()));
    outer.iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn says(desk: &TestDesk, visitor: &VisitorActor, said: &Value) -> Value {
    let bearer = format!("Bearer {}", visitor.token.as_deref().unwrap());
    let url = format!("{}/visitors/identity", desk.url);
    let answer = post_json(&url, &[("authorization", &bearer)], said).await;
    assert_eq!(200, answer.status, "{}", answer.text);
    serde_json::from_str(&answer.text).unwrap()
}

async fn secret_of(desk: &TestDesk) -> String {
    let chatbot = json!({ "chatbot": desk.chatbot });
    let none = desk.asks_pages("load_identity_secret", &chatbot).await;
    assert_eq!("null", none.text);
    let made = desk.asks_pages("renew_identity_secret", &chatbot).await;
    let secret: String = serde_json::from_str(&made.text).unwrap();
    assert_eq!(64, secret.len());
    let kept = desk.asks_pages("load_identity_secret", &chatbot).await;
    assert_eq!(made.text, kept.text);
    secret
}

async fn contact(agent: &mut AgentActor, conversation: ConversationId) -> Contact {
    agent.client.forget();
    let asks = AgentCommand::ShowPanel { conversation };
    agent.client.send(&asks).await;
    let panel = agent.client.hears("the panel", |event| match event {
        AgentEvent::Panel(panel) => Some(panel.contact.clone()),
        _ => None,
    });
    panel.await
}

fn mira(secret: &str, email: &str) -> Value {
    let lines = format!("u-1\nMira Berg\n{email}\n\n");
    json!({ "id": "u-1", "name": "Mira Berg", "email": email, "hash": hmac(secret, &lines), "attributes": { "plan": "gold" } })
}

#[tokio::test]
async fn what_a_site_signed_is_verified_and_what_is_forged_is_not() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    let secret = secret_of(&desk).await;

    // Said before the first words: the conversation is called so from its beginning.
    let mut visitor = desk.visitor().await;
    let told = says(&desk, &visitor, &mira(&secret, "mira@example.org")).await;
    assert_eq!(json!({ "verified": true }), told);
    visitor.asks_for_human().await.unwrap();
    let conversation = visitor.conversation;
    ana.sees_card(conversation, |card| card.visitor.name == "Mira Berg")
        .await;
    ana.opens(conversation).await;
    let known = contact(&mut ana, conversation).await;
    assert_eq!("mira@example.org", known.email.text);
    assert!(known.email.origin.is_verified() && known.name.origin.is_verified());
    assert_eq!(
        ("plan", "gold"),
        (&*known.attributes[0].name, &*known.attributes[0].text)
    );

    // Somebody else's details in the visitor's own console: nothing that was proven changes.
    let mut forged = mira(&secret, "mira@example.org");
    forged["email"] = json!("boss@example.org");
    let told = says(&desk, &visitor, &forged).await;
    assert_eq!(json!({ "verified": false }), told);
    assert_eq!(known, contact(&mut ana, conversation).await);

    // Another visitor, forging from the start, is known by what they say and unverified.
    let mut other = desk.visitor().await;
    says(&desk, &other, &mira("guessed", "mira@example.org")).await;
    other.asks_for_human().await.unwrap();
    ana.opens(other.conversation).await;
    let unproven = contact(&mut ana, other.conversation).await;
    assert_eq!(
        ("mira@example.org", Origin::Page),
        (&*unproven.email.text, unproven.email.origin)
    );
    assert!(!unproven.email.origin.is_verified());
}

#[tokio::test]
async fn who_proves_the_same_id_is_the_same_contact_and_a_new_secret_ends_the_old() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    let secret = secret_of(&desk).await;
    let (mut phone, mut laptop) = (desk.visitor().await, desk.visitor().await);
    for visitor in [&mut phone, &mut laptop] {
        visitor.asks_for_human().await.unwrap();
        says(&desk, visitor, &mira(&secret, "mira@example.org")).await;
    }
    ana.opens(laptop.conversation).await;
    let asks = AgentCommand::ShowPanel {
        conversation: laptop.conversation,
    };
    ana.client.send(&asks).await;
    let elsewhere = ana.client.hears("the other device", |event| match event {
        AgentEvent::Panel(panel) => panel.elsewhere.first().map(|card| card.conversation),
        _ => None,
    });
    assert_eq!(phone.conversation, elsewhere.await);

    // Another person on the same laptop has to begin anew: the conversation is Mira's.
    let lines = "u-2\nNils\n\n\n";
    let nils = json!({ "id": "u-2", "name": "Nils", "hash": hmac(&secret, lines) });
    let told = says(&desk, &laptop, &nils).await;
    assert_eq!(json!({ "verified": false, "anew": true }), told);
    for conversation in [laptop.conversation, phone.conversation] {
        ana.opens(conversation).await;
        let known = contact(&mut ana, conversation).await;
        assert_eq!("Mira Berg", known.name.text);
    }

    let chatbot = json!({ "chatbot": desk.chatbot });
    desk.asks_pages("renew_identity_secret", &chatbot).await;
    let told = says(&desk, &phone, &mira(&secret, "new@example.org")).await;
    assert_eq!(json!({ "verified": false }), told);
}

#[tokio::test]
async fn the_secret_is_for_admins_and_the_door_for_visitors() {
    let desk = TestDesk::start().await;
    let ben = desk.signs_in("Ben").await;
    for (cookie, chatbot, refusal) in [
        (&*ben, desk.chatbot, "not_allowed"),
        ("", desk.chatbot, "sign_in_needed"),
        (&*desk.owner, ChatbotId(fresh_key().0), "not_found"),
    ] {
        for endpoint in ["load_identity_secret", "renew_identity_secret"] {
            let headers = [
                ("origin", desk.url.as_str()),
                ("cookie", cookie),
                ("accept", "application/json"),
            ];
            let url = format!("{}/pages/{endpoint}", desk.url);
            let answer = post_json(&url, &headers, &json!({ "chatbot": chatbot })).await;
            let text = answer.text.to_lowercase().replace('_', "");
            assert!(
                text.contains(&refusal.replace('_', "")),
                "{endpoint}: {}",
                answer.text
            );
        }
    }

    let visitor = desk.visitor().await;
    let url = format!("{}/visitors/identity", desk.url);
    let bearer = format!("Bearer {}", visitor.token.as_deref().unwrap());
    for (authorization, body, status) in [
        ("", json!({}), 401),
        ("Bearer nobody", json!({}), 401),
        (&*bearer, json!([1]), 400),
        (
            &*bearer,
            json!({ "name": ["x"], "attributes": "none", "jwt": 5, "hash": {} }),
            200,
        ),
        (&*bearer, json!({ "name": "x".repeat(100_000) }), 413),
    ] {
        let answer = post_json(&url, &[("authorization", authorization)], &body).await;
        assert_eq!(status, answer.status, "{}", answer.text);
    }
}

#[tokio::test]
async fn a_proven_id_stays_with_the_contact_that_an_agent_made_of_two() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    let secret = secret_of(&desk).await;
    let nils = json!({ "id": "u-2", "name": "Nils", "hash": hmac(&secret, "u-2\nNils\n\n\n") });
    let mut devices = Vec::new();
    for _ in 0..4 {
        let mut visitor = desk.visitor().await;
        visitor.asks_for_human().await.unwrap();
        ana.sees_pending(visitor.conversation).await;
        devices.push(visitor);
    }
    let [phone, tablet, laptop, other] = &devices[..] else {
        unreachable!("there are four")
    };
    says(&desk, phone, &mira(&secret, "mira@example.org")).await;
    says(&desk, other, &nils).await;
    let merge = |other: ConversationId| {
        move |key| AgentCommand::MergeContacts {
            conversation: tablet.conversation,
            key,
            other,
        }
    };
    assert_eq!(Ok(None), ana.asks(merge(phone.conversation)).await);
    // Two of whom the site says that they are two stay two.
    let refused = ana.asks(merge(other.conversation)).await;
    assert_eq!(Err(Refusal::NotAllowed), refused);

    let told = says(&desk, laptop, &mira(&secret, "mira@example.org")).await;
    assert_eq!(json!({ "verified": true }), told);
    ana.client.forget();
    let conversation = laptop.conversation;
    let asks = AgentCommand::ShowPanel { conversation };
    ana.client.send(&asks).await;
    let elsewhere = ana.client.hears("the panel", |event| match event {
        AgentEvent::Panel(panel) => Some(panel.elsewhere.len()),
        _ => None,
    });
    assert_eq!(2, elsewhere.await, "phone, tablet and laptop are one");
}
