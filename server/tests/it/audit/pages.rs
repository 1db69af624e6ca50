//! It is looked through in pages.

use protocol::person::Role;
use serde_json::json;

use super::{audit, audit_as, does};
use crate::actors::{TestDesk, get};

#[tokio::test]
async fn it_is_looked_through_in_pages_by_who_what_when_and_name() {
    let desk = TestDesk::start().await;
    let ana = desk.signs_in_as("Ana", Role::Admin).await;
    for number in 0..55 {
        let edit = json!({ "add": { "kind": "tag", "name": format!("Tag {number}_%") } });
        does(&desk, "save_label", json!({ "edit": edit })).await;
    }
    let edit = json!({ "edit": { "add": { "kind": "category", "name": "Größe" } } });
    assert_eq!(
        200,
        desk.asks_pages_as(&ana, "save_label", &edit).await.status
    );
    let first = audit_as(&desk, &ana, "?kind=label").await;
    assert_eq!((50, false), (first.rows.len(), first.is_further));
    let older = first.older.expect("there are more");
    let second = audit_as(&desk, &ana, &format!("{}&before={older}", first.query)).await;
    assert_eq!(
        (6, true, None),
        (second.rows.len(), second.is_further, second.older)
    );
    let ids: Vec<u64> = first
        .rows
        .iter()
        .chain(&second.rows)
        .map(|row| row.id)
        .collect();
    assert!(ids.is_sorted_by(|one, next| one > next), "{ids:?}");
    let found = audit(&desk, "text=gr%C3%B6%C3%9FE").await;
    assert_eq!(1, found.len());
    let ana_id = found[0].agent.unwrap();
    assert_eq!(
        1,
        audit(&desk, &format!("kind=label&who={ana_id}"))
            .await
            .len()
    );
    // What is looked for is text, and no pattern.
    assert_eq!(1, audit(&desk, "text=tag%207_%25").await.len());
    assert_eq!(0, audit(&desk, "text=tag%25").await.len());
    let today = &domain::days::written(found[0].at)[..10];
    assert_eq!("UTC", first.zone);
    assert!(
        !audit(&desk, &format!("from={today}&until={today}"))
            .await
            .is_empty()
    );
    assert_eq!(0, audit(&desk, "until=2001-01-01").await.len());
    // Less filtered than was meant would be worse than nothing, and the page says why there is nothing.
    let beyond = format!("before={}", "9".repeat(30));
    for asked in ["kind=everything", "from=yesterday", &beyond] {
        let found = audit_as(&desk, &ana, asked).await;
        assert!(found.is_unknown && found.rows.is_empty(), "{asked}");
        let page = get(&format!("{}/audit?{asked}", desk.url), &[("cookie", &ana)]).await;
        let (_, shown) = page.text.rsplit_once("<main").unwrap();
        let says = shown.contains("The address asks for what is not here");
        assert!(says && shown.contains("Show everything"), "{shown}");
    }
    // Before the first there is nothing more, which is not the same as nothing yet.
    let page = get(&format!("{}/audit?before=1", desk.url), &[("cookie", &ana)]).await;
    let (_, shown) = page.text.rsplit_once("<main").unwrap();
    assert!(shown.contains("Nothing like that"), "{shown}");
    // The address alone paints the page.
    let address = format!("{}/audit?kind=label&text=gr%C3%B6", desk.url);
    let page = get(&address, &[("cookie", &ana)]).await;
    assert!(
        page.text.contains("Größe") && !page.text.contains("Tag 1_"),
        "{}",
        page.text
    );
}
