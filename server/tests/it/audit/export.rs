//! It is taken along by who may.

use protocol::audit::{AuditKind, AuditRow};
use protocol::person::Role;
use serde_json::json;

use super::{changes, does, newest};
use crate::actors::{TestDesk, get, post};

#[tokio::test]
async fn it_is_taken_along_as_filtered_by_who_may_and_no_cell_is_a_formula() {
    let desk = TestDesk::start().await;
    for name in ["=HYPERLINK(\"x\")", "Plain, \"quoted\""] {
        let edit = json!({ "edit": { "add": { "kind": "tag", "name": name } } });
        does(&desk, "save_label", edit).await;
    }
    for number in 0..510 {
        // More than are read at once.
        let edit =
            json!({ "rename": { "chatbot": desk.chatbot, "name": format!("Bot {number}") } });
        does(&desk, "save_chatbot", json!({ "edit": edit })).await;
    }
    let csv = |query: &str| format!("{}/audit/export.csv?{query}", desk.url);
    let owner = [("cookie", desk.owner.as_str())];
    let labels = get(&csv("kind=label"), &owner).await;
    assert_eq!(200, labels.status, "{}", labels.text);
    let kind = labels.headers.get("content-type").unwrap();
    assert_eq!("text/csv; charset=utf-8", kind);
    let disposition = labels.headers.get("content-disposition").unwrap();
    assert!(disposition.to_str().unwrap().starts_with("attachment"));
    assert!(
        labels.text.starts_with("at,who,who_id,kind,"),
        "{}",
        labels.text
    );
    assert!(
        labels.text.contains(r#""'=HYPERLINK(""x"")""#),
        "{}",
        labels.text
    );
    assert!(
        labels.text.contains(r#""Plain, ""quoted""""#),
        "{}",
        labels.text
    );
    assert_eq!(3, labels.text.lines().count(), "{}", labels.text);

    let lines = format!("{}/audit/export.jsonl?kind=chatbot_renamed", desk.url);
    let lines = get(&lines, &owner).await;
    let rows = lines.text.lines();
    let rows: Vec<AuditRow> = rows.map(|row| serde_json::from_str(row).unwrap()).collect();
    assert_eq!(510, rows.len());
    assert!(rows.is_sorted_by(|one, next| one.id > next.id));
    let taken = newest(&desk, AuditKind::Exported).await;
    assert_eq!(
        ("Olga Owner", vec!["file:  > audit".to_owned()]),
        (&*taken.name, changes(&taken))
    );

    for role in [
        Role::SupportAgent,
        Role::Agent,
        Role::AccountManager,
        Role::Supervisor,
        Role::Admin,
    ] {
        let cookie = desk.signs_in_as(&format!("Agent {role:?}"), role).await;
        let may = role == Role::Admin;
        for file in ["export.csv", "export.jsonl"] {
            let answer = get(
                &format!("{}/audit/{file}", desk.url),
                &[("cookie", &cookie)],
            )
            .await;
            assert_eq!(may, answer.status == 200, "{role:?}: {}", answer.status);
            assert_eq!(may, answer.text.contains("Olga"), "{role:?}");
        }
    }
    for headers in [
        vec![],
        vec![("cookie", &*desk.owner), ("sec-fetch-site", "cross-site")],
    ] {
        let answer = get(&csv(""), &headers).await;
        assert!(
            answer.status >= 400 && !answer.text.contains("Olga"),
            "{}",
            answer.text
        );
    }
    let answer = get(&csv("from=tomorrow"), &owner).await;
    assert_eq!(404, answer.status, "{}", answer.text);
    let posted = post(&csv(""), &[("origin", &desk.url), owner[0]], &[]).await;
    assert_eq!(405, posted.status);
}
