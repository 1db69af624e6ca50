//! Plain HTTP: the first run, signing in, and what every answer carries.

use server::startup::{self, Purpose};

use crate::actors::{Answer, TestDesk, get, post};

const FIELDS: [(&str, &str); 5] = [
    ("form[workspace]", "Tarn & Trail"),
    ("form[name]", "Olga"),
    ("form[email]", "olga@example.org"),
    ("form[password]", "a small boat in the fog"),
    ("form[chatbot]", "Shop help"),
];

async fn set_up(url: &str, token: &str, password: &str) -> (u16, String) {
    let mut fields = FIELDS.to_vec();
    fields[3].1 = password;
    fields.push(("form[token]", token));
    let headers = [("origin", url), ("accept", "application/json")];
    let answer = post(&format!("{url}/pages/set_up"), &headers, &fields).await;
    (answer.status, answer.text)
}

#[tokio::test]
async fn the_first_run_needs_the_token_from_the_console_and_happens_once() {
    let (config, _folder, _database) = TestDesk::nothing().await;
    let running = startup::start(config, Purpose::Serve).await.unwrap();
    let url = running.url();
    let token = running.setup_token.clone().unwrap();

    let (_, text) = set_up(&url, "guess", "a small boat in the fog").await;
    assert!(text.contains("not the setup token"), "{text}");
    let (_, text) = set_up(&url, &token, "too short").await;
    assert!(text.contains("too short"), "{text}");
    let (status, text) = set_up(&url, &token, "a small boat in the fog").await;
    assert_eq!(200, status, "{text}");
    let (_, text) = set_up(&url, &token, "a small boat in the fog").await;
    assert!(text.contains("set up already"), "{text}");
    running.stop().await;
}

#[tokio::test]
async fn two_first_runs_at_once_make_one_workspace() {
    let (config, _folder, _database) = TestDesk::nothing().await;
    let running = startup::start(config, Purpose::Serve).await.unwrap();
    let url = running.url();
    let token = running.setup_token.clone().unwrap();
    let password = "a small boat in the fog";
    let (one, other) = tokio::join!(
        set_up(&url, &token, password),
        set_up(&url, &token, password)
    );
    let made = [&one, &other]
        .iter()
        .filter(|(status, _)| *status == 200)
        .count();
    assert_eq!(1, made, "{one:?} {other:?}");
    running.stop().await;
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_get_the_same_answer() {
    let desk = TestDesk::start().await;
    desk.signs_in("Ana").await;
    let url = format!("{}/pages/sign_in", desk.url);
    let headers = [("origin", &*desk.url), ("accept", "application/json")];
    let mut answers = Vec::new();
    for email in ["ana@example.org", "nobody@example.org"] {
        let fields = [
            ("form[email]", email),
            ("form[password]", "not this one, I think"),
        ];
        let answer = post(&url, &headers, &fields).await;
        assert!(answer.headers.get("set-cookie").is_none());
        answers.push((answer.status, answer.text));
    }
    assert_eq!(answers[0], answers[1]);
    assert!(answers[0].1.contains("do not match"), "{answers:?}");
}

#[tokio::test]
async fn another_site_cannot_call_what_changes_something() {
    let desk = TestDesk::start().await;
    let url = format!("{}/pages/sign_out", desk.url);
    for headers in [
        vec![("cookie", &*desk.owner), ("origin", "https://evil.example")],
        vec![("cookie", &*desk.owner)],
        vec![
            ("cookie", &*desk.owner),
            ("sec-fetch-site", "cross-site"),
            ("origin", &*desk.url),
        ],
        vec![
            ("cookie", &*desk.owner),
            ("sec-fetch-site", "same-site"),
            ("origin", &*desk.url),
        ],
    ] {
        assert_eq!(403, post(&url, &headers, &[]).await.status, "{headers:?}");
    }
    assert_eq!(405, get(&url, &[("cookie", &*desk.owner)]).await.status);
}

#[tokio::test]
async fn signing_out_closes_the_live_connection_and_ends_the_cookie() {
    let desk = TestDesk::start().await;
    let ana = desk.agent("Ana").await;
    let headers = [("origin", &*desk.url), ("cookie", &*ana.cookie)];
    assert_eq!(
        200,
        post(&format!("{}/pages/sign_out", desk.url), &headers, &[])
            .await
            .status
    );
    assert_eq!(Some(protocol::close::REVOKED), ana.client.is_closed().await);
    let me = post(&format!("{}/pages/load_me", desk.url), &headers, &[]).await;
    assert!(!me.text.contains("ana@example.org"), "{}", me.text);
}

#[tokio::test]
async fn every_answer_says_how_it_may_be_used() {
    let desk = TestDesk::start().await;
    for path in ["/sign-in", "/healthz", "/nowhere", "/widget/"] {
        let answer = get(&format!("{}{path}", desk.url), &[]).await;
        let header = |name: &str| {
            answer
                .headers
                .get(name)
                .map(|value| value.to_str().unwrap())
        };
        assert_eq!(Some("nosniff"), header("x-content-type-options"), "{path}");
        assert_eq!(Some("no-referrer"), header("referrer-policy"), "{path}");
    }
    let page = get(&format!("{}/sign-in", desk.url), &[]).await;
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
    assert!(
        !policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"),
        "{policy}"
    );
    assert_eq!("no-store", page.headers["cache-control"]);
}

#[tokio::test]
async fn signing_in_by_guessing_is_slowed_down() {
    let desk = TestDesk::start_with(|config| config.limits.sign_ins_per_minute = 5).await;
    let url = format!("{}/pages/sign_in", desk.url);
    let mut refused = 0;
    for number in 0..12 {
        // A made-up X-Forwarded-For changes nothing: no proxy is trusted.
        let from = format!("198.51.100.{number}");
        let headers = [("origin", &*desk.url), ("x-forwarded-for", &*from)];
        let fields = [
            ("form[email]", "olga@example.org"),
            ("form[password]", "guessing a password"),
        ];
        refused += usize::from(
            post(&url, &headers, &fields)
                .await
                .text
                .contains("too fast"),
        );
    }
    assert!(refused >= 6, "{refused} of 12 refused");
}

fn header<'a>(answer: &'a Answer, name: &str) -> Option<&'a str> {
    let value = answer.headers.get(name);
    value.map(|value| value.to_str().unwrap())
}

