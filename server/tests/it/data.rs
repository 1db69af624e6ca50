//! Settings as one file: a whole workspace goes into an empty one and comes out the same, and a file that
//! is wrong anywhere changes nothing.

use protocol::audit::AuditView;
use protocol::data::{DataView, FILE_BYTES, ImportChange, ImportPlan, ImportTrouble, ImportWrong};
use protocol::person::Role;
use protocol::refusal::Problem;
use protocol::team::TeamView;
use protocol::{Refusal, close, label};
use serde_json::{Value, json};

use crate::actors::{AgentActor, Answer, TestDesk, get, post_bytes};

async fn exports(desk: &TestDesk) -> Value {
    let url = format!("{}/data/settings.json", desk.url);
    let answer = get(&url, &[("cookie", &desk.owner)]).await;
    assert_eq!(200, answer.status, "{}", answer.text);
    serde_json::from_str(&answer.text).unwrap()
}

async fn sends_as(desk: &TestDesk, headers: &[(&str, &str)], file: &[u8]) -> Answer {
    let mut body =
        b"--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.json\"\r\n\r\n"
            .to_vec();
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--b--\r\n");
    let mut all = vec![("content-type", "multipart/form-data; boundary=b")];
    all.extend_from_slice(headers);
    post_bytes(&format!("{}/data/import", desk.url), &all, body).await
}

async fn looks(desk: &TestDesk) -> Option<Result<ImportPlan, ImportTrouble>> {
    let answer = desk.asks_pages("load_data", &json!({})).await;
    let view: DataView = serde_json::from_str(&answer.text).expect(&answer.text);
    view.read
}

/// Sends a file as the page does; what it comes to.
async fn sends(desk: &TestDesk, file: &str) -> Result<ImportPlan, ImportTrouble> {
    let headers = [
        ("origin", desk.url.as_str()),
        ("cookie", desk.owner.as_str()),
    ];
    let answer = sends_as(desk, &headers, file.as_bytes()).await;
    assert_eq!(303, answer.status, "{}", answer.text);
    looks(desk).await.expect("it is there to be looked at")
}

async fn reads_in(desk: &TestDesk, digest: &str) -> Answer {
    desk.asks_pages("end_import", &json!({ "digest": digest }))
        .await
}

async fn does(desk: &TestDesk, name: &str, body: Value) -> Answer {
    let answer = desk.asks_pages(name, &body).await;
    assert_eq!(200, answer.status, "{name}: {}", answer.text);
    answer
}

/// What an owner has set up over time.
async fn sets_much_up(desk: &TestDesk) {
    desk.sets(|settings, layer| {
        let mut routing = settings.routing.clone();
        routing.offer_seconds += 7;
        layer.routing = Some(routing);
        let mut look = settings.look.clone();
        look.colour = "#aa2244".to_owned();
        layer.look = Some(look);
    })
    .await;
    does(
        desk,
        "save_chatbot",
        json!({ "edit": { "add": { "name": "Docs" } } }),
    )
    .await;
    for edit in [
        json!({ "add": { "kind": "tag", "name": "Refund" } }),
        json!({ "add": { "kind": "category", "name": "Sales" } }),
    ] {
        does(desk, "save_label", json!({ "edit": edit })).await;
    }
    let labels = does(desk, "load_labels", json!({})).await;
    let labels: label::Labels = serde_json::from_str(&labels.text).unwrap();
    for (shortcut, share, steps) in [
        (
            "hi",
            json!("workspace"),
            json!([{ "add_tag": labels.tags[0].id }]),
        ),
        (
            "shop",
            json!({ "chatbot": desk.chatbot }),
            json!([{ "category": labels.categories[0].id }, { "resolve": "closed" }]),
        ),
    ] {
        let form = json!({
            "id": null, "version": 0, "share": share, "shortcut": shortcut, "title": "Title",
            "text": "Hello {{visitor.name|there}}", "steps": steps,
        });
        does(desk, "save_reply", json!({ "form": form })).await;
    }
    let own = json!({
        "id": null, "version": 0, "share": "own", "shortcut": "me", "title": "Mine", "text": "x",
    });
    does(desk, "save_reply", json!({ "form": own })).await;
}

