//! A token is made, holds for what it is for, and is taken back.

use std::time::Duration;

use protocol::module::Module;
use protocol::permission::Permission;
use protocol::person::Role;
use protocol::profile::NoApi;
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt as _;

use super::{Program, code, makes, token_for, told, waits};
use crate::actors::{TestDesk, fresh_key, get};
use crate::floods::{raw, until_the_end};
use crate::profile::{edits, profile_as};
use crate::roles;

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
        let why = match profile_as(&desk, &cookie).await.api_off {
            Some(NoApi::SwitchedOff(why)) => why,
            other => panic!("{other:?}"),
        };
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
async fn whose_own_role_lets_no_program_in_reads_so_where_tokens_are_made() {
    let desk = TestDesk::start().await;
    let cookie = desk.signs_in("Ana").await;
    let program = Program::of(&desk, &cookie).await;
    let role = roles::makes(&desk, "No programs", Role::Agent, &[Permission::UseApi]).await;
    for (own, may) in [(json!(role.id), false), (Value::Null, true)] {
        let given = roles::gives(&desk, &desk.owner, "Ana", Role::Agent, own).await;
        assert_eq!(200, given.status, "{}", given.text);
        let why = profile_as(&desk, &cookie).await.api_off;
        assert_eq!((!may).then_some(NoApi::Role), why);
        let page = format!("{}/profile/tokens", desk.url);
        let page = get(&page, &[("cookie", &cookie)]).await;
        assert_eq!(200, page.status);
        // The page brings all words along, in front of what it shows.
        let (_, shown) = page.text.rsplit_once("<main").unwrap();
        let told = shown.contains("Your role lets no program act as you");
        let form = shown.contains("name=\"lasts\"");
        assert_eq!((!may, may), (told, form), "{shown}");
        let made = makes(&desk, &cookie, json!({})).await;
        assert_eq!(may, made.status == 200, "{}", made.text);
        if may {
            program.reads("me").await;
            continue;
        }
        let refused = program.gets("me").await;
        let refused = (refused.status, code(&refused));
        assert_eq!((403, "not_allowed".to_owned()), refused);
    }
}
