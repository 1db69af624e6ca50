//! What a chatbot's assistant is shown by: a picture that an admin uploads, and everybody sees.

use protocol::AttachmentId;
use protocol::attachment::Upload;
use protocol::look::LauncherIcon;
use protocol::settings::SettingsLayer;
use serde_json::json;

use crate::actors::{Answer, TestDesk, get, png, post_bytes};

async fn uploads(desk: &TestDesk, chatbot: &str, cookie: &str, bytes: Vec<u8>) -> Answer {
    let headers = [("origin", &*desk.url), ("cookie", cookie)];
    post_bytes(&format!("{}/pictures/{chatbot}", desk.url), &headers, bytes).await
}

fn kept(answer: &Answer) -> AttachmentId {
    match serde_json::from_str(&answer.text) {
        Ok(Upload::Kept(file)) => file.id,
        other => panic!("{other:?}: {}", answer.text),
    }
}

async fn removes(desk: &TestDesk, cookie: &str) -> Answer {
    let edit = json!({ "edit": { "remove_picture": { "chatbot": desk.chatbot } } });
    desk.asks_pages_as(cookie, "save_chatbot", &edit).await
}

async fn text(url: String) -> String {
    get(&url, &[]).await.text
}

#[tokio::test]
async fn a_chatbots_picture_is_shown_wherever_its_assistant_is() {
    let desk = TestDesk::start().await;
    let (url, id) = (&desk.url, desk.chatbot.to_string());
    let picture = kept(&uploads(&desk, &id, &desk.owner, png()).await);
    let address = format!("/pictures/{id}/{picture}");
    assert_eq!(Some(picture), desk.settings().await.picture);

    // Everybody may see it, for as long as they like, and as a small square without transparency.
    let seen = get(&format!("{url}{address}"), &[]).await;
    assert_eq!(200, seen.status);
    let cache = seen.headers["cache-control"].to_str().unwrap();
    assert!(
        cache.contains("public") && cache.contains("immutable"),
        "{cache}"
    );
    assert_eq!("cross-origin", seen.headers["cross-origin-resource-policy"]);
    let drawn = image::load_from_memory(&seen.bytes).unwrap();
    assert_eq!((128, 128), (drawn.width(), drawn.height()));
    assert!(!drawn.color().has_alpha());

    // In the head and beside its words; on the launcher where that was chosen.
    let frame = text(format!("{url}/widget/?chatbot={id}")).await;
    assert!(frame.contains(&format!("url({address})")), "{frame}");
    let launcher = text(format!("{url}/widget/{id}.js")).await;
    assert!(!launcher.contains(&address), "not chosen");
    desk.sets(|effective, layer| {
        effective.look.launcher_icon = LauncherIcon::Picture;
        layer.look = Some(effective.look.clone());
    })
    .await;
    let launcher = text(format!("{url}/widget/{id}.js")).await;
    assert!(launcher.contains(&address), "{launcher}");

    // Another one has another address, and none leaves the sign.
    let next = kept(&uploads(&desk, &id, &desk.owner, png()).await);
    assert_ne!(picture, next);
    assert_eq!(404, get(&format!("{url}{address}"), &[]).await.status);
    let frame = text(format!("{url}/widget/?chatbot={id}")).await;
    assert!(frame.contains(&next.to_string()) && !frame.contains(&address));
    assert_eq!(200, removes(&desk, &desk.owner).await.status);
    let frame = text(format!("{url}/widget/?chatbot={id}")).await;
    assert!(!frame.contains("/pictures/"), "{frame}");
    let launcher = text(format!("{url}/widget/{id}.js")).await;
    assert!(!launcher.contains("/pictures/"), "{launcher}");
}

#[tokio::test]
async fn nobody_but_who_may_change_settings_gives_a_picture_and_nothing_but_a_picture_is_one() {
    let desk = TestDesk::start().await;
    let ana = desk.agent("Ana").await;
    let id = desk.chatbot.to_string();
    assert_eq!(403, uploads(&desk, &id, &ana.cookie, png()).await.status);
    assert_eq!(401, uploads(&desk, &id, "", png()).await.status);
    assert_ne!(200, removes(&desk, &ana.cookie).await.status);
    let foreign = [("origin", "https://evil.example"), ("cookie", &*desk.owner)];
    let there = format!("{}/pictures/{id}", desk.url);
    assert_eq!(403, post_bytes(&there, &foreign, png()).await.status);
    for wrong in [b"<svg onload='alert(1)'/>".to_vec(), png()[..40].to_vec()] {
        let refused = uploads(&desk, &id, &desk.owner, wrong).await;
        assert_eq!(415, refused.status, "{}", refused.text);
        assert!(
            refused.text.contains("picture_unreadable"),
            "{}",
            refused.text
        );
    }
    // Of another workspace, or of none.
    let nobodys = crate::actors::fresh_key().0.to_string();
    assert_eq!(
        404,
        uploads(&desk, &nobodys, &desk.owner, png()).await.status
    );

    let picture = kept(&uploads(&desk, &id, &desk.owner, png()).await);
    let archive = json!({ "edit": { "archive": { "chatbot": desk.chatbot, "archived": true } } });
    desk.asks_pages_as(&desk.owner, "save_chatbot", &archive)
        .await;
    assert_eq!(404, uploads(&desk, &id, &desk.owner, png()).await.status);
    let address = format!("{}/pictures/{id}/{picture}", desk.url);
    assert_eq!(404, get(&address, &[]).await.status);
}

#[tokio::test]
async fn a_policy_that_changed_is_never_answered_with_not_modified() {
    let desk = TestDesk::start().await;
    let url = format!("{}/widget/?chatbot={}", desk.url, desk.chatbot);
    let first = get(&url, &[]).await;
    let tag = first.headers["etag"].to_str().unwrap().to_owned();
    let known = [("if-none-match", &*tag)];
    let again = get(&url, &known).await;
    assert_eq!(304, again.status);
    assert_eq!(
        first.headers["content-security-policy"],
        again.headers["content-security-policy"]
    );
    desk.sets(|_, layer: &mut SettingsLayer| {
        layer.sites = Some(protocol::look::SiteSettings {
            allowed: vec!["https://shop.example".to_owned()],
        });
    })
    .await;
    let changed = get(&url, &known).await;
    assert_eq!(200, changed.status);
    let policy = changed.headers["content-security-policy"].to_str().unwrap();
    assert!(
        policy.contains("frame-ancestors https://shop.example"),
        "{policy}"
    );
}
