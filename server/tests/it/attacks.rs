//! A chatbot under attack: a flood of strangers stops nobody who was there before.

use protocol::visitor::{Start, VisitorCommand, VisitorEvent};
use protocol::{PublicSeq, Refusal};
use serde_json::json;

use crate::actors::{Client, Encoding, TestDesk};

const MINUTE: i64 = 60_000;

type Visitor = Client<VisitorCommand, VisitorEvent>;

/// A desk behind a proxy, so that strangers come from as many addresses as they like.
async fn desk() -> TestDesk {
    TestDesk::start_with(|config| {
        config.server.trusted_proxies = vec!["127.0.0.1".to_owned().try_into().unwrap()];
        config.attack.new_visitors_per_minute = 40;
        config.attack.messages_per_minute = 40;
    })
    .await
}

/// Somebody comes from an address: with the chat open, or with what they are told.
async fn comes(desk: &TestDesk, start: &Start, address: &str) -> Result<Visitor, Refusal> {
    let from = [("x-forwarded-for", address.to_owned())];
    let url = format!("{}/ws/visitor", desk.url);
    let mut client = Visitor::connect(&url, Encoding::Json, &from).await.unwrap();
    client.send(&VisitorCommand::Start(start.clone())).await;
    let answer = |event: &VisitorEvent| match event {
        VisitorEvent::Welcome(_) => Some(Ok(())),
        VisitorEvent::Refused { refusal, .. } => Some(Err(refusal.clone())),
        _ => None,
    };
    client.hears("an answer", answer).await?;
    Ok(client)
}

async fn says(client: &mut Visitor, words: &str) -> Result<(), Refusal> {
    let key = crate::actors::fresh_key();
    let say = VisitorCommand::Say {
        key,
        text: words.to_owned(),
        attachments: Vec::new(),
    };
    client.send(&say).await;
    let answer = |event: &VisitorEvent| match event {
        VisitorEvent::Done { key: done, .. } if *done == key => Some(Ok(())),
        VisitorEvent::Refused {
            key: Some(refused),
            refusal,
            ..
        } if *refused == key => Some(Err(refusal.clone())),
        _ => None,
    };
    client.hears("an answer", answer).await
}

async fn list(desk: &TestDesk) -> String {
    let nothing = json!({});
    let answer = desk.asks_pages_as(&desk.owner, "load_chatbots", &nothing);
    answer.await.text
}

#[tokio::test]
async fn a_flood_of_strangers_stops_nobody_who_was_there_before_and_ends_by_itself() {
    let desk = desk().await;
    let mut regular = desk.visitor().await;
    regular.says("Hello, I was here before.").await.unwrap();
    // Long enough ago that they did not come with it.
    desk.turns_the_clock(5 * MINUTE);

    let stranger = Start {
        token: None,
        ..regular.start(PublicSeq(0))
    };
    let stranger = || Start {
        conversation: protocol::ConversationId(crate::actors::fresh_key().0),
        ..stranger.clone()
    };
    let mut came = Vec::new();
    let mut refused = 0;
    for number in 0..120 {
        let address = format!("198.51.100.{number}");
        match comes(&desk, &stranger(), &address).await {
            Ok(client) => came.push(client),
            Err(Refusal::TooFast { retry_after_ms }) => {
                assert!(retry_after_ms > 0);
                refused += 1;
            }
            Err(other) => panic!("{other:?}"),
        }
    }
    // As many as make an attack, and what one network may begin then.
    assert_eq!((50, 70), (came.len(), refused));
    assert!(list(&desk).await.contains("\"under_attack\":true"));

    // Who has a token comes back from the very network, and writes as ever.
    let start = regular.start(PublicSeq(0));
    let mut back = comes(&desk, &start, "198.51.100.7").await.unwrap();
    let mut through = 0;
    for client in &mut came {
        through += usize::from(says(client, "Buy now").await.is_ok());
    }
    // What one network may write, and what came back of it meanwhile.
    assert!((30..45).contains(&through), "{through}");
    for number in 0..20 {
        let words = format!("I go on writing, number {number}");
        says(&mut back, &words).await.unwrap();
    }
    // A new visitor from elsewhere gets through.
    let mut new = comes(&desk, &stranger(), "203.0.113.9").await.unwrap();
    says(&mut new, "I have a question").await.unwrap();

    // It ends by itself.
    desk.turns_the_clock(7 * MINUTE);
    assert!(list(&desk).await.contains("\"under_attack\":false"));
    comes(&desk, &stranger(), "198.51.100.8").await.unwrap();
}
