//! Programs act as agents, with tokens: what they read and write, and what they are refused.

use std::collections::BTreeSet;
use std::time::Duration;

use protocol::api_token::{Scope, TokenView};
use protocol::audit::AuditView;
use protocol::entry::PublicBody;
use protocol::module::Module;
use protocol::person::{Assigned, Role};
use protocol::team::{InviteLink, TeamView};
use protocol::{AgentId, ConversationId, HandoffId};
use serde_json::{Value, json};
use server::router::addresses;
use tokio::io::AsyncWriteExt as _;

use crate::actors::{Answer, TestDesk, VisitorActor, asks, fresh_key, get, post_bytes, post_json};
use crate::floods::{raw, until_the_end};
use crate::profile::{edits, profile_as};

/// As every agent of a desk begins.
const PASSWORD: &str = "a small boat in the fog";

async fn makes(desk: &TestDesk, cookie: &str, token: Value) -> Answer {
    let mut form =
        json!({ "name": "Report", "scopes": ["read"], "lasts": "month", "password": PASSWORD });
    for (field, value) in token.as_object().unwrap() {
        form[field] = value.clone();
    }
    edits(desk, cookie, json!({ "make_token": form })).await
}

/// A token of the agent with this cookie.
pub(crate) async fn token(desk: &TestDesk, cookie: &str, scopes: Vec<Scope>) -> String {
    told(&makes(desk, cookie, json!({ "scopes": scopes })).await)
}

async fn token_for(desk: &TestDesk, cookie: &str, scopes: &[&str]) -> String {
    told(&makes(desk, cookie, json!({ "scopes": scopes })).await)
}

fn told(made: &Answer) -> String {
    assert_eq!(200, made.status, "{}", made.text);
    let made: Value = serde_json::from_str(&made.text).unwrap();
    made["token"].as_str().unwrap().to_owned()
}

const ALL: [&str; 4] = ["read", "reply", "handoffs", "contacts"];

/// A program with a token.
struct Program<'a> {
    desk: &'a TestDesk,
    bearer: String,
}

impl<'a> Program<'a> {
    fn with(desk: &'a TestDesk, token: &str) -> Self {
        let bearer = format!("Bearer {token}");
        Self { desk, bearer }
    }

    async fn of(desk: &'a TestDesk, cookie: &str) -> Self {
        Self::with(desk, &token_for(desk, cookie, &ALL).await)
    }

    async fn gets(&self, path: &str) -> Answer {
        let url = format!("{}/api/v1/{path}", self.desk.url);
        get(&url, &[("authorization", &self.bearer)]).await
    }

    async fn reads(&self, path: &str) -> Value {
        let answer = self.gets(path).await;
        assert_eq!(200, answer.status, "{path}: {}", answer.text);
        serde_json::from_str(&answer.text).unwrap()
    }

    async fn sends(&self, to: ConversationId, verb: &str, body: Value) -> Answer {
        self.sends_as(&fresh_key().to_string(), to, verb, body)
            .await
    }

    async fn sends_as(&self, key: &str, to: ConversationId, verb: &str, body: Value) -> Answer {
        let url = format!("{}/api/v1/conversations/{to}/{verb}", self.desk.url);
        let headers = [("authorization", &*self.bearer), ("idempotency-key", key)];
        post_json(&url, &headers, &body).await
    }
}

/// The code of a refusal.
fn code(answer: &Answer) -> String {
    let problem: Value = serde_json::from_str(&answer.text).unwrap_or_else(|error| {
        panic!("{error}: {} {}", answer.status, answer.text);
    });
    assert!(!problem["message"].as_str().unwrap().is_empty());
    problem["code"].as_str().unwrap().to_owned()
}

/// A visitor who waits for a person while somebody is there, and the handoff as the program of somebody who sees it reads it.
async fn waits(desk: &TestDesk, program: &Program<'_>) -> (VisitorActor, HandoffId) {
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    let path = format!("conversations/{}", visitor.conversation);
    let read = program.reads(&path).await;
    assert_eq!("pending", read["state"], "{read}");
    let handoff = read["handoff"].as_str().unwrap().parse().unwrap();
    (visitor, handoff)
}

