//! What visitors think: how it was with a person, whether an answer helped; and the file they keep.

use protocol::agent::{AgentCommand, AgentEvent};
use protocol::entry::{Body, Entry, Event, Outcome, PublicEntry};
use protocol::rating::{Ratable, Thumb};
use protocol::{ConversationId, HandoffId, PublicSeq};
use serde_json::{Value, json};

use crate::actors::{AgentActor, Answer, TestDesk, VisitorActor, fresh_key, get, post_json};

/// Of the answer to `GET /visitors/rating`.
#[derive(serde::Deserialize)]
struct Asked {
    ask: Option<Ratable>,
}

async fn asks(desk: &TestDesk, token: Option<&str>, what: &str) -> Answer {
    let bearer = token.map(|token| format!("Bearer {token}"));
    let headers: Vec<_> = bearer.iter().map(|it| ("authorization", &**it)).collect();
    get(&format!("{}/visitors/{what}", desk.url), &headers).await
}

async fn says(desk: &TestDesk, visitor: &VisitorActor, what: &str, body: &Value) -> u16 {
    let bearer = format!("Bearer {}", visitor.token.as_deref().unwrap());
    let url = format!("{}/visitors/{what}", desk.url);
    post_json(&url, &[("authorization", &bearer)], body)
        .await
        .status
}

/// The handoff that the visitor is asked about.
async fn asked(desk: &TestDesk, visitor: &VisitorActor) -> Option<Ratable> {
    let answer = asks(desk, visitor.token.as_deref(), "rating").await;
    assert_eq!(200, answer.status, "{}", answer.text);
    let asked: Asked = serde_json::from_str(&answer.text).unwrap();
    asked.ask
}

/// Ana takes the visitor's request, writes and ends it.
async fn helps(ana: &mut AgentActor, visitor: &mut VisitorActor) -> HandoffId {
    visitor.asks_for_human().await.unwrap();
    let id = visitor.conversation;
    let handoff = ana.sees_pending(id).await;
    ana.opens(id).await;
    ana.claims(id, handoff).await.unwrap();
    ana.says(id, "It is on its way.").await.unwrap();
    ana.notes(id, "Sent it by hand.").await.unwrap();
    ana.resolves(id, handoff, Outcome::RestoredToAi)
        .await
        .unwrap();
    handoff
}

fn is_rated(entry: &Entry, expected: u8, words: &str) -> bool {
    matches!(&entry.body, Body::Event(Event::Rated { stars, comment, .. })
        if *stars == expected && comment == words)
}

/// How the panel says that its handoffs were found.
async fn stars(ana: &mut AgentActor, conversation: ConversationId) -> Vec<Option<u8>> {
    ana.client.forget();
    let asks = AgentCommand::ShowPanel { conversation };
    ana.client.send(&asks).await;
    let panel = ana.client.hears("the panel", |event| match event {
        AgentEvent::Panel(panel) => Some(panel.clone()),
        _ => None,
    });
    let handoffs = panel.await.handoffs.into_iter();
    handoffs.map(|past| past.stars).collect()
}

#[tokio::test]
async fn a_visitor_says_how_it_was_and_the_team_reads_it() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    let mut visitor = desk.visitor().await;
    assert!(asked(&desk, &visitor).await.is_none());
    let handoff = helps(&mut ana, &mut visitor).await;
    let id = visitor.conversation;

    let ask = asked(&desk, &visitor).await.expect("it is over");
    assert_eq!(
        (handoff, "Ana", None),
        (ask.handoff, &*ask.name, ask.rating)
    );
    let said = json!({ "handoff": handoff, "stars": 4, "comment": "Quick." });
    assert_eq!(204, says(&desk, &visitor, "rating", &said).await);
    let entry = ana
        .sees_entry("the rating", |entry| is_rated(entry, 4, "Quick."))
        .await;
    assert_eq!(None, entry.public_seq);
    assert_eq!(vec![Some(4)], stars(&mut ana, id).await);

    // Changed, it takes the place of what was said, here and after a restart of the page.
    let said = json!({ "handoff": handoff, "stars": 5 });
    assert_eq!(204, says(&desk, &visitor, "rating", &said).await);
    ana.sees_entry("the new rating", |entry| is_rated(entry, 5, ""))
        .await;
    let rating = asked(&desk, &visitor).await.and_then(|ask| ask.rating);
    assert_eq!(Some(5), rating.map(|rating| rating.stars));
    assert_eq!(vec![Some(5)], stars(&mut ana, id).await);

    // The visitor's own numbers know nothing of it.
    let after = visitor.says("Thank you!").await.unwrap();
    let seen = visitor.entries();
    let last = seen.iter().map(|entry| entry.seq).max().unwrap();
    assert!(last >= after);
    let welcome = visitor.comes_back(PublicSeq(0)).await;
    let numbers: Vec<u64> = welcome.entries.iter().map(|entry| entry.seq.0).collect();
    let whole: Vec<u64> = (1..=numbers.len() as u64).collect();
    assert_eq!(whole, numbers);
}

