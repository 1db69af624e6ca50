//! Signing in by password and code: set up, asked for, used once, recovered, and never a way to keep
//! somebody else out.

use std::process::Command;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use protocol::audit::AuditView;
use protocol::forms::FirstStep;
use protocol::profile::ProfileDone;
use serde_json::json;
use totp_rs::{Builder, Secret};

use crate::actors::{Answer, TestDesk, get, post};
use crate::profile::{edits, profile_as};

const PASSWORD: &str = "a small boat in the fog";
const STEP: Duration = Duration::from_secs(30);

/// An authenticator app.
struct App {
    key: String,
    /// How far the server's clock was turned.
    ahead: Duration,
}

impl App {
    #[expect(
        clippy::disallowed_methods,
        reason = "an app on a phone has a clock of its own"
    )]
    fn code(&self) -> String {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap() + self.ahead;
        let secret = Secret::try_from_base32(self.key.replace(' ', "")).unwrap();
        let totp = Builder::new().with_secret(secret).build().unwrap();
        totp.generate(now.as_secs()).to_string()
    }

    /// Waits for the next code.
    fn next(&mut self, desk: &TestDesk) -> String {
        desk.time_passes(STEP);
        self.ahead += STEP;
        self.code()
    }
}

/// Turns the second step on; the app, and the recovery codes.
async fn turns_on(desk: &TestDesk, cookie: &str) -> (App, Vec<String>) {
    let begun = begins(desk, cookie, PASSWORD).await;
    let Ok(ProfileDone::Offered(offer)) = serde_json::from_str(&begun.text) else {
        panic!("{}", begun.text);
    };
    let app = App {
        key: offer.key,
        ahead: Duration::ZERO,
    };
    let confirmed = edits(desk, cookie, json!({ "confirm_two_steps": app.code() })).await;
    match serde_json::from_str(&confirmed.text) {
        Ok(ProfileDone::Confirmed(codes)) => (app, codes),
        _ => panic!("{}", confirmed.text),
    }
}

async fn begins(desk: &TestDesk, cookie: &str, password: &str) -> Answer {
    edits(desk, cookie, json!({ "begin_two_steps": password })).await
}

/// Gives the password from an address; the secret of the first step.
async fn gives_password(desk: &TestDesk, email: &str, from: &str) -> String {
    let fields = [("form[email]", email), ("form[password]", PASSWORD)];
    let headers = [
        ("origin", desk.url.as_str()),
        ("x-forwarded-for", from),
        ("accept", "application/json"),
    ];
    let answer = post(&format!("{}/pages/sign_in", desk.url), &headers, &fields).await;
    assert!(!answer.headers.contains_key("set-cookie"), "let in already");
    match serde_json::from_str(&answer.text) {
        Ok(FirstStep::CodeAsked(token)) => token,
        other => panic!("{other:?}: {}", answer.text),
    }
}

async fn gives_code(desk: &TestDesk, token: &str, code: &str, from: &str) -> Answer {
    let fields = [
        ("form[email]", ""),
        ("form[password]", ""),
        ("form[token]", token),
        ("form[code]", code),
    ];
    let headers = [
        ("origin", desk.url.as_str()),
        ("x-forwarded-for", from),
        ("accept", "application/json"),
    ];
    let url = format!("{}/pages/sign_in", desk.url);
    post(&url, &headers, &fields).await
}

fn is_in(answer: &Answer) -> bool {
    answer.headers.contains_key("set-cookie")
}