#[tokio::test]
async fn a_program_takes_a_chat_answers_it_once_and_hands_it_back() {
    let desk = TestDesk::start().await;
    let _eve = desk.agent("Eve").await;
    let cookie = desk.signs_in("Ana").await;
    let program = Program::of(&desk, &cookie).await;
    let me = program.reads("me").await;
    assert_eq!(
        ("Ana", "agent"),
        (me["name"].as_str().unwrap(), me["role"].as_str().unwrap())
    );
    assert_eq!(json!(ALL), me["scopes"]);

    let (visitor, handoff) = waits(&desk, &program).await;
    let talk = visitor.conversation;
    let list = program.reads("conversations?view=pending").await;
    assert_eq!(talk.to_string(), list["conversations"][0]["id"], "{list}");
    assert_eq!(Value::Null, list["next"]);

    let claimed = program
        .sends(talk, "claim", json!({ "handoff": handoff }))
        .await;
    assert_eq!(200, claimed.status, "{}", claimed.text);
    let key = fresh_key().to_string();
    let hello = json!({ "text": "Hello from the **program**" });
    let first = program
        .sends_as(&key, talk, "messages", hello.clone())
        .await;
    let again = program.sends_as(&key, talk, "messages", hello).await;
    assert_eq!((200, &first.text), (again.status, &again.text));
    visitor.reads("Hello from the program").await;
    let other = program
        .sends_as(&key, talk, "messages", json!({ "text": "Else" }))
        .await;
    assert_eq!((422, "key_reused".to_owned()), (other.status, code(&other)));
    let note = program
        .sends(talk, "notes", json!({ "text": "A murrelet" }))
        .await;
    assert_eq!(200, note.status, "{}", note.text);

    let read = program
        .reads(&format!("conversations/{talk}/entries"))
        .await;
    let entries = read["entries"].as_array().unwrap();
    let texts: Vec<_> = entries
        .iter()
        .filter_map(|entry| entry["text"].as_str())
        .collect();
    assert_eq!(vec!["Hello from the **program**", "A murrelet"], texts);
    let seq: Value = serde_json::from_str(&first.text).unwrap();
    let path = format!(
        "conversations/{talk}/entries?after_seq={}&limit=1",
        seq["seq"]
    );
    let rest = program.reads(&path).await;
    assert_eq!("note", rest["entries"][0]["kind"], "{rest}");
    assert_eq!(
        (1, &json!(false)),
        (rest["entries"].as_array().unwrap().len(), &rest["more"])
    );

    let known = program
        .reads(&format!("conversations/{talk}/contact"))
        .await;
    assert_eq!(
        (json!(0), json!("")),
        (known["version"].clone(), known["email"]["text"].clone())
    );
    let done = json!({ "handoff": handoff, "outcome": "restored_to_ai" });
    let done = program.sends(talk, "resolve", done).await;
    assert_eq!(200, done.status, "{}", done.text);
    let over = program.reads(&format!("conversations/{talk}")).await;
    assert_eq!("resolved", over["state"]);
    let late = program
        .sends(talk, "release", json!({ "handoff": handoff }))
        .await;
    assert_eq!(409, late.status, "{}", late.text);
    // The visitor heard each word once, and nothing of the note.
    let heard = visitor.entries();
    let messages = heard
        .iter()
        .filter(|entry| matches!(entry.body, PublicBody::Message(_)));
    assert_eq!(1, messages.count());
    assert!(!format!("{heard:?}").contains("murrelet"));
}

#[tokio::test]
async fn of_two_programs_that_claim_at_once_one_gets_it_and_the_other_reads_who() {
    let desk = TestDesk::start().await;
    let _eve = desk.agent("Eve").await;
    let (ana, ben) = (desk.signs_in("Ana").await, desk.signs_in("Ben").await);
    let (ana, ben) = (
        Program::of(&desk, &ana).await,
        Program::of(&desk, &ben).await,
    );
    let (visitor, handoff) = waits(&desk, &ana).await;
    let body = json!({ "handoff": handoff });
    let (one, other) = tokio::join!(
        ana.sends(visitor.conversation, "claim", body.clone()),
        ben.sends(visitor.conversation, "claim", body),
    );
    let (winner, lost) = match one.status {
        200 => ("Ana", other),
        _ => ("Ben", one),
    };
    assert_eq!((409, "taken_by".to_owned()), (lost.status, code(&lost)));
    let lost: Value = serde_json::from_str(&lost.text).unwrap();
    assert_eq!(winner, lost["details"]["name"], "{lost}");
    assert!(lost["message"].as_str().unwrap().contains(winner), "{lost}");
}

