//! Agents' pictures: colleagues see them in the inbox, and visitors those of the people they talk with.

use protocol::agent::AgentEvent;
use protocol::attachment::Upload;
use serde_json::Value;

use crate::actors::{Answer, TestDesk, VisitorActor, get, png, post_bytes};

async fn uploads(desk: &TestDesk, cookie: &str) -> String {
    let headers = [("origin", &*desk.url), ("cookie", cookie)];
    let answer = post_bytes(&format!("{}/profile/picture", desk.url), &headers, png()).await;
    match serde_json::from_str(&answer.text) {
        Ok(Upload::Kept(file)) => file.id.to_string(),
        other => panic!("{other:?}: {}", answer.text),
    }
}

/// The pictures that a visitor is told of.
async fn people(desk: &TestDesk, visitor: &VisitorActor) -> Vec<String> {
    let bearer = format!("Bearer {}", visitor.token.clone().unwrap());
    let headers = [("authorization", &*bearer)];
    let answer = get(&format!("{}/visitors/people", desk.url), &headers).await;
    assert_eq!(200, answer.status, "{}", answer.text);
    let told: Value = serde_json::from_str(&answer.text).unwrap();
    let people = told["people"].as_array().unwrap().iter();
    let pictures = people.map(|one| one["picture"].as_str().unwrap().to_owned());
    pictures.collect()
}

async fn face(desk: &TestDesk, picture: &str) -> Answer {
    get(&format!("{}/faces/{picture}", desk.url), &[]).await
}

#[tokio::test]
async fn a_visitor_sees_the_picture_of_whom_they_talk_with_and_of_nobody_else() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    let ben = desk.agent("Ben").await;
    let (of_ana, of_ben) = (
        uploads(&desk, &ana.cookie).await,
        uploads(&desk, &ben.cookie).await,
    );
    let mut visitor = desk.visitor().await;
    assert!(people(&desk, &visitor).await.is_empty(), "nobody wrote yet");
    visitor.asks_for_human().await.unwrap();
    assert!(
        people(&desk, &visitor).await.is_empty(),
        "nobody has them yet"
    );
    let handoff = ana.sees_pending(visitor.conversation).await;
    ana.claims(visitor.conversation, handoff).await.unwrap();
    assert_eq!(vec![of_ana.clone()], people(&desk, &visitor).await);
    let seen = face(&desk, &of_ana).await;
    assert_eq!(200, seen.status);
    assert_eq!("image/jpeg", seen.headers["content-type"]);
    let cache = seen.headers["cache-control"].to_str().unwrap();
    assert!(cache.starts_with("private"), "{cache}");

    // Another visitor is told of none, a stranger of nothing, and an agent's own id leads nowhere.
    let other = desk.visitor().await;
    assert!(people(&desk, &other).await.is_empty());
    let url = format!("{}/visitors/people", desk.url);
    assert_eq!(401, get(&url, &[]).await.status);
    assert_eq!(404, face(&desk, &ana.id.to_string()).await.status);
    let _unused = of_ben;

    // A new picture has a new address; the former one is gone.
    let next = uploads(&desk, &ana.cookie).await;
    assert_eq!(vec![next.clone()], people(&desk, &visitor).await);
    assert_eq!(404, face(&desk, &of_ana).await.status);
    assert_eq!(200, face(&desk, &next).await.status);
}

#[tokio::test]
async fn colleagues_see_a_new_picture_at_once() {
    let desk = TestDesk::start().await;
    let ana = desk.agent("Ana").await;
    let ben = desk.agent("Ben").await;
    let picture = uploads(&desk, &ana.cookie).await;
    let id = ana.id;
    let shown = |event: &AgentEvent| match event {
        AgentEvent::TeamChanged(team) => team
            .iter()
            .find(|one| one.id == id)
            .and_then(|one| one.picture),
        _ => None,
    };
    let told = ben.client.hears("of Ana's picture", shown).await;
    assert_eq!(picture, told.to_string());
}