/// What a page shows, behind the words that it brings along.
fn shown(page: &Answer) -> &str {
    page.text
        .rsplit_once("<main")
        .map_or("", |(_, shown)| shown)
}

#[tokio::test]
async fn an_address_that_leads_nowhere_is_not_found_and_its_page_says_so() {
    let desk = TestDesk::start().await;
    let chatbot = format!("/chatbots/{}", desk.chatbot);
    for path in [
        "/nothing",
        "/nothing/is/here",
        "//evil.example/",
        "/team/bogus",
        "/profile/bogus",
        "/profile/you/more",
        "/chatbots/all/bogus",
        &format!("{chatbot}/bogus"),
    ] {
        for cookie in ["", &desk.owner] {
            let headers = [("cookie", cookie), ("accept", "text/html")];
            let answer = get(&format!("{}{path}", desk.url), &headers).await;
            assert_eq!(404, answer.status, "{path}");
            let shown = shown(&answer);
            assert!(shown.contains("There is nothing here"), "{path}: {shown}");
            assert!(shown.contains("href=\"/inbox\""), "{path}: {shown}");
        }
    }
    let headers = [("cookie", &*desk.owner), ("accept", "text/html")];
    for path in [
        "/chatbots/xyz",
        "/chatbots/xyz/look",
        "/chatbots/0192f8c4-7d3a-7000-8000-000000000001",
        "/chatbots/0192f8c4-7d3a-7000-8000-000000000001/look",
    ] {
        let address = format!("{}{path}", desk.url);
        let answer = get(&address, &headers).await;
        assert_eq!(404, answer.status, "{path}");
        let shown = shown(&answer);
        assert!(shown.contains("There is nothing here"), "{path}: {shown}");
        assert!(shown.contains("href=\"/chatbots\""), "{path}: {shown}");
        let stranger = get(&address, &[("accept", "text/html")]).await;
        let door = header(&stranger, "location").unwrap_or_default();
        assert!(door.starts_with("/sign-in?to="), "{path}: {door}");
    }
    for path in [
        "/profile",
        "/profile/tokens",
        "/chatbots/all",
        "/chatbots/all/look",
        &chatbot,
        &format!("{chatbot}/hours"),
    ] {
        let answer = get(&format!("{}{path}", desk.url), &headers).await;
        assert_eq!(200, answer.status, "{path}");
        assert!(!shown(&answer).contains("There is nothing here"), "{path}");
    }
    for (path, to) in [
        ("/team/", "/team"),
        ("/inbox/", "/inbox"),
        ("/audit/?kind=settings", "/audit?kind=settings"),
    ] {
        let answer = get(&format!("{}{path}", desk.url), &headers).await;
        let led = (answer.status, header(&answer, "location"));
        assert_eq!((303, Some(to)), led, "{path}");
    }
}

#[tokio::test]
async fn who_signs_in_comes_to_the_page_that_was_asked_for() {
    let desk = TestDesk::start().await;
    let html = ("accept", "text/html");
    let hours = format!("/chatbots/{}/hours", desk.chatbot);
    for asked in [
        &*hours,
        "/team",
        "/audit?kind=settings&text=a%20%26%20b",
        "/profile/two-steps",
        "/doctor?conversation=0192f8c4-7d3a-7000-8000-000000000001",
        "/inbox/0192f8c4-7d3a-7000-8000-000000000001",
    ] {
        let out = get(&format!("{}{asked}", desk.url), &[html]).await;
        assert!(matches!(out.status, 302 | 303), "{asked}: {}", out.status);
        let door = header(&out, "location").unwrap();
        assert!(door.starts_with("/sign-in?to=%2F"), "{door}");
        let door = format!("{}{door}", desk.url);
        let form = get(&door, &[html]).await;
        assert_eq!(200, form.status, "{door}");
        assert!(shown(&form).contains("name=\"password\""), "{door}");
        let back = get(&door, &[html, ("cookie", &desk.owner)]).await;
        assert_eq!((302, Some(asked)), (back.status, header(&back, "location")));
    }
    let out = get(&format!("{}/inbox", desk.url), &[html]).await;
    assert_eq!(Some("/sign-in"), header(&out, "location"));
    for to in [
        "",
        "?to=",
        "?to=%2F%2Fevil.example",
        "?to=%2F%5Cevil.example",
        "?to=%2F%09%2Fevil.example",
        "?to=https%3A%2F%2Fevil.example",
        "?to=%2Fteam%0D%0Ax%3A%20y",
        "?to=%2Fpages%2Fsign_out",
        "?to=%2Fnothing",
        "?to=%2Fsign-in",
    ] {
        let door = format!("{}/sign-in{to}", desk.url);
        let back = get(&door, &[html, ("cookie", &desk.owner)]).await;
        let led = (back.status, header(&back, "location"));
        assert_eq!((302, Some("/inbox")), led, "{to}");
    }
}
