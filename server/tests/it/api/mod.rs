//! Programs act as agents, with tokens: what they read and write, and what they are refused.

mod chats;
mod document;
mod ends;
mod refused;
mod tokens;

use protocol::api_token::Scope;
use protocol::{ConversationId, HandoffId};
use serde_json::{Value, json};

use crate::actors::{Answer, TestDesk, VisitorActor, fresh_key, get, post_json};
use crate::profile::edits;

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