#[tokio::test]
async fn a_workspace_goes_through_a_file_into_an_empty_one_and_is_the_same() {
    let desk = TestDesk::start().await;
    sets_much_up(&desk).await;
    let file = exports(&desk).await;
    let text = file.to_string();
    for absent in ["olga", "Olga", "Mine", &desk.chatbot.to_string()] {
        assert!(!text.contains(absent), "{absent} is in {text}");
    }

    let other = TestDesk::start().await;
    let plan = sends(&other, &text).await.expect("it is right");
    let made = plan
        .items
        .iter()
        .filter(|one| one.change == ImportChange::Made);
    let made: Vec<&str> = made.map(|one| one.name.as_str()).collect();
    assert_eq!(vec!["Sales", "Refund", "Docs", "/hi", "/shop"], made);
    let changed = plan
        .items
        .iter()
        .filter(|one| one.change == ImportChange::Changed);
    let changed: Vec<&str> = changed.map(|one| one.name.as_str()).collect();
    assert_eq!(vec!["Shop help"], changed);
    let before = exports(&other).await;
    assert_ne!(file, before, "looking changes nothing");
    let done = reads_in(&other, &plan.digest).await;
    assert_eq!(200, done.status, "{}", done.text);
    assert_eq!(file, exports(&other).await);
    assert_eq!(None, looks(&other).await, "it is put away");
    // What visitors are served follows at once.
    let settings = other.settings().await.effective;
    assert_eq!("#aa2244", settings.look.colour);

    // Once more, nothing is left to do.
    let plan = sends(&other, &text).await.expect("it is right");
    assert!(
        plan.items
            .iter()
            .all(|one| one.change == ImportChange::Left)
    );
    let body = json!({ "query": "kind=imported" });
    let audit = other.asks_pages("load_audit", &body).await;
    let audit: AuditView = serde_json::from_str(&audit.text).unwrap();
    assert_eq!((1, "Olga Owner"), (audit.rows.len(), &*audit.rows[0].name));
}

#[tokio::test]
async fn what_is_wrong_is_named_with_its_place_and_nothing_is_changed() {
    let desk = TestDesk::start().await;
    sets_much_up(&desk).await;
    let file = exports(&desk).await;
    let with = |place: &str, value: Value| {
        let mut file = file.clone();
        *file.pointer_mut(place).expect(place) = value;
        file.to_string()
    };
    let mut unknown = file.clone();
    unknown["chatbots"][0]["setings"] = json!({});
    for (text, place) in [
        ("{ \"baton_settings\": 1,".to_owned(), "1:"),
        ("[]".to_owned(), "1:"),
        (with("/baton_settings", json!(99)), "baton_settings"),
        (unknown.to_string(), "chatbots[0].setings"),
        (with("/tags/0/name", json!("  ")), "tags[0].name"),
        (with("/replies/0/text", json!("{{secret}}")), "replies[0]"),
        (
            with("/replies/0/steps/0", json!({ "add_tag": "Gone" })),
            "replies[0].steps[0]",
        ),
    ] {
        let trouble = sends(&desk, &text).await.expect_err(place);
        assert!(trouble.place.starts_with(place), "{place}: {trouble:?}");
        let done = reads_in(&desk, "none").await;
        assert_eq!(422, done.status, "{}", done.text);
    }
    let shop = file["chatbots"].as_array().unwrap();
    let at = shop
        .iter()
        .position(|one| one["name"] == "Shop help")
        .unwrap();
    let place = format!("/chatbots/{at}/settings/routing/offer_seconds");
    let trouble = sends(&desk, &with(&place, json!(0)))
        .await
        .expect_err("too short");
    assert_eq!(
        format!("chatbots[{at}].settings.routing.offer_seconds"),
        trouble.place
    );
    assert!(matches!(
        trouble.wrong,
        ImportWrong::Refused(Refusal::SettingInvalid {
            problem: Problem::OutOfRange { .. },
            ..
        })
    ));
    assert_eq!(file, exports(&desk).await);
    does(&desk, "end_import", json!({ "digest": null })).await;
    assert_eq!(None, looks(&desk).await);
}

