//! What people change is written down as it changes: who, what, before and after, when, from where; for
//! who may read it, and for nobody to change.

mod admins;
mod agents;
mod export;
mod lists;
mod pages;
mod settings;
mod sign_ins;

use protocol::audit::{AuditKind, AuditRow, AuditView};
use protocol::team::TeamView;
use serde_json::{Value, json};

use crate::actors::{Answer, TestDesk};

async fn audit_as(desk: &TestDesk, cookie: &str, query: &str) -> AuditView {
    let body = json!({ "query": query });
    let answer = desk.asks_pages_as(cookie, "load_audit", &body).await;
    serde_json::from_str(&answer.text).unwrap_or_else(|error| panic!("{error}: {}", answer.text))
}

async fn audit(desk: &TestDesk, query: &str) -> Vec<AuditRow> {
    audit_as(desk, &desk.owner, query).await.rows
}

/// The newest row of this kind.
async fn newest(desk: &TestDesk, kind: AuditKind) -> AuditRow {
    let rows = audit(desk, &format!("kind={}", kind.word())).await;
    let newest = rows.into_iter().next();
    newest.unwrap_or_else(|| panic!("nothing of {kind:?}"))
}

/// What a row changed, in a line for each field.
fn changes(row: &AuditRow) -> Vec<String> {
    let changes = row.changes.iter();
    changes
        .map(|one| format!("{}: {} > {}", one.field, one.before, one.after))
        .collect()
}

async fn does(desk: &TestDesk, name: &str, body: Value) -> Answer {
    let answer = desk.asks_pages(name, &body).await;
    assert_eq!(200, answer.status, "{name}: {}", answer.text);
    answer
}

async fn member(desk: &TestDesk, name: &str) -> protocol::team::MemberView {
    let team = does(desk, "load_team", json!({})).await;
    let team: TeamView = serde_json::from_str(&team.text).unwrap();
    let mut members = team.members.into_iter();
    members.find(|one| one.name == name).expect("on the team")
}
