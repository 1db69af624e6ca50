//! Agents look after themselves: name, phone, picture, password and sign-ins.

use std::time::{Duration, Instant};

use protocol::agent::AgentEvent;
use protocol::attachment::{Attachment, Upload};
use protocol::close;
use protocol::profile::ProfileView;
use serde_json::{Value, json};

use crate::actors::{AgentActor, Answer, TestDesk, get, png, post, post_bytes};

/// As every agent of a desk begins.
const PASSWORD: &str = "a small boat in the fog";
/// What ending none and one is answered.
const NONE: &str = r#"{"ended":0}"#;
const ONE: &str = r#"{"ended":1}"#;
const OTHER: &str = "two grey herons on a roof";

pub(crate) async fn profile_as(desk: &TestDesk, cookie: &str) -> ProfileView {
    let answer = desk.asks_pages_as(cookie, "load_profile", &json!({})).await;
    serde_json::from_str(&answer.text).unwrap_or_else(|error| panic!("{error}: {}", answer.text))
}

pub(crate) async fn edits(desk: &TestDesk, cookie: &str, edit: Value) -> Answer {
    let body = json!({ "edit": edit });
    desk.asks_pages_as(cookie, "edit_profile", &body).await
}

async fn changes_password(desk: &TestDesk, cookie: &str, current: &str, new: &str) -> Answer {
    let body = json!({ "password": { "current": current, "new": new } });
    edits(desk, cookie, body).await
}

async fn uploads(desk: &TestDesk, headers: &[(&str, &str)], bytes: Vec<u8>) -> Answer {
    post_bytes(&format!("{}/profile/picture", desk.url), headers, bytes).await
}

fn kept(answer: &Answer) -> Attachment {
    match serde_json::from_str(&answer.text) {
        Ok(Upload::Kept(file)) => file,
        other => panic!("{other:?}: {}", answer.text),
    }
}

#[tokio::test]
async fn a_name_is_seen_by_the_team_at_once_and_a_phone_number_has_its_country() {
    let desk = TestDesk::start().await;
    let ana = desk.agent("Ana").await;
    let ben = desk.agent("Ben").await;
    let view = profile_as(&desk, &ana.cookie).await;
    assert_eq!(("Ana", "ana@example.org"), (&*view.face.name, &*view.email));
    assert_eq!((ana.id, ""), (view.me, &*view.phone));
    let form = |version: u64, name: &str, phone: &str| json!({ "save": { "version": version, "name": name, "phone": phone } });
    let local = form(view.version, "Ana Ruiz", "030 901820");
    let refused = edits(&desk, &ana.cookie, local).await;
    assert!(refused.text.contains("phone"), "{}", refused.text);
    let good = form(view.version, " Ana Ruiz ", "+49 (0)30 901820");
    let saved = edits(&desk, &ana.cookie, good.clone()).await;
    assert_eq!(200, saved.status, "{}", saved.text);
    let hears = |event: &AgentEvent| match event {
        AgentEvent::TeamChanged(team) => team
            .iter()
            .any(|one| one.id == ana.id && one.face.name == "Ana Ruiz")
            .then_some(()),
        _ => None,
    };
    ben.client.hears("of Ana's name", hears).await;
    let now = profile_as(&desk, &ana.cookie).await;
    assert_eq!(("Ana Ruiz", "+4930901820"), (&*now.face.name, &*now.phone));
    // On a version that was overtaken nothing is saved.
    let late = edits(&desk, &ana.cookie, good).await;
    assert!(late.text.contains("meanwhile"), "{}", late.text);
}

