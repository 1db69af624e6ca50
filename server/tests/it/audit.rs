//! What people change is written down as it changes: who, what, before and after, when, from where; for
//! who may read it, and for nobody to change.

use std::collections::BTreeSet;
use std::time::Duration;

use protocol::agent::AgentCommand;
use protocol::audit::{AuditKind, AuditRow, AuditSubject, AuditView};
use protocol::contact::ContactChange;
use protocol::look::{KeepAddresses, PrivacySettings};
use protocol::person::Role;
use protocol::settings::SettingsLayer;
use protocol::team::{InviteLink, TeamView};
use serde_json::{Value, json};

use crate::actors::{AgentActor, Answer, TestDesk, get, png, post, post_bytes};
use crate::profile::edits;
use crate::views::view;

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

#[tokio::test]
async fn what_agents_do_to_visitors_names_no_visitor() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    let conversation = visitor.conversation;
    ana.sees_pending(conversation).await;
    ana.opens(conversation).await;
    let change = ContactChange::Name("Mira Berg".to_owned());
    let edited = ana.asks(|key| AgentCommand::EditContact {
        conversation,
        key,
        version: 0,
        change,
    });
    edited.await.unwrap();
    for blocked in [true, false] {
        let block = ana.asks(|key| AgentCommand::Block {
            conversation,
            key,
            blocked,
        });
        block.await.unwrap();
    }
    let row = newest(&desk, AuditKind::ContactEdited).await;
    assert_eq!(("Ana", "127.0.0.1"), (&*row.name, &*row.address));
    assert_eq!(vec!["name:  > "], changes(&row));
    for kind in [AuditKind::Blocked, AuditKind::Unblocked] {
        let row = newest(&desk, kind).await;
        assert_eq!((Some(conversation.0), "Ana"), (row.subject_id, &*row.name));
    }
    let all = serde_json::to_string(&audit(&desk, "").await).unwrap();
    assert!(!all.contains("Mira"), "{all}");
}

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
