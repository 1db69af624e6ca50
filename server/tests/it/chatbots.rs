//! Owners make chatbots, name them, choose their look and their sites, and take them off again.

use std::sync::Arc;

use base64ct::{Base64, Encoding as _};
use protocol::forms::ChatbotRow;
use protocol::look::{KeepAddresses, Side};
use protocol::{ChatbotId, PublicSeq, Refusal, Timestamp};
use serde_json::{Value, json};
use server::store::Store;
use sha2::{Digest as _, Sha256};

use crate::actors::{Encoding, TestDesk, VisitorActor, get, post};

async fn edits(desk: &TestDesk, edit: serde_json::Value) -> Result<Vec<ChatbotRow>, String> {
    let answer = desk
        .asks_pages("save_chatbot", &json!({ "edit": edit }))
        .await;
    match answer.status {
        200 => Ok(serde_json::from_str(&answer.text).unwrap()),
        _ => Err(answer.text),
    }
}

fn header(answer: &crate::actors::Answer, name: &str) -> String {
    let value = answer.headers.get(name);
    value
        .map(|value| value.to_str().unwrap().to_owned())
        .unwrap_or_default()
}

#[tokio::test]
async fn a_chatbot_is_made_named_and_known_to_its_own_workspace_alone() {
    let desk = TestDesk::start().await;
    let rows = edits(&desk, json!({"add": {"name": "  Second shop "}}))
        .await
        .unwrap();
    let second = rows
        .iter()
        .find(|row| row.name == "Second shop")
        .unwrap()
        .id;
    let rename = json!({"rename": {"chatbot": second, "name": "Outlet"}});
    let rows = edits(&desk, rename).await.unwrap();
    assert!(
        rows.iter()
            .any(|row| row.name == "Outlet" && row.id == second)
    );
    let empty = edits(&desk, json!({"add": {"name": "  "}})).await;
    assert!(empty.unwrap_err().contains("needed"));
    let unknown: ChatbotId = "0192f8c4-7d3a-7000-8000-000000000001".parse().unwrap();
    let stranger = json!({"archive": {"chatbot": unknown, "archived": true}});
    assert!(
        edits(&desk, stranger)
            .await
            .unwrap_err()
            .contains("not_found")
    );
    let settings = json!({"chatbot": unknown});
    assert_ne!(
        200,
        desk.asks_pages("load_settings", &settings).await.status
    );
}

#[tokio::test]
async fn nobody_but_those_who_may_change_settings_touches_a_chatbot() {
    let desk = TestDesk::start().await;
    let ben = desk.agent("Ben").await;
    let look = serde_json::to_string(&desk.settings().await.effective.look).unwrap();
    let archive = json!({"edit": {"archive": {"chatbot": desk.chatbot, "archived": true}}});
    let hours = json!({"hours": desk.settings().await.effective.hours});
    let settings = json!({"chatbot": desk.chatbot});
    for (name, body) in [
        ("save_chatbot", archive),
        ("load_hours_outlook", hours),
        ("load_settings", settings),
    ] {
        let refused = desk.asks_pages_as(&ben.cookie, name, &body).await;
        assert_ne!(200, refused.status, "{name}: {}", refused.text);
        let unknown = desk.asks_pages_as("baton=nobody", name, &body).await;
        assert_ne!(200, unknown.status, "{name}: {}", unknown.text);
    }
    let list = format!("{}/pages/load_chatbots", desk.url);
    for (cookie, allowed) in [(&desk.owner, true), (&ben.cookie, false)] {
        let headers = [("origin", &*desk.url), ("cookie", cookie)];
        assert_eq!(allowed, post(&list, &headers, &[]).await.status == 200);
    }
    let look = percent(&look);
    for path in ["preview", "preview.js"] {
        let url = format!("{}/{path}?look={look}", desk.url);
        assert_eq!(403, get(&url, &[("cookie", &ben.cookie)]).await.status);
        assert_eq!(401, get(&url, &[]).await.status);
    }
    assert!(desk.visitor().await.token.is_some(), "it is still there");
}

fn percent(text: &str) -> String {
    let bytes = text.bytes().map(|byte| format!("%{byte:02X}"));
    bytes.collect()
}

