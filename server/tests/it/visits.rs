//! Visits and sign-ins: until when each was used is kept.

use std::sync::Arc;
use std::time::Duration;

use protocol::Timestamp;
use server::store::Store;
use sha2::{Digest as _, Sha256};

use crate::actors::TestDesk;

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