#[tokio::test]
async fn a_code_is_asked_for_once_a_first_one_confirmed_it_and_lets_in_once() {
    let desk = TestDesk::start().await;
    let ana = desk.agent("Ana").await;
    let wrong = begins(&desk, &ana.cookie, "not the one, surely").await;
    assert!(wrong.text.contains("not your password"), "{}", wrong.text);
    // Begun and not confirmed it asks for nothing.
    begins(&desk, &ana.cookie, PASSWORD).await;
    let code = json!({ "confirm_two_steps": "000000" });
    let refused = edits(&desk, &ana.cookie, code).await;
    assert!(refused.text.contains("not right"), "{}", refused.text);
    assert!(desk.lets_in("ana@example.org", PASSWORD).await);

    let (mut app, codes) = turns_on(&desk, &ana.cookie).await;
    assert_eq!(10, codes.len());
    assert_eq!(
        Some(10),
        profile_as(&desk, &ana.cookie).await.recovery_codes
    );
    // A key that is asked for cannot be replaced by who finds the browser open.
    assert_eq!(422, begins(&desk, &ana.cookie, PASSWORD).await.status);

    let token = gives_password(&desk, "ana@example.org", "127.0.0.1").await;
    let same = gives_code(&desk, &token, &app.code(), "127.0.0.1").await;
    assert!(same.text.contains("used before"), "{}", same.text);
    let code = app.next(&desk);
    let answer = gives_code(&desk, &token, &code, "127.0.0.1").await;
    assert!(is_in(&answer), "{}", answer.text);
    // Neither the secret nor the code works again.
    let again = gives_code(&desk, &token, &code, "127.0.0.1").await;
    assert!(again.text.contains("from the beginning"), "{}", again.text);
    let token = gives_password(&desk, "ana@example.org", "127.0.0.1").await;
    let replayed = gives_code(&desk, &token, &code, "127.0.0.1").await;
    assert!(replayed.text.contains("used before"), "{}", replayed.text);
}

#[tokio::test]
async fn two_who_send_the_same_code_at_once_do_not_both_come_in() {
    let desk = TestDesk::start().await;
    let ana = desk.agent("Ana").await;
    let (mut app, _) = turns_on(&desk, &ana.cookie).await;
    let one = gives_password(&desk, "ana@example.org", "127.0.0.1").await;
    let other = gives_password(&desk, "ana@example.org", "127.0.0.1").await;
    let code = app.next(&desk);
    let (one, other) = tokio::join!(
        gives_code(&desk, &one, &code, "127.0.0.1"),
        gives_code(&desk, &other, &code, "127.0.0.1"),
    );
    assert_ne!(is_in(&one), is_in(&other), "{} {}", one.text, other.text);
}

#[tokio::test]
async fn a_recovery_code_lets_in_once_and_turning_off_asks_for_the_password() {
    let desk = TestDesk::start().await;
    let ana = desk.agent("Ana").await;
    let (_, codes) = turns_on(&desk, &ana.cookie).await;
    let token = gives_password(&desk, "ana@example.org", "127.0.0.1").await;
    let typed = codes[3].to_lowercase().replace(' ', "");
    let answer = gives_code(&desk, &token, &typed, "127.0.0.1").await;
    assert!(is_in(&answer), "{}", answer.text);
    let token = gives_password(&desk, "ana@example.org", "127.0.0.1").await;
    let again = gives_code(&desk, &token, &codes[3], "127.0.0.1").await;
    assert!(again.text.contains("used before"), "{}", again.text);
    assert_eq!(Some(9), profile_as(&desk, &ana.cookie).await.recovery_codes);

    let off =
        |password: &'static str| edits(&desk, &ana.cookie, json!({ "end_two_steps": password }));
    assert_eq!(422, off("not the one, surely").await.status);
    assert_eq!(200, off(PASSWORD).await.status);
    assert!(desk.lets_in("ana@example.org", PASSWORD).await);
    assert_eq!(None, profile_as(&desk, &ana.cookie).await.recovery_codes);
    // Whoever was half way has to begin anew.
    let late = gives_code(&desk, &token, &codes[4], "127.0.0.1").await;
    assert!(late.text.contains("from the beginning"), "{}", late.text);
}

#[tokio::test]
async fn new_recovery_codes_ask_for_the_password_and_the_old_ones_work_no_more() {
    let desk = TestDesk::start().await;
    let ana = desk.agent("Ana").await;
    let renews =
        |password: &'static str| edits(&desk, &ana.cookie, json!({ "new_recovery": password }));
    // There are none to renew before it is on.
    assert_eq!(422, renews(PASSWORD).await.status);
    let (_, old) = turns_on(&desk, &ana.cookie).await;
    let wrong = renews("not the one, surely").await;
    assert!(wrong.text.contains("not your password"), "{}", wrong.text);
    let renewed = renews(PASSWORD).await;
    let Ok(ProfileDone::Confirmed(new)) = serde_json::from_str(&renewed.text) else {
        panic!("{}", renewed.text);
    };
    assert_eq!(10, new.len());
    assert!(new.iter().all(|code| !old.contains(code)));
    assert_eq!(
        Some(10),
        profile_as(&desk, &ana.cookie).await.recovery_codes
    );

    let token = gives_password(&desk, "ana@example.org", "127.0.0.1").await;
    let refused = gives_code(&desk, &token, &old[0], "127.0.0.1").await;
    assert!(refused.text.contains("not right"), "{}", refused.text);
    let answer = gives_code(&desk, &token, &new[0], "127.0.0.1").await;
    assert!(is_in(&answer), "{}", answer.text);
    let written = desk
        .asks_pages("load_audit", &json!({ "query": "kind=recovery_renewed" }))
        .await;
    let written: AuditView = serde_json::from_str(&written.text).unwrap();
    let names: Vec<_> = written.rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(vec!["Ana"], names);
}