#[tokio::test]
async fn an_archived_chatbot_leaves_its_sites_and_keeps_its_conversations() {
    let desk = TestDesk::start().await;
    let ana = desk.agent("Ana").await;
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    ana.sees_pending(visitor.conversation).await;
    let archive = |archived| json!({"archive": {"chatbot": desk.chatbot, "archived": archived}});

    let rows = edits(&desk, archive(true)).await.unwrap();

    assert!(
        rows.iter()
            .any(|row| row.id == desk.chatbot && row.archived)
    );
    assert_eq!(
        Some(protocol::close::RESUME),
        visitor.client.is_closed().await
    );
    let refused = visitor.another_tab().await.map(drop);
    assert_eq!(Err(Refusal::ChatbotUnknown), refused);
    let mut ben = desk.agent("Ben").await;
    let opened = ben.opens(visitor.conversation).await;
    assert!(!opened.entries.is_empty(), "what was said stays");
    let alone = get(&format!("{}/c/{}", desk.url, desk.chatbot), &[]).await;
    assert_eq!(404, alone.status);

    edits(&desk, archive(false)).await.unwrap();
    visitor.comes_back(PublicSeq(0)).await;
}

#[tokio::test]
async fn a_visitors_address_is_kept_as_the_settings_say() {
    let desk = TestDesk::start().await;
    let url = desk.database_url();
    let now = Arc::new(|| Timestamp(1));
    let store = Store::open(&url, now, Arc::new(drop)).await.unwrap();
    for (keep, kept) in [
        (KeepAddresses::Whole, "127.0.0.1"),
        (KeepAddresses::Truncated, "127.0.0.0"),
        (KeepAddresses::Off, ""),
    ] {
        desk.sets(|effective, layer| {
            effective.privacy.addresses = keep;
            layer.privacy = Some(effective.privacy.clone());
        })
        .await;
        let visitor = desk.visitor().await;
        let token: [u8; 32] = Sha256::digest(visitor.token.clone().unwrap()).into();
        let found = store.visitor_by_token(&token).await.unwrap().unwrap();
        let visit = store
            .visit(found.workspace, found.visitor)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(kept, visit.ip, "{keep:?}");
    }
}

#[tokio::test]
async fn only_allowed_sites_may_frame_the_chat() {
    let desk = TestDesk::start().await;
    let frame = format!("{}/widget/?chatbot={}", desk.url, desk.chatbot);
    let policy = || async { header(&get(&frame, &[]).await, "content-security-policy") };
    let found = get(&frame, &[]).await.status;
    assert_eq!(200, found, "the widget is not built: cargo xtask build");
    assert!(policy().await.ends_with("frame-ancestors http: https:"));
    desk.sets(|effective, layer| {
        effective.sites.allowed = vec!["https://shop.example".to_owned()];
        layer.sites = Some(effective.sites.clone());
    })
    .await;
    assert!(
        policy()
            .await
            .ends_with("frame-ancestors https://shop.example")
    );
    // However the id is written that the page would read.
    let plain = desk.chatbot.to_string().replace('-', "").to_uppercase();
    for query in [
        format!("chatbot={plain}"),
        format!("%63hatbot={}", desk.chatbot),
        format!("x=1&chatbot={}&chatbot=other", desk.chatbot),
    ] {
        let answer = get(&format!("{}/widget/?{query}", desk.url), &[]).await;
        let policy = header(&answer, "content-security-policy");
        assert!(
            policy.ends_with("frame-ancestors https://shop.example"),
            "{query}: {policy}"
        );
    }
    let raw = get(&format!("{}/widget/index.html", desk.url), &[]).await;
    assert_eq!(404, raw.status, "the page is nowhere without its policy");
}

