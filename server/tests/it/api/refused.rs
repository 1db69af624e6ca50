//! What cannot be read or is too much is refused with a code and a sentence.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use server::router::addresses;

use super::{Program, code, waits};
use crate::actors::{Answer, TestDesk, asks, fresh_key, get, post_bytes, post_json};
use crate::floods::{raw, until_the_end};

#[tokio::test]
async fn rubbish_is_refused_with_a_reason_and_changes_nothing() {
    let desk = TestDesk::start().await;
    let _eve = desk.agent("Eve").await;
    let cookie = desk.signs_in("Ana").await;
    let program = Program::of(&desk, &cookie).await;
    let (visitor, _) = waits(&desk, &program).await;
    let talk = visitor.conversation;
    let url = format!("{}/api/v1/conversations/{talk}/messages", desk.url);
    let key = fresh_key().to_string();
    let headers = [
        ("authorization", &*program.bearer),
        ("idempotency-key", &*key),
    ];
    for (body, status, expected) in [
        ("", 400, "malformed"),
        ("{", 400, "malformed"),
        ("[]", 422, "invalid"),
        (r#" ["Hi"]"#, 422, "invalid"),
        (r#"["Hi""#, 400, "malformed"),
        (r#""Hi""#, 422, "invalid"),
        ("{}", 422, "invalid"),
        (r#"{"text":7}"#, 422, "invalid"),
        (r#"{"text":"Hi","to":"all"}"#, 422, "invalid"),
        (r#"{"text":" "}"#, 422, "text_empty"),
    ] {
        let refused = post_bytes(&url, &headers, body.into()).await;
        assert_eq!(
            (status, expected.to_owned()),
            (refused.status, code(&refused)),
            "{body}"
        );
    }
    let long = format!(r#"{{"text":"{}"}}"#, "x".repeat(70_000));
    let refused = post_bytes(&url, &headers, long.into_bytes()).await;
    assert_eq!(
        (413, "too_long".to_owned()),
        (refused.status, code(&refused))
    );
    let hello = json!({ "text": "Hi" });
    let without = post_json(&url, &headers[..1], &hello).await;
    assert_eq!(
        (400, "key_missing".to_owned()),
        (without.status, code(&without))
    );
    let wrong = program.sends_as("seven", talk, "messages", hello).await;
    assert_eq!(
        (400, "key_invalid".to_owned()),
        (wrong.status, code(&wrong))
    );
    for query in [
        "view=all", "limit=0", "limit=51", "limit=-1", "cursor=x", "page=2",
    ] {
        let refused = program.gets(&format!("conversations?{query}")).await;
        assert_eq!(
            (400, "malformed".to_owned()),
            (refused.status, code(&refused)),
            "{query}"
        );
    }
    let ending = json!({ "handoff": fresh_key(), "outcome": "spam" });
    let refused = program.sends(talk, "resolve", ending).await;
    assert_eq!(
        (422, "invalid".to_owned()),
        (refused.status, code(&refused))
    );
    let read = program
        .reads(&format!("conversations/{talk}/entries"))
        .await;
    let entries = read["entries"].as_array().unwrap();
    assert!(
        entries.iter().all(|entry| entry["kind"] == "event"),
        "{read}"
    );
}

/// What a refusal says: its status, its code, its field and its sentence.
fn said(answer: &Answer) -> (u16, String, Value, String) {
    let problem: Value = serde_json::from_str(&answer.text).unwrap();
    let message = problem["message"].as_str().unwrap().to_owned();
    (
        answer.status,
        code(answer),
        problem["field"].clone(),
        message,
    )
}

#[tokio::test]
async fn a_field_that_is_wrong_is_named_with_what_it_has_to_be() {
    let desk = TestDesk::start().await;
    let _eve = desk.agent("Eve").await;
    let cookie = desk.signs_in("Ana").await;
    let program = Program::of(&desk, &cookie).await;
    let (visitor, handoff) = waits(&desk, &program).await;
    let talk = visitor.conversation;
    let long = "x".repeat(4_001);
    for (verb, body, expected, field, message) in [
        (
            "notes",
            json!({}),
            "invalid",
            "text",
            "\"text\" is missing.",
        ),
        (
            "messages",
            json!({ "text": 7 }),
            "invalid",
            "text",
            "\"text\" has to be a text, and a number was sent.",
        ),
        (
            "messages",
            json!({ "text": "Hi", "to": "all" }),
            "invalid",
            "to",
            "\"to\" is no field of this; there is \"text\".",
        ),
        (
            "claim",
            json!({ "handoff": "seven" }),
            "invalid",
            "handoff",
            "\"handoff\" has to be a UUID, and \"seven\" was sent.",
        ),
        (
            "resolve",
            json!({ "handoff": handoff, "outcome": "spam" }),
            "invalid",
            "outcome",
            "\"outcome\" has to be \"restored_to_ai\" or \"closed\", and \"spam\" was sent.",
        ),
        (
            "resolve",
            json!({ "handoff": handoff }),
            "invalid",
            "outcome",
            "\"outcome\" is missing.",
        ),
        (
            "notes",
            json!({ "text": " " }),
            "text_empty",
            "text",
            "There is nothing to send yet.",
        ),
        // Nothing of it is cut off and kept.
        (
            "messages",
            json!({ "text": long }),
            "text_too_long",
            "text",
            "\"text\" has 4001 characters, and 4000 at most are taken.",
        ),
        (
            "notes",
            json!({ "text": long }),
            "text_too_long",
            "text",
            "\"text\" has 4001 characters, and 4000 at most are taken.",
        ),
    ] {
        let refused = program.sends(talk, verb, body).await;
        let expected = (422, expected.to_owned(), json!(field), message.to_owned());
        assert_eq!(expected, said(&refused), "{verb}");
    }
    for (query, field) in [
        ("limit=51", "limit"),
        ("limit=x", "limit"),
        ("view=all", "view"),
        ("cursor=x", "cursor"),
        ("page=2", "page"),
    ] {
        let refused = program.gets(&format!("conversations?{query}")).await;
        let (status, code, named, message) = said(&refused);
        assert_eq!((400, "malformed", json!(field)), (status, &*code, named));
        assert!(message.starts_with(&format!("\"{field}\" ")), "{message}");
    }
    // What is about no field names none.
    let gone = program.gets("conversations/7").await;
    assert_eq!(Value::Null, said(&gone).2);
    let read = program
        .reads(&format!("conversations/{talk}/entries"))
        .await;
    assert!(!read.to_string().contains("xxx"), "{read}");
}

#[tokio::test]
async fn who_sends_no_token_is_told_how_to_send_one() {
    let desk = TestDesk::start().await;
    let me = format!("{}/api/v1/me", desk.url);
    let token = Program::of(&desk, &desk.owner).await.bearer;
    let (_, secret) = token.split_once(' ').unwrap();
    let basic = format!("Basic {secret}");
    for (header, expected) in [
        (None, "token_missing"),
        (Some(""), "token_missing"),
        (Some("Bearer"), "token_missing"),
        (Some("Bearer  "), "token_missing"),
        (Some(secret), "token_missing"),
        (Some(&*basic), "token_missing"),
        (Some("Bearer baton_0"), "token_unknown"),
    ] {
        let headers: Vec<_> = header
            .map(|value| ("authorization", value))
            .into_iter()
            .collect();
        let refused = get(&me, &headers).await;
        let (status, code, _, message) = said(&refused);
        assert_eq!((401, expected), (status, &*code), "{header:?}");
        let how = refused.headers["www-authenticate"].to_str().unwrap();
        assert!(how.starts_with("Bearer "), "{how}");
        let tells = message.contains("Authorization") && message.contains("the word Bearer");
        assert_eq!(expected == "token_missing", tells, "{message}");
        assert!(!message.contains(secret), "{message}");
    }
}

#[tokio::test]
async fn too_many_requests_wait_and_are_told_how_long() {
    let desk = TestDesk::start_with(|config| config.limits.api_requests_per_minute = 3).await;
    let program = Program::of(&desk, &desk.owner).await;
    for _ in 0..3 {
        program.reads("me").await;
    }
    let refused = program.gets("me").await;
    assert_eq!(
        (429, "too_fast".to_owned()),
        (refused.status, code(&refused))
    );
    let wait: u64 = refused.headers["retry-after"]
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    Program::of(&desk, &desk.owner).await.reads("me").await;
}

#[tokio::test]
async fn an_address_that_is_none_of_the_api_is_no_page() {
    let desk = TestDesk::start().await;
    for path in ["", "/", "/v1", "/v1/nothing", "/v1/me/", "/v2/me"] {
        let answer = get(&format!("{}/api{path}", desk.url), &[]).await;
        assert_eq!(
            (404, "not_found".to_owned()),
            (answer.status, code(&answer)),
            "{path}"
        );
    }
}

#[tokio::test]
async fn what_an_address_does_not_take_is_refused_in_json_and_told_what_it_takes() {
    let desk = TestDesk::start().await;
    let served = addresses();
    let paths: BTreeSet<_> = served.iter().map(|(_, path)| path.as_ref()).collect();
    for path in paths.into_iter().filter(|path| path.starts_with("/api/")) {
        let takes = |method| served.contains(&(method, path.to_owned().into()));
        let (reads, sends) = (takes("GET"), takes("POST"));
        let url = format!(
            "{}{}",
            desk.url,
            path.replace("{id}", &fresh_key().to_string())
        );
        for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] {
            if takes(method) {
                continue;
            }
            let answer = asks(method, &url, &[]).await;
            let found = (answer.status, code(&answer));
            let case = format!("{method} {path}");
            assert_eq!((405, "method_not_allowed".to_owned()), found, "{case}");
            let allow = answer.headers["allow"].to_str().unwrap();
            let allowed: Vec<_> = allow.split(',').map(str::trim).collect();
            assert_eq!(reads, allowed.contains(&"GET"), "{case}: {allow}");
            assert_eq!(sends, allowed.contains(&"POST"), "{case}: {allow}");
            assert_eq!("no-store", answer.headers["cache-control"], "{case}");
        }
    }
    for method in ["POST", "DELETE"] {
        let nothing = asks(method, &format!("{}/api/v1/nothing", desk.url), &[]).await;
        assert_eq!(
            (404, "not_found".to_owned()),
            (nothing.status, code(&nothing))
        );
        // Elsewhere there are people, who are sent to no JSON.
        let page = asks(method, &format!("{}/nothing", desk.url), &[]).await;
        assert_eq!((405, ""), (page.status, &*page.text));
        assert_eq!("GET,HEAD", page.headers["allow"]);
    }
}

/// Words of the program's own language, which say nothing to who reads what came back.
const INNER: [&str; 19] = [
    "struct",
    "enum",
    "variant",
    "tuple",
    "sequence",
    "newtype",
    "unit",
    "::",
    "u8",
    "u16",
    "u32",
    "u64",
    "usize",
    "i64",
    "EOF",
    "ident",
    "Some",
    "deserialize",
    "target",
];

/// A refusal is a code and a sentence that a person can read.
fn is_said(case: &str, answer: &Answer) -> String {
    assert!((400..500).contains(&answer.status), "{case}: {answer:?}");
    let code = code(answer);
    let problem: Value = serde_json::from_str(&answer.text).unwrap();
    let message = problem["message"].as_str().unwrap();
    assert!(message.ends_with('.'), "{case}: {message}");
    let words: BTreeSet<_> = message
        .split(|letter: char| !letter.is_ascii_alphanumeric() && letter != ':')
        .collect();
    for inner in INNER {
        assert!(!words.contains(inner), "{case}: {message}");
    }
    code
}

#[tokio::test]
async fn whatever_an_endpoint_cannot_read_is_refused_in_words_about_what_was_sent() {
    let desk = TestDesk::start_with(|config| config.limits.api_requests_per_minute = 10_000).await;
    let _eve = desk.agent("Eve").await;
    let cookie = desk.signs_in("Ana").await;
    let program = Program::of(&desk, &cookie).await;
    let (visitor, handoff) = waits(&desk, &program).await;
    let talk = visitor.conversation;
    let deep = |open: &str, close: &str| format!("{}{}", open.repeat(1_000), close.repeat(1_000));
    let list = deep("[", "]");
    let object = format!("{}1{}", r#"{"text":"#.repeat(1_000), "}".repeat(1_000));
    let inside =
        |what: &str| format!(r#"{{"text":{what},"handoff":{what},"outcome":{what}}}"#).into_bytes();
    let text = |text: &str| text.as_bytes().to_vec();
    let whole = format!(r#"{{"text":"Hi","handoff":"{handoff}","outcome":"closed"}}"#);
    let bodies = [
        ("nothing", text(""), "malformed"),
        ("spaces", text(" \n"), "malformed"),
        ("half", text("{"), "malformed"),
        ("a word", text("nope"), "malformed"),
        ("more behind", text("{} {}"), "malformed"),
        ("a list", text("[]"), "invalid"),
        ("a text", text(r#""x""#), "invalid"),
        ("a number", text("1"), "invalid"),
        ("null", text("null"), "invalid"),
        ("an empty object", text("{}"), "invalid"),
        ("an unknown field", text(r#"{"nothing":1}"#), "invalid"),
        ("a deep list", list.clone().into_bytes(), "invalid"),
        ("deep objects", object.into_bytes(), "invalid"),
        ("a deep value", inside(&list), "invalid"),
        ("lists as values", inside("[]"), "invalid"),
        ("objects as values", inside("{}"), "invalid"),
        ("an object as a value", inside(r#"{"closed":1}"#), "invalid"),
        ("numbers as values", inside("1.5"), "invalid"),
        ("nulls as values", inside("null"), "invalid"),
        ("no such words", inside(r#""\ud800""#), "invalid"),
        (
            "the same field twice",
            text(&format!(
                r#"{{"text":"a","text":"b","handoff":"{handoff}","handoff":"{handoff}"}}"#
            )),
            "invalid",
        ),
        ("no UTF-8", b"{\"text\":\"\xff\"}".to_vec(), "malformed"),
        (
            "a mark in front",
            [b"\xef\xbb\xbf", whole.as_bytes()].concat(),
            "malformed",
        ),
    ];
    let addresses = addresses();
    let api = addresses
        .iter()
        .filter(|(_, path)| path.starts_with("/api/"));
    let mut sends = 0;
    for (method, path) in api {
        let url = format!("{}{}", desk.url, path.replace("{id}", &talk.to_string()));
        let reads = [("authorization", &*program.bearer)];
        if *method == "GET" && !path.ends_with("openapi.json") {
            // What is read takes no body, and no question that it does not know.
            let lists = path.ends_with("/conversations") || path.ends_with("/entries");
            let questions = match lists {
                true => &[
                    "limit=x",
                    "limit=",
                    "limit=-1",
                    "limit=1.5",
                    "limit=99999999999999999999",
                    "limit=1&limit=2",
                    "limit=%ff",
                    "nothing=1",
                ][..],
                false => &[],
            };
            for question in questions {
                let case = format!("{path}?{question}");
                let refused = get(&format!("{url}?{question}"), &reads).await;
                assert_eq!("malformed", is_said(&case, &refused), "{case}");
            }
        }
        if *method != "POST" {
            continue;
        }
        sends += 1;
        for (what, body, expected) in &bodies {
            let case = format!("{path}: {what}");
            let key = fresh_key().to_string();
            let headers = [reads[0], ("idempotency-key", &*key)];
            let refused = post_bytes(&url, &headers, body.clone()).await;
            assert_eq!(*expected, is_said(&case, &refused), "{case}");
        }
    }
    assert!(sends >= 5, "{sends}");
    let read = program.reads(&format!("conversations/{talk}")).await;
    assert_eq!("pending", read["state"], "nothing of it was done");
}

#[tokio::test]
async fn an_address_or_a_head_that_is_too_long_is_refused_with_a_reason() {
    let desk = TestDesk::start().await;
    let program = Program::of(&desk, &desk.owner).await;
    let reads = ("authorization", &*program.bearer);
    let long = "x".repeat(40_000);
    let me = format!("{}/api/v1/me", desk.url);
    let page = format!("{}/login", desk.url);
    let refused = get(&format!("{me}?{long}"), &[reads]).await;
    assert_eq!(414, refused.status);
    assert_eq!("address_too_long", is_said("address", &refused));
    let refused = get(&format!("{page}?{long}"), &[]).await;
    assert_eq!(
        (414, "The address is too long."),
        (refused.status, &*refused.text)
    );
    assert_eq!("nosniff", refused.headers["x-content-type-options"]);

    let heavy = [reads, ("x-one", &long), ("x-two", &long)];
    let names: Vec<_> = (0..95).map(|number| format!("x-{number}")).collect();
    let many = names.iter().map(|name| (&**name, "1"));
    let many: Vec<_> = [reads].into_iter().chain(many).collect();
    for headers in [&heavy[..], &many] {
        let refused = get(&me, headers).await;
        assert_eq!(431, refused.status);
        assert_eq!("headers_too_large", is_said("head", &refused));
        let refused = get(&page, headers).await;
        assert_eq!(431, refused.status);
        assert!(refused.text.contains("header fields"), "{}", refused.text);
    }
    // One that is as long as a browser's may be comes through.
    get(&format!("{page}?{}", "x".repeat(16_000)), &[]).await;
    program.reads("me").await;
}

/// What the library below refuses: a status, as `docs/api.md` says, and nothing is begun.
#[tokio::test]
async fn what_is_far_too_long_or_no_http_gets_a_status_and_is_hung_up_on() {
    let desk = TestDesk::start().await;
    let fields = "x-one: 1\r\n".repeat(101);
    for (head, status) in [
        (
            format!("GET /api/v1/me?{} HTTP/1.1\r\n\r\n", "x".repeat(70_000)),
            414,
        ),
        (format!("GET /api/v1/me HTTP/1.1\r\n{fields}\r\n"), 431),
        (
            format!("GET /api/v1/me HTTP/1.1\r\nx-one: {}", "x".repeat(500_000)),
            431,
        ),
        ("GET /api/v1/me\r\n\r\n".to_owned(), 400),
    ] {
        let said = until_the_end(raw(&desk, &head).await).await;
        let expected = format!("HTTP/1.1 {status} ");
        let begins: String = said.chars().take(40).collect();
        assert!(said.starts_with(&expected), "{status}: {begins}");
    }
    desk.is_well().await;
}