#[tokio::test]
async fn who_keeps_the_team_turns_it_off_for_who_lost_it_and_nobody_else() {
    let desk = TestDesk::start().await;
    let ana = desk.agent("Ana").await;
    let ben = desk.agent("Ben").await;
    turns_on(&desk, &ana.cookie).await;
    let of = |agent| json!({ "end_two_steps_of": agent });
    let refused = edits(&desk, &ben.cookie, of(ana.id)).await;
    assert!(refused.text.contains("not allow"), "{}", refused.text);
    // Of oneself it asks for the password, in the profile.
    let owner = profile_as(&desk, &desk.owner).await.me;
    let own = edits(&desk, &desk.owner, of(owner)).await;
    assert!(own.text.contains("not allow"), "{}", own.text);
    let done = edits(&desk, &desk.owner, of(ana.id)).await;
    assert_eq!(200, done.status, "{}", done.text);
    assert!(desk.lets_in("ana@example.org", PASSWORD).await);
}

#[tokio::test]
async fn whoever_keeps_the_server_lets_in_the_owner_whom_nobody_else_can() {
    let desk = TestDesk::start().await;
    let email = "olga@example.org";
    turns_on(&desk, &desk.owner).await;
    assert!(!desk.lets_in(email, PASSWORD).await);
    let ends = |email: &str| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_baton"));
        program.args(["user", "end-two-steps", "--email", email]);
        program.envs(desk.environment()).output().unwrap()
    };
    let unknown = ends("nobody@example.org");
    let said = String::from_utf8_lossy(&unknown.stderr);
    assert!(!unknown.status.success());
    assert!(said.contains("nobody signs in with"), "{said}");
    let scopes = vec![protocol::api_token::Scope::Read];
    let token = crate::api::token(&desk, &desk.owner, scopes).await;
    let done = ends(email);
    assert!(done.status.success(), "{done:?}");
    let bearer = format!("Bearer {token}");
    let me = format!("{}/api/v1/me", desk.url);
    let program = get(&me, &[("authorization", &bearer)]).await;
    assert_eq!(401, program.status, "{}", program.text);

    // Whoever was signed in as her is out, and her password is enough.
    let out = desk
        .asks_pages_as(&desk.owner, "load_profile", &json!({}))
        .await;
    assert!(out.text.contains("SignInNeeded"), "{}", out.text);
    let owner = desk.signs_in_again("Olga").await;
    assert_eq!(None, profile_as(&desk, &owner).await.recovery_codes);
    let written = desk
        .asks_pages_as(
            &owner,
            "load_audit",
            &json!({ "query": "kind=two_steps_off" }),
        )
        .await;
    let written: AuditView = serde_json::from_str(&written.text).unwrap();
    let row = written.rows.first().expect("it is written down");
    assert_eq!((None, "Olga Owner"), (row.agent, &*row.subject_name));

    let again = ends(email);
    let said = String::from_utf8_lossy(&again.stdout);
    assert!(said.contains("Nothing to do"), "{said}");
    let profile = desk.asks_pages_as(&owner, "load_profile", &json!({})).await;
    assert_eq!(200, profile.status, "nobody is signed out for nothing");
}