#[tokio::test]
async fn the_look_stands_in_front_of_the_loader_and_in_the_frame() {
    let desk = TestDesk::start().await;
    let loader = format!("{}/widget/{}.js", desk.url, desk.chatbot);
    let plain = get(&loader, &[]).await;
    assert_eq!(
        200, plain.status,
        "the widget is not built: cargo xtask build"
    );
    assert_eq!(
        get(&format!("{}/widget/loader.js", desk.url), &[])
            .await
            .text,
        plain.text
    );
    desk.sets(|effective, layer| {
        effective.look.colour = "#ffd400".to_owned();
        effective.look.side = Side::Left;
        effective.look.name = "Skarn".to_owned();
        layer.look = Some(effective.look.clone());
    })
    .await;

    let painted = get(&loader, &[]).await;
    assert!(painted.text.starts_with("document.currentScript.look={"));
    assert!(painted.text.contains("#ffd400"));
    let etag = header(&painted, "etag");
    assert_ne!(header(&plain, "etag"), etag);
    assert!(header(&painted, "cache-control").contains("max-age=300"));
    assert_eq!(304, get(&loader, &[("if-none-match", &etag)]).await.status);
    let packed = get(&loader, &[("accept-encoding", "br")]).await;
    assert_eq!("br", header(&packed, "content-encoding"));

    let frame = get(
        &format!("{}/widget/?chatbot={}", desk.url, desk.chatbot),
        &[],
    )
    .await;
    let (_, style) = frame.text.split_once("<style>").unwrap();
    let (style, _) = style.split_once("</style>").unwrap();
    assert!(style.contains("--accent:#ffd400"), "{style}");
    let digest = Sha256::digest(style);
    let word = Base64::encode_string(&digest);
    let policy = header(&frame, "content-security-policy");
    assert!(policy.contains(&format!("'sha256-{word}'")), "{policy}");
    let mut visitor = desk.visitor().await;
    let welcome = visitor.comes_back(PublicSeq(0)).await;
    assert_eq!("Skarn", welcome.widget.name);
}

#[tokio::test]
async fn a_copy_has_the_same_settings_and_knows_the_same() {
    let desk = TestDesk::start().await;
    let text = "# Delivery\n\nOrders leave our warehouse in Bergen within two working days.\n";
    let form = json!({ "form": { "chatbot": desk.chatbot, "text": text } });
    assert_eq!(200, desk.asks_pages("teach", &form).await.status);
    desk.sets(|effective, layer| {
        effective.look.colour = "#0a5c36".to_owned();
        layer.look = Some(effective.look.clone());
    })
    .await;
    let copy = json!({"duplicate": {"chatbot": desk.chatbot, "name": "Shop help (copy)"}});
    let rows = edits(&desk, copy).await.unwrap();
    let made = rows.iter().find(|row| row.name == "Shop help (copy)");
    let made = made.expect("it is in the list");
    assert_eq!(vec!["look".to_owned()], made.own);
    let mut visitor = VisitorActor::arrives(&desk.url, made.id, Encoding::Json).await;
    let asked = visitor
        .says("When does my order leave the warehouse?")
        .await;
    let answer = visitor.hears_the_ai(asked.unwrap()).await;
    assert!(format!("{answer:?}").contains("two working days"));
    // What is taught to one from now on is not known to the other.
    let more = "# Returns\n\nTents come back to us within sixty days.\n";
    let form = json!({ "form": { "chatbot": made.id, "text": more } });
    assert_eq!(200, desk.asks_pages("teach", &form).await.status);
    let unknown: ChatbotId = "0192f8c4-7d3a-7000-8000-000000000001".parse().unwrap();
    let stranger = json!({"duplicate": {"chatbot": unknown, "name": "Theirs"}});
    assert!(
        edits(&desk, stranger)
            .await
            .unwrap_err()
            .contains("not_found")
    );
}

#[tokio::test]
async fn hours_are_tried_at_another_time_and_rubbish_is_refused() {
    let desk = TestDesk::start().await;
    let mut hours = json!(desk.settings().await.effective.hours);
    hours["enabled"] = json!(true);
    hours["times"]["zone"] = json!("Europe/Zurich");
    let asks = async |at: Value| {
        let body = json!({ "hours": hours, "at": at });
        desk.asks_pages("load_hours_outlook", &body).await
    };

    // Nine to five on weekdays: a Thursday at noon and at night.
    let noon: Value = serde_json::from_str(&asks(json!("2027-01-07T12:00")).await.text).unwrap();
    assert_eq!(
        json!({"open": true, "at": ["thursday", 12 * 60], "changes": ["thursday", 17 * 60]}),
        noon
    );
    let night: Value = serde_json::from_str(&asks(json!("2027-01-07T23:00")).await.text).unwrap();
    assert_eq!(
        json!({"open": false, "at": ["thursday", 23 * 60], "changes": ["friday", 9 * 60]}),
        night
    );
    let now = asks(Value::Null).await;
    assert_eq!(200, now.status, "{}", now.text);

    for rubbish in [
        "",
        "tomorrow",
        "2027-01-07",
        "2027-13-07T12:00",
        "2027-01-07T12:00:00.5",
    ] {
        let refused = asks(json!(rubbish)).await;
        assert_eq!(422, refused.status, "{rubbish}: {}", refused.text);
        assert!(refused.text.contains("not_a_date"), "{}", refused.text);
    }
}