#[tokio::test]
async fn another_password_asks_for_the_present_one_and_ends_all_other_sign_ins() {
    let desk = TestDesk::start().await;
    let ana = desk.agent("Ana").await;
    let phone = desk.signs_in_again("Ana").await;
    let phone = AgentActor::connects(&desk.url, "Ana", phone).await;
    let wrong = changes_password(&desk, &ana.cookie, "not the one, surely", OTHER).await;
    assert!(wrong.text.contains("not your password"), "{}", wrong.text);
    for (new, why) in [
        ("short", "too short"),
        ("passwordpassword", "that are tried"),
        ("ana@example.org", "that are tried"),
        ("anaanaanaanaanaana", "that are tried"),
    ] {
        let refused = changes_password(&desk, &ana.cookie, PASSWORD, new).await;
        assert_eq!(422, refused.status, "{new}: {}", refused.text);
        assert!(refused.text.contains(why), "{new}: {}", refused.text);
    }
    let changed = changes_password(&desk, &ana.cookie, PASSWORD, OTHER).await;
    assert_eq!((200, ONE), (changed.status, &*changed.text));
    let before = Instant::now();
    assert_eq!(Some(close::REVOKED), phone.client.is_closed().await);
    assert!(before.elapsed() < Duration::from_secs(1), "{before:?}");
    let nothing = json!({});
    let out = desk.asks_pages_as(&phone.cookie, "load_profile", &nothing);
    assert_eq!(401, out.await.status);
    // The browser in which it was changed stays.
    assert_eq!(1, profile_as(&desk, &ana.cookie).await.sign_ins.len());
    assert!(!desk.lets_in("ana@example.org", PASSWORD).await);
    assert!(desk.lets_in("ana@example.org", OTHER).await);
}

#[tokio::test]
async fn sign_ins_are_listed_and_ended_one_by_one_or_all_but_this() {
    let desk = TestDesk::start().await;
    let ana = desk.agent("Ana").await;
    let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0";
    let signs_in = || async {
        let fields = [
            ("form[email]", "ana@example.org"),
            ("form[password]", PASSWORD),
        ];
        let headers = [("origin", desk.url.as_str()), ("user-agent", firefox)];
        let answer = post(&format!("{}/pages/sign_in", desk.url), &headers, &fields).await;
        let cookie = answer.headers["set-cookie"].to_str().unwrap();
        let cookie = cookie.split(';').next().unwrap().to_owned();
        AgentActor::connects(&desk.url, "Ana", cookie).await
    };
    let one = signs_in().await;
    let two = signs_in().await;
    let other = desk.agent("Ben").await;
    let listed = profile_as(&desk, &ana.cookie).await.sign_ins;
    assert_eq!(3, listed.len());
    assert_eq!([true, false, false], [0, 1, 2].map(|at| listed[at].here));
    assert!(listed.iter().all(|one| one.address == "127.0.0.1"));
    assert_eq!(
        2,
        listed
            .iter()
            .filter(|one| one.user_agent == firefox)
            .count()
    );

    let of_one = profile_as(&desk, &one.cookie).await.sign_ins[0].id;
    // Another agent's cannot be ended, nor does it say that there is one.
    let foreign = json!({ "end_sign_ins": of_one });
    let ended = edits(&desk, &other.cookie, foreign.clone()).await;
    assert_eq!((200, NONE), (ended.status, &*ended.text));
    profile_as(&desk, &one.cookie).await;

    let ended = edits(&desk, &ana.cookie, foreign.clone()).await;
    assert_eq!((200, ONE), (ended.status, &*ended.text));
    assert_eq!(Some(close::REVOKED), one.client.is_closed().await);
    let all = json!({ "end_sign_ins": null });
    let ended = edits(&desk, &ana.cookie, all).await;
    assert_eq!((200, ONE), (ended.status, &*ended.text));
    let before = Instant::now();
    assert_eq!(Some(close::REVOKED), two.client.is_closed().await);
    assert!(before.elapsed() < Duration::from_secs(1), "{before:?}");
    assert_eq!(1, profile_as(&desk, &ana.cookie).await.sign_ins.len());
    assert_eq!(1, profile_as(&desk, &other.cookie).await.sign_ins.len());
}