#[tokio::test]
async fn the_first_step_ends_with_its_time_its_tries_and_the_password() {
    let desk = TestDesk::start().await;
    let ana = desk.agent("Ana").await;
    let (mut app, _) = turns_on(&desk, &ana.cookie).await;
    let over = |answer: &Answer| answer.text.contains("from the beginning");
    let token = gives_password(&desk, "ana@example.org", "127.0.0.1").await;
    for _ in 0..5 {
        let wrong = gives_code(&desk, &token, "000000", "127.0.0.1").await;
        assert!(wrong.text.contains("not right"), "{}", wrong.text);
    }
    let code = app.next(&desk);
    assert!(over(&gives_code(&desk, &token, &code, "127.0.0.1").await));

    let token = gives_password(&desk, "ana@example.org", "127.0.0.1").await;
    desk.time_passes(Duration::from_secs(5 * 60));
    app.ahead += Duration::from_secs(5 * 60);
    assert!(over(
        &gives_code(&desk, &token, &app.code(), "127.0.0.1").await
    ));

    let token = gives_password(&desk, "ana@example.org", "127.0.0.1").await;
    let body = json!({ "password": { "current": PASSWORD, "new": "two grey herons on a roof" } });
    let changed = edits(&desk, &ana.cookie, body).await;
    assert_eq!(200, changed.status, "{}", changed.text);
    let code = app.next(&desk);
    assert!(over(&gives_code(&desk, &token, &code, "127.0.0.1").await));
    assert!(over(&gives_code(&desk, "guess", &code, "127.0.0.1").await));
}

#[tokio::test]
async fn strangers_who_guess_keep_nobody_out_who_comes_from_where_they_always_do() {
    let desk = TestDesk::start_with(|config| {
        config.server.trusted_proxies = vec!["127.0.0.1".to_owned().try_into().unwrap()];
        config.limits.sign_ins_per_minute_per_account = 6;
    })
    .await;
    let email = "ana@example.org";
    let home = "192.0.2.7";
    let ana = desk.signs_in("Ana").await;
    let fields = [("form[email]", email), ("form[password]", PASSWORD)];
    let headers = [("origin", desk.url.as_str()), ("x-forwarded-for", home)];
    let url = format!("{}/pages/sign_in", desk.url);
    assert!(is_in(&post(&url, &headers, &fields).await));
    let (mut app, _) = turns_on(&desk, &ana).await;

    // Strangers use up what all together may try of the password …
    for from in [
        "198.51.100.1",
        "198.51.100.2",
        "198.51.100.3",
        "198.51.100.4",
    ] {
        let fields = [
            ("form[email]", email),
            ("form[password]", "wrong, of course"),
        ];
        for _ in 0..2 {
            let headers = [("origin", desk.url.as_str()), ("x-forwarded-for", from)];
            post(&url, &headers, &fields).await;
        }
    }
    let headers = [
        ("origin", desk.url.as_str()),
        ("x-forwarded-for", "198.51.100.9"),
    ];
    let stranger = post(&url, &headers, &fields).await;
    assert!(stranger.text.contains("too_fast"), "{}", stranger.text);
    // … and she comes in from home, where her code counts as well.
    let token = gives_password(&desk, email, home).await;
    let code = app.next(&desk);
    let answer = gives_code(&desk, &token, &code, home).await;
    assert!(is_in(&answer), "{}", answer.text);
}

#[tokio::test]
async fn who_knows_the_password_cannot_try_codes_for_long() {
    let desk = TestDesk::start_with(|config| {
        config.server.trusted_proxies = vec!["127.0.0.1".to_owned().try_into().unwrap()];
    })
    .await;
    let ana = desk.agent("Ana").await;
    let (mut app, _) = turns_on(&desk, &ana.cookie).await;
    let stranger = "198.51.100.1";
    let mut tried = 0;
    let slow = 'trying: loop {
        let token = gives_password(&desk, "ana@example.org", stranger).await;
        for _ in 0..5 {
            let answer = gives_code(&desk, &token, "000000", stranger).await;
            if answer.text.contains("too_fast") {
                break 'trying answer;
            }
            tried += 1;
            assert!(tried < 50, "{}", answer.text);
        }
    };
    assert_eq!((422, 10), (slow.status, tried));
    // Nor from elsewhere, where nobody was let in before.
    let elsewhere = "203.0.113.5";
    let token = gives_password(&desk, "ana@example.org", elsewhere).await;
    let answer = gives_code(&desk, &token, "000000", elsewhere).await;
    assert!(answer.text.contains("too_fast"), "{}", answer.text);
    // From where she always comes she does.
    let token = gives_password(&desk, "ana@example.org", "127.0.0.1").await;
    let code = app.next(&desk);
    let answer = gives_code(&desk, &token, &code, "127.0.0.1").await;
    assert!(is_in(&answer), "{}", answer.text);
}