#[tokio::test]
async fn what_was_looked_at_is_what_is_done_and_nobody_else_sends_a_file() {
    let desk = TestDesk::start().await;
    let empty = exports(&desk).await;
    sets_much_up(&desk).await;
    let text = exports(&desk).await.to_string();
    // Somebody changes what the file would leave meanwhile.
    let plan = sends(&desk, &text).await.expect("it is right");
    desk.sets(|_, layer| layer.look = None).await;
    let done = reads_in(&desk, &plan.digest).await;
    assert!(done.text.contains("settings_changed"), "{}", done.text);
    // What a file does not name stays.
    let plan = sends(&desk, &empty.to_string()).await.expect("it is right");
    assert_eq!(200, reads_in(&desk, &plan.digest).await.status);
    let kept = exports(&desk).await;
    assert_eq!(2, kept["replies"].as_array().unwrap().len());

    let cookie = desk.signs_in_as("Sue", Role::Supervisor).await;
    let own = desk.url.as_str();
    for headers in [
        vec![("origin", own)],
        vec![("origin", own), ("cookie", &*cookie)],
        vec![("origin", "https://evil.example"), ("cookie", &*desk.owner)],
        vec![("cookie", &*desk.owner)],
    ] {
        let answer = sends_as(&desk, &headers, text.as_bytes()).await;
        assert!(answer.status >= 400, "{headers:?}: {}", answer.status);
    }
    for headers in [
        vec![],
        vec![("cookie", &*cookie)],
        vec![("cookie", &*desk.owner), ("sec-fetch-site", "cross-site")],
    ] {
        let answer = get(&format!("{}/data/settings.json", desk.url), &headers).await;
        assert!(answer.status >= 400, "{}", answer.status);
    }
    assert_eq!(None, looks(&desk).await);
    // More than four mebibytes are not taken, with what else belongs to the form.
    let large = vec![b' '; FILE_BYTES + 8 * 1024];
    let headers = [("origin", own), ("cookie", &*desk.owner)];
    let answer = sends_as(&desk, &headers, &large).await;
    let to = answer.headers.get("location");
    let to = to.and_then(|to| to.to_str().ok());
    assert_eq!((303, Some("/data?too-large")), (answer.status, to));
    assert_eq!(None, looks(&desk).await);
    let url = format!("{}/data?too-large", desk.url);
    let page = get(&url, &[("cookie", &desk.owner)]).await;
    assert!(page.text.contains("4 MB"), "{}", page.text);
    desk.is_well().await;
}

