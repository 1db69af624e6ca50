//! Pictures, knowledge, groups and the order of lists.

use protocol::agent::AgentCommand;
use protocol::audit::AuditKind;
use serde_json::{Value, json};

use super::{audit, changes, does, member, newest};
use crate::actors::{AgentActor, TestDesk, get, png, post_bytes};
use crate::profile::edits;
use crate::views::view;

#[tokio::test]
async fn pictures_knowledge_groups_and_the_order_of_lists_have_their_rows() {
    let desk = TestDesk::start().await;
    let lines = async |kind: AuditKind| {
        let rows = audit(&desk, &format!("kind={}", kind.word())).await;
        let lines = rows.iter().rev().map(|row| changes(row).join("; "));
        lines.collect::<Vec<_>>()
    };
    let headers = [("origin", &*desk.url), ("cookie", &*desk.owner)];
    let address = format!("{}/pictures/{}", desk.url, desk.chatbot);
    for _ in 0..2 {
        assert_eq!(200, post_bytes(&address, &headers, png()).await.status);
    }
    let edit = json!({ "edit": { "remove_picture": { "chatbot": desk.chatbot } } });
    for _ in 0..2 {
        does(&desk, "save_chatbot", edit.clone()).await;
    }
    let row = newest(&desk, AuditKind::ChatbotPicture).await;
    assert_eq!(
        ("Olga Owner", "Shop help", "127.0.0.1"),
        (&*row.name, &*row.subject_name, &*row.address)
    );
    assert_eq!(
        vec![
            "picture: default > own",
            "picture:  > ",
            "picture: own > default"
        ],
        lines(AuditKind::ChatbotPicture).await,
        "to take away what is not there is no change"
    );

    // One's own goes the same way.
    let cleo = desk.signs_in("Cleo").await;
    let headers = [("origin", &*desk.url), ("cookie", &*cleo)];
    let address = format!("{}/profile/picture", desk.url);
    for _ in 0..2 {
        assert_eq!(200, post_bytes(&address, &headers, png()).await.status);
    }
    for _ in 0..2 {
        let removed = edits(&desk, &cleo, json!("remove_picture")).await;
        assert_eq!(200, removed.status, "{}", removed.text);
    }
    let row = newest(&desk, AuditKind::Profile).await;
    assert_eq!(("Cleo", "Cleo"), (&*row.name, &*row.subject_name));
    assert_eq!(
        vec![
            "picture: default > own",
            "picture:  > ",
            "picture: own > default"
        ],
        lines(AuditKind::Profile).await
    );

    for page in [
        "# Tents\n\nLight.",
        "# Tents\n\nLight.",
        "# Tents\n\nHeavy.",
    ] {
        desk.trains(page).await;
    }
    let form = json!({ "chatbot": desk.chatbot, "text": "# Stoves\n\nThey burn gas." });
    for _ in 0..2 {
        does(&desk, "teach", json!({ "form": form })).await;
    }
    let row = newest(&desk, AuditKind::Knowledge).await;
    assert_eq!("Olga Owner", row.name);
    let knowledge = lines(AuditKind::Knowledge).await;
    let [.., read_anew, added] = &knowledge[..] else {
        panic!("{knowledge:?}")
    };
    assert_eq!("sources.renewed:  > Tents", read_anew);
    assert_eq!("sources.added:  > Stoves", added);
    // On the page in words, in whatever language it is read.
    let page = format!("{}/audit?kind=knowledge", desk.url);
    for (language, words) in [("en", "Texts added"), ("de", "Texte hinzugefügt")] {
        let reader = [("cookie", &*desk.owner), ("accept-language", language)];
        let page = get(&page, &reader).await;
        let (_, shown) = page.text.rsplit_once("<main").unwrap();
        let (list, _) = shown.split_once("</ol>").unwrap();
        assert!(list.contains(words) && list.contains("Stoves"), "{list}");
        assert!(!list.contains("sources.added"), "{list}");
    }

    let group = |edit: Value| does(&desk, "save_group", json!({ "edit": edit }));
    group(json!({ "add": { "name": "Repairs" } })).await;
    let ana = desk.signs_in("Ana").await;
    let id = newest(&desk, AuditKind::Group).await.subject_id;
    let ana_id = member(&desk, "Ana").await.id;
    group(json!({ "save": { "id": id, "name": "Workshop", "members": [ana_id] } })).await;
    group(json!({ "save": { "id": id, "name": "Workshop", "members": [ana_id] } })).await;
    group(json!({ "delete": { "group": id } })).await;
    assert_eq!(
        vec![
            "name:  > Repairs",
            "name: Repairs > Workshop; members.added:  > Ana",
            "name: Workshop > "
        ],
        lines(AuditKind::Group).await
    );

    let saves = async |cookie: &str, share: &str, shortcut: &str| -> Value {
        let form = json!({
            "id": null, "version": 0, "share": share, "shortcut": shortcut, "title": shortcut,
            "text": "x",
        });
        let body = json!({ "form": form });
        let saved = desk.asks_pages_as(cookie, "save_reply", &body).await;
        serde_json::from_str(&saved.text).unwrap()
    };
    for (cookie, share) in [(&*desk.owner, "workspace"), (&*ana, "own")] {
        let one = saves(cookie, share, &format!("{share}-one")).await;
        let other = saves(cookie, share, &format!("{share}-two")).await;
        let body = json!({ "reply": other, "before": one });
        // Where it is already it cannot be put.
        for _ in 0..2 {
            let placed = desk.asks_pages_as(cookie, "place_reply", &body).await;
            assert_eq!(200, placed.status, "{}", placed.text);
        }
    }
    let replies = lines(AuditKind::Reply).await;
    let placed = replies.iter().filter(|one| one.starts_with("place"));
    assert_eq!(vec!["place: 2 > 1"], placed.collect::<Vec<_>>());

    let mut olga = AgentActor::connects(&desk.url, "Olga", desk.owner.clone()).await;
    let views = ["Late", "Loud"].map(|name| view(name, true));
    for view in &views {
        let view = view.clone();
        let saved = olga.asks(|key| AgentCommand::SaveView { key, view }).await;
        saved.unwrap();
    }
    let placed = olga.asks(|key| AgentCommand::PlaceView {
        key,
        view: views[1].id,
        before: Some(views[0].id),
    });
    placed.await.unwrap();
    let last = lines(AuditKind::View).await.pop();
    assert_eq!(Some("place: 2 > 1"), last.as_deref());
}
