//! Settings: what holds now and did not before.

use protocol::audit::{AuditKind, AuditSubject};
use protocol::look::{KeepAddresses, PrivacySettings};
use protocol::settings::SettingsLayer;
use serde_json::{Value, json};

use super::{audit, changes, does, newest};
use crate::actors::TestDesk;

#[tokio::test]
async fn settings_tell_what_holds_now_and_did_not_before() {
    let desk = TestDesk::start().await;
    let made = newest(&desk, AuditKind::WorkspaceMade).await;
    assert_eq!(
        ("Olga Owner", "Tarn & Trail"),
        (&*made.name, &*made.subject_name)
    );
    desk.sets(|settings, layer| {
        let mut routing = settings.routing.clone();
        routing.offer_seconds += 5;
        layer.routing = Some(routing);
    })
    .await;
    let row = newest(&desk, AuditKind::Settings).await;
    assert_eq!("Olga Owner", row.name);
    assert_eq!(
        (AuditSubject::Chatbot, "Shop help"),
        (row.subject, &*row.subject_name)
    );
    let lines = changes(&row);
    assert_eq!(2, lines.len(), "{lines:?}");
    assert_eq!("routing: workspace > own", lines[0]);
    assert!(lines[1].starts_with("routing.offer_seconds: "), "{lines:?}");
    // From where, as much as the workspace keeps of visitors' addresses.
    assert_eq!("127.0.0.1", row.address);
    // What is saved as it was is no change.
    desk.sets(|_, _| {}).await;
    assert_eq!(1, audit(&desk, "kind=settings").await.len());
    // One part has a kind of its own.
    desk.sets(|settings, layer| {
        let mut look = settings.look.clone();
        look.colour = "#aa2244".to_owned();
        layer.look = Some(look);
    })
    .await;
    let row = newest(&desk, AuditKind::Look).await;
    assert!(changes(&row).iter().any(|one| one.ends_with("> #aa2244")));

    // Whose workspace keeps no addresses keeps none of the team's here either.
    let version = does(&desk, "load_settings", json!({ "chatbot": null })).await;
    let version: Value = serde_json::from_str(&version.text).unwrap();
    let layer = SettingsLayer {
        privacy: Some(PrivacySettings {
            addresses: KeepAddresses::Off,
            page: None,
            erase_after_days: None,
        }),
        ..SettingsLayer::default()
    };
    let body = json!({ "chatbot": null, "layer": layer, "version": version["version"] });
    does(&desk, "save_settings", body).await;
    let row = newest(&desk, AuditKind::Settings).await;
    assert_eq!(AuditSubject::Workspace, row.subject);
    assert_eq!("", row.address);
    assert_eq!(
        vec!["privacy: default > own", "privacy.addresses: whole > off"],
        changes(&row)
    );
}