#[tokio::test]
async fn roles_of_ones_own_and_modules_go_along_and_count_at_once() {
    let desk = TestDesk::start().await;
    let night = json!({ "add": { "name": "Night", "like": "agent", "without": ["write_notes"] } });
    does(&desk, "save_role", json!({ "edit": night })).await;
    let team = does(&desk, "load_team", json!({})).await;
    let team: TeamView = serde_json::from_str(&team.text).unwrap();
    for (module, on, roles) in [
        ("erasing", false, json!([])),
        ("contacts", true, json!([team.roles[0].id])),
    ] {
        let rule = json!({ "module": module, "on": on, "presets": [], "roles": roles });
        does(&desk, "save_module", json!({ "rule": rule })).await;
    }
    let file = exports(&desk).await;
    assert_eq!("Night", file["roles"][0]["name"]);
    assert!(!file.to_string().contains(&team.roles[0].id.0.to_string()));

    let other = TestDesk::start().await;
    let text = file.to_string();
    let plan = sends(&other, &text).await.expect("it is right");
    let of = |change: ImportChange| {
        let of = plan.items.iter().filter(move |item| item.change == change);
        of.map(|item| item.name.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(vec!["Night"], of(ImportChange::Made));
    assert_eq!(vec!["contacts", "erasing"], of(ImportChange::Changed));
    let done = reads_in(&other, &plan.digest).await;
    assert_eq!(200, done.status, "{}", done.text);
    assert_eq!(file, exports(&other).await);
    // Nobody erases there any more, and the record says what became of it.
    let refused = other
        .asks_pages("load_erasures", &json!({ "before": null }))
        .await;
    assert!(refused.text.contains("SwitchedOff"), "{}", refused.text);
    let audit = other
        .asks_pages("load_audit", &json!({ "query": "" }))
        .await;
    for kind in ["role_made", "module_switched", "imported"] {
        assert!(audit.text.contains(kind), "{kind}: {}", audit.text);
    }
    let plan = sends(&other, &text).await.expect("it is right");
    assert!(
        plan.items
            .iter()
            .all(|one| one.change == ImportChange::Left)
    );

    // What takes less away from a role reaches its members at once.
    let cookie = other.signs_in("Ana").await;
    let team = does(&other, "load_team", json!({})).await;
    let team: TeamView = serde_json::from_str(&team.text).unwrap();
    let ana = team.members.iter().find(|one| one.name == "Ana").unwrap();
    let form = json!({ "form": {
        "agent": ana.id, "version": ana.version, "name": "Ana", "role": "agent",
        "custom": team.roles[0].id, "assigned": "all", "chat_limit": 3, "priority": 0,
        "handoff_mail": true,
    } });
    does(&other, "save_member", form).await;
    let ana = AgentActor::connects(&other.url, "Ana", cookie).await;
    let mut more = file.clone();
    more["roles"][0]["without"] = json!([]);
    let plan = sends(&other, &more.to_string()).await.expect("it is right");
    assert_eq!(200, reads_in(&other, &plan.digest).await.status);
    assert_eq!(Some(close::RESUME), ana.client.is_closed().await);
}

#[tokio::test]
async fn who_keeps_no_team_neither_takes_its_roles_along_nor_reads_them_in() {
    let desk = TestDesk::start().await;
    let night = json!({ "add": { "name": "Night", "like": "admin", "without": ["save_team"] } });
    does(&desk, "save_role", json!({ "edit": night })).await;
    let file = exports(&desk).await;
    let cookie = desk.signs_in_as("Nia", Role::Admin).await;
    let team = does(&desk, "load_team", json!({})).await;
    let team: TeamView = serde_json::from_str(&team.text).unwrap();
    let nia = team.members.iter().find(|one| one.name == "Nia").unwrap();
    let form = json!({ "form": {
        "agent": nia.id, "version": nia.version, "name": "Nia", "role": "admin",
        "custom": team.roles[0].id, "assigned": "all", "chat_limit": 3, "priority": 0,
        "handoff_mail": true,
    } });
    does(&desk, "save_member", form).await;
    let url = format!("{}/data/settings.json", desk.url);
    let own = get(&url, &[("cookie", &cookie)]).await;
    let own: Value = serde_json::from_str(&own.text).unwrap();
    assert_eq!(
        (json!([]), json!([])),
        (own["roles"].clone(), own["modules"].clone())
    );
    let mut more = file;
    more["roles"][0]["without"] = json!([]);
    let headers = [("origin", desk.url.as_str()), ("cookie", &*cookie)];
    let answer = sends_as(&desk, &headers, more.to_string().as_bytes()).await;
    assert_eq!(303, answer.status, "{}", answer.text);
    let seen = desk.asks_pages_as(&cookie, "load_data", &json!({})).await;
    let seen: DataView = serde_json::from_str(&seen.text).expect(&seen.text);
    let trouble = seen.read.unwrap().expect_err("it gives more than Nia has");
    assert_eq!("roles[0]", trouble.place);
    assert!(matches!(
        trouble.wrong,
        ImportWrong::Refused(Refusal::NotAllowed)
    ));
}

#[tokio::test]
async fn a_file_that_is_none_is_said_to_be_so_with_the_place() {
    let desk = TestDesk::start().await;
    for (file, place, wrong) in [
        ("{nope", "1:2", ImportWrong::NotJson),
        ("", "1:0", ImportWrong::NotJson),
        ("[]", "1:2", ImportWrong::OtherForm),
        ("7", "1:1", ImportWrong::OtherForm),
    ] {
        let trouble = sends(&desk, file).await.unwrap_err();
        let place = place.to_owned();
        assert_eq!(ImportTrouble { place, wrong }, trouble, "{file}");
    }
}
