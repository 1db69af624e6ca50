//! Who signs in and out, and a stranger who guesses.

use std::time::Duration;

use protocol::audit::AuditKind;
use protocol::person::Role;
use serde_json::json;

use super::{audit, newest};
use crate::actors::TestDesk;
use crate::profile::edits;

#[tokio::test]
async fn who_signs_in_and_out_is_told_and_a_stranger_who_guesses_is_counted() {
    let desk = TestDesk::start().await;
    let cookie = desk.signs_in_as("Ana", Role::Admin).await;
    let row = newest(&desk, AuditKind::SignedIn).await;
    assert_eq!(("Ana", "127.0.0.1"), (&*row.name, &*row.address));
    assert_eq!(
        200,
        desk.asks_pages_as(&cookie, "sign_out", &json!({}))
            .await
            .status
    );
    assert_eq!("Ana", newest(&desk, AuditKind::SignedOut).await.name);
    let cookie = desk.signs_in_again("Ana").await;
    let form = json!({ "password": {
        "current": "a small boat in the fog", "new": "a large boat in the sun",
    } });
    let changed = edits(&desk, &cookie, form).await;
    assert_eq!(200, changed.status, "{}", changed.text);
    assert_eq!("Ana", newest(&desk, AuditKind::PasswordChanged).await.name);

    for _ in 0..12 {
        assert!(!desk.lets_in("ana@example.org", "wrong").await);
        assert!(!desk.lets_in("nobody@example.org", "wrong").await);
    }
    // Nobody waits for them to be written.
    let mut rows = Vec::new();
    for _ in 0..500 {
        rows = audit(&desk, "kind=sign_in_refused").await;
        if rows.len() == 2 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let told: Vec<_> = rows
        .iter()
        .map(|row| (row.times, &*row.subject_name))
        .collect();
    assert_eq!(vec![(10, "Ana"), (1, "Ana")], told);
    assert!(
        rows.iter()
            .all(|row| row.agent.is_none() && row.name.is_empty())
    );
    // In the next hour it begins anew.
    desk.time_passes(Duration::from_secs(60 * 60));
    assert!(!desk.lets_in("ana@example.org", "wrong").await);
    for _ in 0..500 {
        if audit(&desk, "kind=sign_in_refused").await.len() == 3 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the next hour was not told");
}
