//! Chatbots, replies, invitations, members and secrets: whatever admins do has its row.

use std::collections::BTreeSet;

use protocol::audit::AuditKind;
use protocol::team::InviteLink;
use serde_json::json;

use super::{audit, changes, does, member, newest};
use crate::actors::TestDesk;

#[tokio::test]
async fn whatever_admins_do_has_its_row_and_no_secret_is_in_one() {
    let desk = TestDesk::start().await;
    does(
        &desk,
        "save_chatbot",
        json!({ "edit": { "add": { "name": "Second" } } }),
    )
    .await;
    let made = newest(&desk, AuditKind::ChatbotMade).await;
    let second = made.subject_id.unwrap();
    let edit = json!({ "rename": { "chatbot": second, "name": "Third" } });
    does(&desk, "save_chatbot", json!({ "edit": edit })).await;
    let row = newest(&desk, AuditKind::ChatbotRenamed).await;
    assert_eq!(vec!["name: Second > Third"], changes(&row));
    for archived in [true, false] {
        let edit = json!({ "archive": { "chatbot": second, "archived": archived } });
        does(&desk, "save_chatbot", json!({ "edit": edit })).await;
    }
    let edit = json!({ "add": { "kind": "tag", "name": "Refund" } });
    does(&desk, "save_label", json!({ "edit": edit })).await;
    let row = newest(&desk, AuditKind::Label).await;
    assert_eq!(vec!["name:  > Refund"], changes(&row));

    let mut reply = json!({
        "id": null, "version": 0, "share": "workspace", "shortcut": "hi", "title": "Hi",
        "text": "Hello there, canary",
    });
    let saved = does(&desk, "save_reply", json!({ "form": reply })).await;
    reply["id"] = serde_json::from_str(&saved.text).unwrap();
    reply["version"] = json!(1);
    reply["text"] = json!("Good day, canary");
    does(&desk, "save_reply", json!({ "form": reply })).await;
    let row = newest(&desk, AuditKind::Reply).await;
    assert_eq!(
        vec!["text:  > "],
        changes(&row),
        "that it changed, and not from what"
    );
    let body = json!({ "reply": reply["id"], "version": 2 });
    does(&desk, "delete_reply", body).await;
    // Nobody's business but one's own.
    let own = json!({
        "id": null, "version": 0, "share": "own", "shortcut": "me", "title": "Mine", "text": "x",
    });
    does(&desk, "save_reply", json!({ "form": own })).await;
    assert_eq!(3, audit(&desk, "kind=reply").await.len());

    let form = json!({ "form": { "email": "noor@example.org", "role": "agent" } });
    does(&desk, "invite", form).await;
    let invite = newest(&desk, AuditKind::InviteMade).await.subject_id;
    does(&desk, "revoke_invite", json!({ "invite": invite })).await;
    let row = newest(&desk, AuditKind::InviteRevoked).await;
    assert_eq!("noor@example.org", row.subject_name);
    let form = json!({ "form": { "email": "noor@example.org", "role": "agent" } });
    let link = does(&desk, "invite", form).await;
    let link: InviteLink = serde_json::from_str(&link.text).unwrap();
    let token = link
        .link
        .as_deref()
        .unwrap()
        .split_once('#')
        .unwrap()
        .1
        .to_owned();
    let password = "a quiet walk in the rain";
    let form = json!({ "token": token, "name": "Noor", "password": password });
    let joined = desk
        .asks_pages_as("", "join", &json!({ "form": form }))
        .await;
    assert_eq!(200, joined.status, "{}", joined.text);
    let row = newest(&desk, AuditKind::InviteAccepted).await;
    assert_eq!(("Noor", "Noor"), (&*row.name, &*row.subject_name));

    let noor = member(&desk, "Noor").await;
    let form = json!({
        "agent": noor.id, "version": noor.version, "name": "Noor H", "role": "supervisor",
        "assigned": { "only": [desk.chatbot] }, "chat_limit": 5, "priority": noor.priority,
        "handoff_mail": noor.handoff_mail,
    });
    does(&desk, "save_member", json!({ "form": form })).await;
    let row = newest(&desk, AuditKind::Member).await;
    let expected = [
        "name: Noor > Noor H",
        "role: agent > supervisor",
        "chatbots: all > Shop help",
        "chat_limit: 3 > 5",
    ];
    assert_eq!(expected.to_vec(), changes(&row));
    let body = json!({ "agent": noor.id, "assigned": "all" });
    does(&desk, "save_assignment", body).await;
    let row = newest(&desk, AuditKind::Assignment).await;
    assert_eq!(vec!["chatbots: Shop help > all"], changes(&row));
    let reset = does(&desk, "make_reset", json!({ "agent": noor.id })).await;
    let reset: InviteLink = serde_json::from_str(&reset.text).unwrap();
    let reset = reset
        .link
        .as_deref()
        .unwrap()
        .split_once('#')
        .unwrap()
        .1
        .to_owned();
    let form = json!({ "form": { "token": reset, "password": "another walk in the fog" } });
    let done = desk.asks_pages_as("", "reset_password", &form).await;
    assert_eq!(200, done.status, "{}", done.text);
    let row = newest(&desk, AuditKind::PasswordChanged).await;
    assert_eq!(
        ("Noor H", vec!["by:  > link".to_owned()]),
        (&*row.name, changes(&row))
    );
    for active in [false, true] {
        let noor = member(&desk, "Noor H").await;
        let body = json!({ "agent": noor.id, "version": noor.version, "active": active });
        does(&desk, "set_active", body).await;
    }
    let secret = does(
        &desk,
        "renew_identity_secret",
        json!({ "chatbot": desk.chatbot }),
    )
    .await;
    let secret: String = serde_json::from_str(&secret.text).unwrap();

    let mut all = String::new();
    let mut kinds = BTreeSet::new();
    for kind in AuditKind::ALL {
        for row in audit(&desk, &format!("kind={}", kind.word())).await {
            all.push_str(&serde_json::to_string(&row).unwrap());
            kinds.insert(kind.word());
        }
    }
    for expected in [
        "activated",
        "assignment",
        "chatbot_archived",
        "chatbot_made",
        "chatbot_renamed",
        "chatbot_restored",
        "deactivated",
        "identity_secret",
        "invite_accepted",
        "invite_made",
        "invite_revoked",
        "label",
        "member",
        "password_changed",
        "reply",
        "reset_made",
        "signed_in",
    ] {
        assert!(kinds.contains(expected), "{expected}: {kinds:?}");
    }
    for secret in [
        &*token,
        &*reset,
        &*secret,
        password,
        "another walk",
        "canary",
    ] {
        assert!(!all.contains(secret), "{secret} is in the record");
    }
}