#[tokio::test]
async fn what_is_not_the_visitors_is_not_theirs_to_rate() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    let (mut visitor, mut other) = (desk.visitor().await, desk.visitor().await);
    let handoff = helps(&mut ana, &mut visitor).await;
    let others = helps(&mut ana, &mut other).await;
    let rated = |handoff: HandoffId, stars: u8| json!({ "handoff": handoff, "stars": stars });

    assert_eq!(
        404,
        says(&desk, &visitor, "rating", &rated(others, 1)).await
    );
    let nothing = HandoffId(fresh_key().0);
    assert_eq!(
        404,
        says(&desk, &visitor, "rating", &rated(nothing, 1)).await
    );
    for body in [rated(handoff, 0), rated(handoff, 6), json!({ "stars": 3 })] {
        assert_eq!(400, says(&desk, &visitor, "rating", &body).await);
    }
    let long = json!({ "handoff": handoff, "stars": 3, "comment": "a".repeat(1_001) });
    assert_eq!(422, says(&desk, &visitor, "rating", &long).await);
    for token in [None, Some("5e5e5e5e")] {
        for what in ["rating", "transcript"] {
            assert_eq!(401, asks(&desk, token, what).await.status);
        }
    }
    assert_eq!(vec![None], stars(&mut ana, visitor.conversation).await);

    desk.sets(|effective, layer| {
        effective.rating.after_handoff = false;
        layer.rating = Some(effective.rating);
    })
    .await;
    assert!(asked(&desk, &visitor).await.is_none());
    assert_eq!(
        404,
        says(&desk, &visitor, "rating", &rated(handoff, 3)).await
    );
}

#[tokio::test]
async fn a_thumb_is_told_to_the_team_and_stands_on_the_answer_for_both() {
    let desk = TestDesk::start().await;
    desk.trains("# Shipping\n\nWe ship to Norway within a week.\n")
        .await;
    let mut ana = desk.agent("Ana").await;
    let mut visitor = desk.visitor().await;
    let asked = visitor.says("Do you ship to Norway?").await.unwrap();
    let answer = visitor.hears_the_ai(asked).await.seq;
    ana.opens(visitor.conversation).await;

    let said = json!({ "seq": answer, "thumb": "down" });
    assert_eq!(204, says(&desk, &visitor, "thumb", &said).await);
    let told = ana
        .sees_entry("the thumb", |entry| {
            matches!(
                entry.body,
                Body::Event(Event::Thumbed {
                    thumb: Some(Thumb::Down),
                    ..
                })
            )
        })
        .await;
    assert_eq!(None, told.public_seq);
    let own = json!({ "seq": asked, "thumb": "up" });
    assert_eq!(404, says(&desk, &visitor, "thumb", &own).await);

    // Whoever comes later reads it with the answer.
    ana.client.forget();
    let thread = ana.opens(visitor.conversation).await;
    let thumbs = thread.entries.iter().filter_map(|entry| match &entry.body {
        Body::Message(message) => message.thumb,
        _ => None,
    });
    assert_eq!(vec![Thumb::Down], thumbs.collect::<Vec<_>>());
    let welcome = visitor.comes_back(PublicSeq(0)).await;
    assert_eq!(2, welcome.entries.len());
}

#[tokio::test]
async fn the_file_of_a_long_conversation_comes_in_pages_and_holds_no_note() {
    let desk = TestDesk::start_with(|config| config.limits.visitor_commands_per_10s = 1_000).await;
    let mut ana = desk.agent("Ana").await;
    let mut visitor = desk.visitor().await;
    helps(&mut ana, &mut visitor).await;
    for number in 0..110 {
        visitor.says(&format!("Number {number}")).await.unwrap();
    }

    let (mut all, mut after, mut pages) = (Vec::<PublicEntry>::new(), 0, 0);
    loop {
        let what = format!("transcript?after={after}");
        let answer = asks(&desk, visitor.token.as_deref(), &what).await;
        assert_eq!(200, answer.status, "{}", answer.text);
        assert!(!answer.text.contains("Sent it by hand."));
        let page: Value = serde_json::from_str(&answer.text).unwrap();
        let entries: Vec<PublicEntry> = serde_json::from_value(page["entries"].clone()).unwrap();
        assert!(entries.len() <= 100);
        after = entries.last().map_or(after, |last| last.seq.0);
        all.extend(entries);
        pages += 1;
        if page["more"] == json!(false) {
            break;
        }
    }
    assert!(pages >= 2);
    let numbers: Vec<u64> = all.iter().map(|entry| entry.seq.0).collect();
    assert_eq!((1..=numbers.len() as u64).collect::<Vec<_>>(), numbers);
    assert!(all.len() >= 110);
}
