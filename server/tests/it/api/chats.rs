//! Programs read conversations and answer them, as their agent could.

use protocol::entry::PublicBody;
use protocol::person::Assigned;
use serde_json::{Value, json};

use super::{ALL, Program, code, waits};
use crate::actors::{TestDesk, fresh_key, get};

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
        (401, "token_missing".to_owned()),
        (alone.status, code(&alone))
    );
    assert!(!alone.headers.contains_key("access-control-allow-origin"));
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
        assert_eq!((400, "malformed".to_owned()), (more.status, code(&more)));
        assert!(more.text.contains(&most.to_string()), "{}", more.text);
    }
}