#[tokio::test]
async fn a_picture_becomes_a_small_square_that_only_the_team_sees() {
    let desk = TestDesk::start().await;
    let ana = desk.agent("Ana").await;
    let ben = desk.agent("Ben").await;
    let own = [("origin", &*desk.url), ("cookie", &*ana.cookie)];
    let file = kept(&uploads(&desk, &own, png()).await);
    let view = profile_as(&desk, &ana.cookie).await;
    assert_eq!(Some(file.id), view.picture);
    let inbox = get(&format!("{}/inbox", desk.url), &own).await;
    let shown = format!("/agents/{}/{}", ana.id, file.id);
    assert!(inbox.text.contains(&shown), "not in one's own inbox");
    let team = get(&format!("{}/team", desk.url), &[("cookie", &desk.owner)]).await;
    assert!(team.text.contains(&shown), "not on the team's page");
    let address = format!("{}/agents/{}/{}", desk.url, ana.id, file.id);
    let seen = get(&address, &[("cookie", &ben.cookie)]).await;
    assert_eq!(200, seen.status);
    let cache = seen.headers["cache-control"].to_str().unwrap();
    assert!(cache.starts_with("private"), "{cache}");
    let picture = image::load_from_memory(&seen.bytes).unwrap();
    assert_eq!((128, 128), (picture.width(), picture.height()));
    assert_eq!(401, get(&address, &[]).await.status);
    let another = format!("{}/agents/{}/{}", desk.url, ben.id, file.id);
    assert_eq!(404, get(&another, &[("cookie", &ben.cookie)]).await.status);

    // What is no picture, comes from another site or from nobody changes nothing.
    let text = uploads(&desk, &own, b"<svg onload='alert(1)'/>".to_vec()).await;
    assert_eq!(415, text.status, "{}", text.text);
    let site = [("origin", "https://evil.example"), ("cookie", &*ana.cookie)];
    assert_eq!(403, uploads(&desk, &site, png()).await.status);
    let nobody = [("origin", &*desk.url)];
    assert_eq!(401, uploads(&desk, &nobody, png()).await.status);
    assert_eq!(Some(file.id), profile_as(&desk, &ana.cookie).await.picture);

    let next = kept(&uploads(&desk, &own, png()).await);
    assert_eq!(404, get(&address, &[("cookie", &ben.cookie)]).await.status);
    let removed = edits(&desk, &ana.cookie, json!("remove_picture")).await;
    assert_eq!(200, removed.status);
    let address = format!("{}/agents/{}/{}", desk.url, ana.id, next.id);
    assert_eq!(404, get(&address, &[("cookie", &ben.cookie)]).await.status);
}

#[tokio::test]
async fn nothing_of_a_profile_is_for_who_is_not_signed_in() {
    let desk = TestDesk::start().await;
    let nothing = json!({});
    let answer = desk.asks_pages_as("", "load_profile", &nothing).await;
    assert_eq!(401, answer.status, "{}", answer.text);
    for edit in [
        json!("remove_picture"),
        json!({ "save": { "version": 1, "name": "Eve", "phone": "" } }),
        json!({ "password": { "current": PASSWORD, "new": OTHER } }),
        json!({ "end_sign_ins": null }),
        json!({ "begin_two_steps": PASSWORD }),
        json!({ "confirm_two_steps": "000000" }),
        json!({ "end_two_steps": PASSWORD }),
        json!({ "end_two_steps_of": crate::actors::fresh_key().0 }),
    ] {
        let answer = edits(&desk, "", edit.clone()).await;
        assert_eq!(401, answer.status, "{edit}: {}", answer.text);
    }
}

#[tokio::test]
async fn every_section_is_painted_by_the_server() {
    let desk = TestDesk::start().await;
    let ana = desk.agent("Ana").await;
    for (section, says) in [
        ("", "ana@example.org"),
        ("/you", "ana@example.org"),
        ("/password", "New password"),
        ("/sign-ins", "127.0.0.1"),
        ("/two-steps", "authenticator app"),
    ] {
        let url = format!("{}/profile{section}", desk.url);
        let page = get(&url, &[("cookie", &ana.cookie)]).await;
        assert_eq!(200, page.status, "{section}");
        assert!(page.text.contains(says), "{section}: {}", page.text);
    }
}
