//! Visits and sign-ins: until when each was used is kept.

use std::sync::Arc;
use std::time::Duration;

use protocol::agent::{AgentCommand, AgentEvent};
use protocol::card::Tab;
use protocol::person::Availability;
use protocol::{PublicSeq, Refusal, SessionId, Timestamp, close};
use server::store::Store;
use sha2::{Digest as _, Sha256};

use crate::actors::{AgentActor, Client, Encoding, TestDesk, post, tab_of};

type Agent = Client<AgentCommand, AgentEvent>;

const MINUTE: i64 = 60_000;

fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// The desk's database, read from beside it.
async fn store(desk: &TestDesk) -> Store {
    let now = Arc::new(|| Timestamp(1));
    let url = desk.database_url();
    Store::open(&url, now, Arc::new(drop)).await.unwrap()
}

/// From when until when the visitor with this token was here the last time.
async fn visit(store: &Store, token: &str) -> (Timestamp, Timestamp) {
    let visitor = store.visitor_by_token(&hash(token)).await.unwrap().unwrap();
    let visit = store.visit(visitor.workspace, visitor.visitor).await;
    let visit = visit.unwrap().unwrap();
    (visit.first_seen_at, visit.last_seen_at)
}

/// Until when the sign-in behind this cookie was used.
async fn used_until(store: &Store, cookie: &str) -> Timestamp {
    let (_, token) = cookie.split_once('=').unwrap();
    let sign_in = store.sign_in_by_token(&hash(token), Timestamp(1)).await;
    sign_in.unwrap().unwrap().last_seen_at
}

#[tokio::test]
async fn a_visit_lasts_until_its_connection_ends() {
    let desk = TestDesk::start().await;
    let store = store(&desk).await;
    let visitor = desk.visitor().await;
    let token = visitor.token.clone().unwrap();
    let (came, seen) = visit(&store, &token).await;
    assert_eq!(came, seen);

    desk.turns_the_clock(5 * MINUTE);
    drop(visitor);

    for _ in 0..100 {
        let (first, last) = visit(&store, &token).await;
        assert_eq!(came, first);
        if last > seen {
            assert!(last.millis() - first.millis() >= 5 * MINUTE, "{last:?}");
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the end of the visit was not kept");
}

/// Which visit is this visitor's last.
async fn session(store: &Store, token: &str) -> SessionId {
    let visitor = store.visitor_by_token(&hash(token)).await.unwrap().unwrap();
    let visit = store.visit(visitor.workspace, visitor.visitor).await;
    visit.unwrap().unwrap().session
}

#[tokio::test]
async fn who_comes_back_within_half_an_hour_is_on_the_same_visit() {
    let desk = TestDesk::start().await;
    let store = store(&desk).await;
    let visitor = desk.visitor().await;
    let token = visitor.token.clone().unwrap();
    let first = session(&store, &token).await;
    for _ in 0..3 {
        visitor.another_tab().await.unwrap();
        desk.turns_the_clock(MINUTE);
    }
    // Somebody who never left is on no other visit, however long the page was open.
    desk.turns_the_clock(31 * MINUTE);
    let tab = visitor.another_tab().await.unwrap();
    assert_eq!(first, session(&store, &token).await);

    let again = visitor.start(PublicSeq(0));
    let url = desk.url.clone();
    let (_, before) = visit(&store, &token).await;
    desk.turns_the_clock(MINUTE);
    drop((tab, visitor));
    let left = async {
        // Each connection that ends is a sign of life; the last one is later than all before.
        while visit(&store, &token).await.1 == before {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    };
    left.await;
    desk.turns_the_clock(29 * MINUTE);
    drop(tab_of(&url, &again).await.unwrap());
    assert_eq!(first, session(&store, &token).await);
    tokio::time::sleep(Duration::from_millis(200)).await;

    desk.turns_the_clock(31 * MINUTE);
    let _back = tab_of(&url, &again).await.unwrap();
    assert_ne!(first, session(&store, &token).await);
}

#[tokio::test]
async fn who_connects_again_and_again_is_told_when_to_try_again() {
    let desk = TestDesk::start_with(|config| config.limits.starts_per_minute = 3).await;
    let visitor = desk.visitor().await;
    for _ in 0..3 {
        visitor.another_tab().await.unwrap();
    }
    let refused = visitor.another_tab().await.err();
    assert!(
        matches!(refused, Some(Refusal::TooFast { .. })),
        "{refused:?}"
    );
    // Others are not held up.
    desk.visitor().await;
}

#[tokio::test]
async fn an_address_connects_only_so_often() {
    let desk = TestDesk::start_with(|config| config.limits.starts_per_minute_per_address = 3).await;
    let visitor = desk.visitor().await;
    for _ in 0..2 {
        visitor.another_tab().await.unwrap();
    }
    let refused = visitor.another_tab().await.err();
    assert!(
        matches!(refused, Some(Refusal::TooFast { .. })),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_sign_in_is_used_until_its_connection_ends() {
    let desk = TestDesk::start().await;
    let store = store(&desk).await;
    let ana = desk.agent("Ana").await;
    let cookie = ana.cookie.clone();
    let before = used_until(&store, &cookie).await;

    desk.turns_the_clock(5 * MINUTE);
    drop(ana);

    for _ in 0..100 {
        let after = used_until(&store, &cookie).await;
        if after > before {
            assert!(after.millis() - before.millis() >= 5 * MINUTE, "{after:?}");
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the use of the sign-in was not kept");
}

#[tokio::test]
async fn a_connection_that_begins_while_its_sign_in_ends_does_not_live() {
    let desk = TestDesk::start().await;
    let cookie = desk.signs_in("Ana").await;
    let headers = [("cookie", cookie.clone()), ("origin", desk.url.clone())];
    let url = format!("{}/ws/agent", desk.url);
    // It has come through the door, and the hub does not know of it yet.
    let mut late = Agent::connect(&url, Encoding::Json, &headers)
        .await
        .unwrap();

    let headers = [("cookie", &*cookie), ("origin", &*desk.url)];
    let signed_out = post(&format!("{}/pages/sign_out", desk.url), &headers, &[]).await;
    assert!(signed_out.status < 400, "{signed_out:?}");
    let start = AgentCommand::Start {
        tab: Tab::Pending,
        threads: Vec::new(),
    };
    late.send(&start).await;

    assert_eq!(Some(close::REVOKED), late.is_closed().await);
    assert!(late.heard().is_empty(), "{:?}", late.heard());
}

/// Two of an agent's connections choose while others of theirs come: what everybody is told is what
/// the database keeps.
#[tokio::test]
async fn what_is_told_of_an_agent_is_what_is_kept() {
    let desk = TestDesk::start().await;
    let mut one = desk.agent("Ana").await;
    let cookie = one.cookie.clone();
    let comes = || AgentActor::connects(&desk.url, "Ana", cookie.clone());
    let (mut two, mut three) = (comes().await, comes().await);
    let choose = |availability| AgentCommand::SetAvailability { availability };
    let (away, online) = (choose(Availability::Away), choose(Availability::Online));
    for round in 0..15 {
        let (.., coming) = tokio::join!(
            one.client.send(&away),
            two.client.send(&online),
            three.comes_back(Vec::new()),
        );
        assert_eq!(one.id, coming.me);
        tokio::time::sleep(Duration::from_millis(80)).await;

        let kept = three.comes_back(Vec::new()).await;
        let me = kept.team.iter().find(|member| member.id == kept.me);
        let told = me.map(|me| me.availability);
        assert_eq!(Some(kept.chosen), told, "in round {round}");
    }
}
