//! Owners change settings; open chats follow at once, and what is wrong is refused.

use std::time::Duration;

use protocol::entry::PublicEvent;
use protocol::settings::{Texts, Translation};
use protocol::visitor::VisitorEvent;

use crate::actors::TestDesk;

#[tokio::test]
async fn a_changed_setting_reaches_an_open_chat_without_a_reload() {
    let desk = TestDesk::start().await;
    let visitor = desk.visitor().await;

    desk.sets(|effective, layer| {
        effective.messages.texts.greeting = "Grüezi".to_owned();
        layer.messages = Some(effective.messages.clone());
        effective.handoff.button_after = 3;
        layer.handoff = Some(effective.handoff.clone());
    })
    .await;

    visitor
        .client
        .hears("the new settings", |event| match event {
            VisitorEvent::WidgetChanged(view) => {
                (view.greeting == "Grüezi" && view.handoff_button == Some(3)).then_some(())
            }
            _ => None,
        })
        .await;
}

#[tokio::test]
async fn a_shorter_time_counts_for_those_who_wait_already() {
    let desk = TestDesk::start().await;
    let ana = desk.agent("Ana").await;
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    ana.sees_pending(visitor.conversation).await;

    desk.sets(|effective, layer| {
        effective.queue.deadline_minutes = 1;
        layer.queue = Some(effective.queue);
    })
    .await;
    desk.time_passes(Duration::from_secs(61));

    visitor
        .is_told("that nobody came", |event| {
            matches!(event, PublicEvent::Missed { .. })
        })
        .await;
}

#[tokio::test]
async fn a_visitor_is_told_in_their_own_language() {
    let desk = TestDesk::start().await;
    desk.sets(|effective, layer| {
        let british = Texts {
            no_agents: "Nobody about, I fear.".to_owned(),
            ..effective.messages.texts.clone()
        };
        effective.messages.translations.push(Translation {
            language: "en-GB".to_owned(),
            texts: british,
        });
        layer.messages = Some(effective.messages.clone());
    })
    .await;
    let mut visitor = desk.visitor().await;

    visitor.asks_for_human().await.unwrap();

    visitor
        .is_told("in their language", |event| {
            matches!(event, PublicEvent::Missed { message, .. }
                if message == "Nobody about, I fear.")
        })
        .await;
}

#[tokio::test]
async fn a_setting_that_cannot_be_is_refused_with_its_path_and_changes_nothing() {
    let desk = TestDesk::start().await;
    let before = desk.settings().await;
    let mut layer = before.layer.clone();
    let mut hours = before.effective.hours.clone();
    hours.times.zone = "Atlantis/Capital".to_owned();
    layer.hours = Some(hours);
    let body = serde_json::json!({
        "chatbot": desk.chatbot, "layer": layer, "version": before.version,
    });

    let refused = desk.asks_pages("save_settings", &body).await;

    assert!(
        refused.text.contains("hours.times.zone"),
        "{}",
        refused.text
    );
    assert_ne!(200, refused.status);
    assert_eq!(before, desk.settings().await);
}

#[tokio::test]
async fn who_saves_on_an_old_version_is_refused() {
    let desk = TestDesk::start().await;
    let old = desk.settings().await;
    desk.sets(|effective, layer| layer.queue = Some(effective.queue))
        .await;
    let body = serde_json::json!({
        "chatbot": desk.chatbot, "layer": old.layer, "version": old.version,
    });

    let refused = desk.asks_pages("save_settings", &body).await;

    assert!(
        refused.text.contains("Somebody else changed"),
        "{}",
        refused.text
    );
}

#[tokio::test]
async fn an_agent_may_not_change_settings() {
    let desk = TestDesk::start().await;
    let mut ana = TestDesk::start().await;
    ana.owner = desk.signs_in("Ana").await;
    ana.url.clone_from(&desk.url);
    ana.chatbot = desk.chatbot;
    let body = serde_json::json!({ "chatbot": desk.chatbot });

    let refused = ana.asks_pages("load_settings", &body).await;

    assert!(
        refused.text.contains("role does not allow"),
        "{}",
        refused.text
    );
}