#[tokio::test]
async fn a_token_is_shown_once_known_by_its_beginning_and_over_when_it_is_revoked() {
    let desk = TestDesk::start().await;
    let cookie = desk.signs_in("Ana").await;
    for (wrong, why) in [
        (
            json!({ "password": "not the one, surely" }),
            "password_wrong",
        ),
        (json!({ "name": " " }), "missing"),
        (json!({ "scopes": [] }), "scopes"),
    ] {
        let refused = makes(&desk, &cookie, wrong).await;
        assert_eq!(422, refused.status, "{}", refused.text);
        assert!(refused.text.contains(why), "{}", refused.text);
    }
    let secret = token_for(&desk, &cookie, &["read"]).await;
    assert!(
        secret.starts_with("baton_") && secret.len() == 70,
        "{secret}"
    );
    let listed = profile_as(&desk, &cookie).await.tokens;
    assert_eq!((1, None), (listed.len(), listed[0].last_used_at));
    assert!(secret.starts_with(&listed[0].beginning) && listed[0].beginning.len() == 10);
    assert!(listed[0].expires_at.is_some());

    let program = Program::with(&desk, &secret);
    program.reads("me").await;
    let mut used = None;
    for _ in 0..200 {
        used = profile_as(&desk, &cookie).await.tokens[0].last_used_at;
        if used.is_some() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(used.is_some(), "when it was used is kept");

    // Somebody else's is none of theirs.
    let ben = desk.signs_in("Ben").await;
    let revoke = json!({ "revoke_token": listed[0].id });
    let foreign = edits(&desk, &ben, revoke.clone()).await;
    assert!(foreign.text.contains("not_found"), "{}", foreign.text);
    let revoked = edits(&desk, &cookie, revoke).await;
    assert_eq!(200, revoked.status, "{}", revoked.text);
    let over = program.gets("me").await;
    assert_eq!(
        (401, "token_unknown".to_owned()),
        (over.status, code(&over))
    );
    assert!(over.headers.contains_key("www-authenticate"));
    let log = desk.asks_pages("load_audit", &json!({ "query": "" })).await;
    for word in ["token_made", "token_revoked", "Report (read)"] {
        assert!(log.text.contains(word), "{word}: {}", log.text);
    }
    assert!(!log.text.contains(&secret));
}

#[tokio::test]
async fn a_token_ends_when_it_was_made_to_and_one_without_an_end_does_not() {
    let desk = TestDesk::start().await;
    let cookie = desk.signs_in("Ana").await;
    let month = token_for(&desk, &cookie, &["read"]).await;
    let always = told(&makes(&desk, &cookie, json!({ "lasts": "always" })).await);
    let (month, always) = (Program::with(&desk, &month), Program::with(&desk, &always));
    desk.time_passes(Duration::from_secs(30 * 24 * 60 * 60 - 60));
    month.reads("me").await;
    desk.time_passes(Duration::from_secs(61));
    assert_eq!(401, month.gets("me").await.status);
    always.reads("me").await;
    let cookie = desk.signs_in_again("Ana").await;
    let listed = profile_as(&desk, &cookie).await.tokens;
    let expired: Vec<_> = listed.iter().map(|one| one.expired).collect();
    assert_eq!(vec![false, true], expired);
}

#[tokio::test]
async fn so_many_tokens_and_no_more() {
    let desk = TestDesk::start_with(|config| config.limits.sign_ins_per_minute = 100).await;
    let cookie = desk.signs_in("Ana").await;
    for _ in 0..domain::api_token::LIMIT {
        token_for(&desk, &cookie, &["read"]).await;
    }
    let more = makes(&desk, &cookie, json!({})).await;
    assert_eq!(422, more.status, "{}", more.text);
    assert!(more.text.contains("too_many"), "{}", more.text);
}

#[tokio::test]
async fn a_token_may_what_it_was_made_for_and_nothing_else() {
    let desk = TestDesk::start().await;
    let _eve = desk.agent("Eve").await;
    let cookie = desk.signs_in("Ana").await;
    let all = Program::of(&desk, &cookie).await;
    let (visitor, handoff) = waits(&desk, &all).await;
    let talk = visitor.conversation;
    let reads = token_for(&desk, &cookie, &["read"]).await;
    let reads = Program::with(&desk, &reads);
    for (verb, body, scope) in [
        ("messages", json!({ "text": "Hi" }), "reply"),
        ("notes", json!({ "text": "Hi" }), "reply"),
        ("claim", json!({ "handoff": handoff }), "handoffs"),
    ] {
        let refused = reads.sends(talk, verb, body).await;
        assert_eq!(
            (403, "scope_missing".to_owned()),
            (refused.status, code(&refused))
        );
        let problem: Value = serde_json::from_str(&refused.text).unwrap();
        assert_eq!(scope, problem["details"]["scope"]);
    }
    let contact = format!("conversations/{talk}/contact");
    assert_eq!(403, reads.gets(&contact).await.status);
    let writes = token_for(&desk, &cookie, &["reply"]).await;
    let writes = Program::with(&desk, &writes);
    assert_eq!(403, writes.gets("conversations").await.status);
    writes.reads("me").await;
}

#[tokio::test]
async fn what_the_agent_may_not_see_is_not_there_and_a_cookie_is_no_token() {
    let desk = TestDesk::start().await;
    let _eve = desk.agent("Eve").await;
    let cookie = desk.signs_in("Ana").await;
    let all = Program::of(&desk, &desk.owner).await;
    let (visitor, _) = waits(&desk, &all).await;
    let ana = Program::of(&desk, &cookie).await;
    let path = format!("conversations/{}", visitor.conversation);
    ana.reads(&path).await;
    let me = ana.reads("me").await;
    let assigned = Assigned::Only(Vec::new());
    let body = json!({ "agent": me["id"], "assigned": assigned });
    let saved = desk.asks_pages("save_assignment", &body).await;
    assert_eq!(200, saved.status, "{}", saved.text);
    for path in [
        path.clone(),
        format!("{path}/entries"),
        "conversations/7".to_owned(),
    ] {
        let gone = ana.gets(&path).await;
        assert_eq!(
            (404, "not_found".to_owned()),
            (gone.status, code(&gone)),
            "{path}"
        );
    }
    let hello = ana
        .sends(visitor.conversation, "messages", json!({ "text": "Hi" }))
        .await;
    assert_eq!(404, hello.status, "{}", hello.text);
    let list = ana.reads("conversations").await;
    assert_eq!(json!([]), list["conversations"]);

    let url = format!("{}/api/v1/{path}", desk.url);
    let alone = get(&url, &[("cookie", &desk.owner)]).await;
    assert_eq!(
        (401, "token_unknown".to_owned()),
        (alone.status, code(&alone))
    );
    assert!(!alone.headers.contains_key("access-control-allow-origin"));
}

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

#[tokio::test]
async fn a_list_is_read_page_by_page() {
    let desk = TestDesk::start().await;
    let _eve = desk.agent("Eve").await;
    let program = Program::of(&desk, &desk.owner).await;
    let mut waiting = Vec::new();
    for _ in 0..3 {
        let (visitor, _) = waits(&desk, &program).await;
        waiting.push(visitor.conversation.to_string());
    }
    let (mut found, mut cursor) = (Vec::new(), String::new());
    for _ in 0..3 {
        let page = program
            .reads(&format!("conversations?limit=1{cursor}"))
            .await;
        found.push(page["conversations"][0]["id"].as_str().unwrap().to_owned());
        cursor = match page["next"].as_str() {
            Some(next) => format!("&cursor={next}"),
            None => String::new(),
        };
    }
    assert_eq!(waiting, found);
    assert_eq!("", cursor);

    // As many at once as the document says, and no more.
    let answer = get(&format!("{}/api/v1/openapi.json", desk.url), &[]).await;
    let document: Value = serde_json::from_str(&answer.text).unwrap();
    let entries = format!("conversations/{}/entries", waiting[0]);
    for (told, path) in [
        ("conversations", "conversations"),
        ("conversations/{id}/entries", &*entries),
    ] {
        let told = &document["paths"][format!("/api/v1/{told}")]["get"]["parameters"];
        let mut told = told.as_array().unwrap().iter();
        let limit = told.find(|one| one["name"] == "limit").unwrap();
        let most = limit["schema"]["maximum"].as_f64().unwrap();
        program.reads(&format!("{path}?limit={most}")).await;
        let more = program.gets(&format!("{path}?limit={}", most + 1.0)).await;
        assert_eq!(400, more.status, "{}", more.text);
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
async fn without_the_module_every_token_is_refused_with_a_sentence() {
    let desk = TestDesk::start().await;
    let cookie = desk.signs_in_as("Ada", Role::Admin).await;
    let ada = Program::of(&desk, &cookie).await;
    let olga = Program::of(&desk, &desk.owner).await;
    for (on, presets, refused) in [
        (true, vec!["admin"], "your role"),
        (false, Vec::new(), "this workspace"),
    ] {
        let rule = json!({ "module": "api", "on": on, "presets": presets, "roles": [] });
        let done = desk
            .asks_pages("save_module", &json!({ "rule": rule }))
            .await;
        assert_eq!(200, done.status, "{}", done.text);
        let off = ada.gets("me").await;
        assert_eq!((403, "switched_off".to_owned()), (off.status, code(&off)));
        assert!(
            off.text.contains(refused) && off.text.contains("Olga"),
            "{}",
            off.text
        );
        assert_eq!(if on { 200 } else { 403 }, olga.gets("me").await.status);
        let made = makes(&desk, &cookie, json!({})).await;
        assert!(made.text.contains("SwitchedOff"), "{}", made.text);
        // The page says it before anybody tries.
        let why = profile_as(&desk, &cookie).await.api_off.unwrap();
        assert_eq!((Module::Api, !on), (why.module, why.everywhere));
        assert!(why.by.contains(&"Olga Owner".to_owned()), "{why:?}");
        let owners = profile_as(&desk, &desk.owner).await.api_off;
        assert_eq!(!on, owners.is_some());
    }
    let rule = json!({ "module": "api", "on": true, "presets": [], "roles": [] });
    let body = json!({ "rule": rule });
    assert_eq!(200, desk.asks_pages("save_module", &body).await.status);
    assert_eq!(None, profile_as(&desk, &cookie).await.api_off);
    ada.reads("me").await;
}

#[tokio::test]
async fn a_token_that_is_revoked_while_a_message_comes_says_nothing() {
    let desk = TestDesk::start().await;
    let cookie = desk.signs_in("Ana").await;
    let _eve = desk.agent("Eve").await;
    let program = Program::of(&desk, &cookie).await;
    let (visitor, _) = waits(&desk, &program).await;
    let body = json!({ "text": "I was revoked" }).to_string();
    let (first, rest) = body.split_at(5);
    let head = format!(
        "POST /api/v1/conversations/{}/messages HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\
         Authorization: {}\r\nIdempotency-Key: {}\r\nContent-Length: {}\r\n\r\n{first}",
        visitor.conversation,
        program.bearer,
        fresh_key(),
        body.len()
    );
    let mut slow = raw(&desk, &head).await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    let token = profile_as(&desk, &cookie).await.tokens[0].id;
    let revoked = edits(&desk, &cookie, json!({ "revoke_token": token })).await;
    assert_eq!(200, revoked.status, "{}", revoked.text);
    slow.write_all(rest.as_bytes()).await.unwrap();
    let said = until_the_end(slow).await;
    assert!(said.starts_with("HTTP/1.1 401"), "{said}");
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

#[tokio::test]
async fn whoever_is_let_go_takes_their_programs_along() {
    let desk = TestDesk::start().await;
    let cookie = desk.signs_in("Ana").await;
    let program = Program::of(&desk, &cookie).await;
    let me = program.reads("me").await;
    let team = desk.asks_pages("load_team", &json!({})).await;
    let team: Value = serde_json::from_str(&team.text).unwrap();
    let mut members = team["members"].as_array().unwrap().iter();
    let member = members.find(|one| one["id"] == me["id"]).unwrap();
    for (active, add) in [(false, 0), (true, 1)] {
        let version = member["version"].as_u64().unwrap() + add;
        let body = json!({ "agent": me["id"], "version": version, "active": active });
        let done = desk.asks_pages("set_active", &body).await;
        assert_eq!(200, done.status, "{}", done.text);
        assert_eq!(401, program.gets("me").await.status, "active: {active}");
    }
    let all = "Report (read, reply, handoffs, contacts)".to_owned();
    let by_olga = ("Olga Owner".to_owned(), vec![all]);
    assert_eq!(vec![by_olga], told_ends(&desk).await);
}

/// The record of tokens that ended: whose doing it was, and what ended.
async fn told_ends(desk: &TestDesk) -> Vec<(String, Vec<String>)> {
    let body = json!({ "query": "kind=token_revoked" });
    let log = desk.asks_pages("load_audit", &body).await;
    let log: AuditView = serde_json::from_str(&log.text).unwrap();
    let rows = log.rows.into_iter().map(|row| {
        let ended = row.changes.into_iter().map(|change| change.before);
        (row.name, ended.collect())
    });
    rows.collect()
}

#[tokio::test]
async fn another_password_ends_every_program_and_signing_out_elsewhere_none() {
    const OTHER: &str = "two grey herons on a roof";
    let desk = TestDesk::start_with(|config| config.limits.sign_ins_per_minute = 100).await;
    let cookie = desk.signs_in("Ana").await;
    let ben = Program::of(&desk, &desk.signs_in("Ben").await).await;
    let first = Program::of(&desk, &cookie).await;
    let second = Program::with(&desk, &token_for(&desk, &cookie, &["read"]).await);
    let me = first.reads("me").await;
    let alone = edits(&desk, &cookie, json!({ "end_sign_ins": null })).await;
    assert_eq!(200, alone.status, "{}", alone.text);
    first.reads("me").await;

    let form = json!({ "password": { "current": PASSWORD, "new": OTHER } });
    let changed = edits(&desk, &cookie, form).await;
    assert_eq!(200, changed.status, "{}", changed.text);
    for program in [&first, &second] {
        assert_eq!(401, program.gets("me").await.status);
    }
    assert!(profile_as(&desk, &cookie).await.tokens.is_empty());
    let all = "Report (read, reply, handoffs, contacts)".to_owned();
    let read = "Report (read)".to_owned();
    let by_ana = ("Ana".to_owned(), vec![all, read.clone()]);
    assert_eq!(vec![by_ana.clone()], told_ends(&desk).await);

    // By a link, whoever had the account before.
    let form = json!({ "password": OTHER });
    let third = Program::with(&desk, &told(&makes(&desk, &cookie, form).await));
    third.reads("me").await;
    let body = json!({ "agent": me["id"] });
    let link = desk.asks_pages("make_reset", &body).await;
    let link: InviteLink = serde_json::from_str(&link.text).unwrap();
    let link = link.link.unwrap();
    let (_, secret) = link.split_once('#').unwrap();
    third.reads("me").await;
    let form = json!({ "form": { "token": secret, "password": PASSWORD } });
    let reset = desk.asks_pages_as("", "reset_password", &form).await;
    assert_eq!(200, reset.status, "{}", reset.text);
    assert_eq!(401, third.gets("me").await.status);
    let by_link = ("Ana".to_owned(), vec![read]);
    assert_eq!(vec![by_link, by_ana], told_ends(&desk).await);
    ben.reads("me").await;
}

/// What the team's page says of the tokens of members: whose, and what for.
async fn tokens_of_team(desk: &TestDesk, cookie: &str) -> Vec<(AgentId, TokenView)> {
    let team = desk.asks_pages_as(cookie, "load_team", &json!({})).await;
    let team: TeamView = serde_json::from_str(&team.text).expect(&team.text);
    team.tokens
}

#[tokio::test]
async fn who_keeps_the_team_sees_what_programs_a_member_has_and_takes_a_token_back() {
    let desk = TestDesk::start().await;
    let ana = desk.signs_in("Ana").await;
    let ada = desk.signs_in_as("Ada", Role::Admin).await;
    let secret = token_for(&desk, &ana, &["read", "contacts"]).await;
    let program = Program::with(&desk, &secret);
    let me = program.reads("me").await;
    let of_owner = Program::of(&desk, &desk.owner).await;
    let seen = tokens_of_team(&desk, &desk.owner).await;
    assert_eq!(2, seen.len());
    let of = |id: &Value| {
        let mut seen = seen.iter();
        let found = seen.find(|(agent, _)| agent.to_string() == id.as_str().unwrap());
        found.map(|(_, token)| token.clone()).unwrap()
    };
    let token = of(&me["id"]);
    assert_eq!("Report", token.name);
    assert_eq!(vec![Scope::Read, Scope::Contacts], token.scopes);
    assert!(!token.expired && token.expires_at.is_some());
    let page = desk.asks_pages_as(&ada, "load_team", &json!({})).await;
    assert!(!page.text.contains(&secret), "the token itself is nowhere");

    // An agent keeps no team, and an admin no owner.
    let revoke = |token: &TokenView| json!({ "revoke_token_of": token.id });
    let owners = of(&of_owner.reads("me").await["id"]);
    let seen = tokens_of_team(&desk, &ada).await;
    let seen: Vec<_> = seen.iter().map(|(_, seen)| seen.id).collect();
    assert_eq!(vec![token.id], seen, "an admin sees nothing of an owner's");
    for (cookie, token) in [(&ana, &owners), (&ana, &token), (&ada, &owners)] {
        let refused = edits(&desk, cookie, revoke(token)).await;
        assert!(refused.text.contains("not_allowed"), "{}", refused.text);
    }
    program.reads("me").await;
    let done = edits(&desk, &ada, revoke(&token)).await;
    assert_eq!(200, done.status, "{}", done.text);
    assert_eq!(401, program.gets("me").await.status);
    let again = edits(&desk, &ada, revoke(&token)).await;
    assert!(again.text.contains("not_found"), "{}", again.text);
    assert_eq!(1, tokens_of_team(&desk, &desk.owner).await.len());
    let by_ada = ("Ada".to_owned(), vec!["Report (read, contacts)".to_owned()]);
    assert_eq!(vec![by_ada], told_ends(&desk).await);
    of_owner.reads("me").await;
}

#[tokio::test]
async fn every_endpoint_stands_in_the_document_and_nothing_else() {
    let desk = TestDesk::start().await;
    let answer = get(&format!("{}/api/v1/openapi.json", desk.url), &[]).await;
    let document: Value = serde_json::from_str(&answer.text).unwrap();
    assert!(document["openapi"].as_str().unwrap().starts_with("3."));
    let mut told = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            told.push((method.to_uppercase(), path.clone()));
            assert!(operation["summary"].is_string(), "{method} {path}");
            let open = path.ends_with("openapi.json");
            assert_eq!(open, operation.get("security").is_none(), "{method} {path}");
            for status in ["401", "403", "429"].iter().filter(|_| !open) {
                let content = &operation["responses"][*status]["content"];
                let problem = &content["application/json"]["schema"]["$ref"];
                assert_eq!("#/components/schemas/Problem", problem, "{method} {path}");
            }
        }
    }
    told.sort();
    let served = addresses().into_iter();
    let served = served.filter(|(_, path)| path.starts_with("/api/"));
    let mut served: Vec<_> = served
        .map(|(method, path)| (method.to_owned(), path.into_owned()))
        .collect();
    served.sort();
    assert_eq!(served, told);
    // Every schema that is named is there.
    for name in answer.text.split("#/components/schemas/").skip(1) {
        let name = name.split('"').next().unwrap();
        assert!(
            document["components"]["schemas"].get(name).is_some(),
            "{name}"
        );
    }
    assert_eq!(
        "bearer",
        document["components"]["securitySchemes"]["token"]["scheme"]
    );
}
