//! What ends tokens besides their agent: being let go, another password, and who keeps the team.

use protocol::AgentId;
use protocol::api_token::{Scope, TokenView};
use protocol::audit::AuditView;
use protocol::person::Role;
use protocol::team::{InviteLink, TeamView};
use serde_json::{Value, json};

use super::{PASSWORD, Program, makes, token_for, told};
use crate::actors::TestDesk;
use crate::profile::{edits, profile_as};

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
