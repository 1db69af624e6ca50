//! Modules are switched for the workspace and for roles: the server keeps to it, whatever a page shows.

use protocol::Refusal;
use protocol::agent::AgentCommand;
use protocol::close;
use protocol::module::{Module, ModuleRule, ModulesView};
use protocol::person::Role;
use protocol::team::TeamView;
use serde_json::{Value, json};

use crate::actors::{AgentActor, Answer, TestDesk, get};

async fn switches(desk: &TestDesk, cookie: &str, rule: Value) -> Answer {
    let body = json!({ "rule": rule });
    desk.asks_pages_as(cookie, "save_module", &body).await
}

fn rule(module: &str, on: bool, presets: &[&str]) -> Value {
    json!({ "module": module, "on": on, "presets": presets, "roles": [] })
}

async fn is_switched(desk: &TestDesk, rule: Value) -> Vec<ModuleRule> {
    let done = switches(desk, &desk.owner, rule).await;
    let view: ModulesView = serde_json::from_str(&done.text).expect(&done.text);
    view.rules
}

#[tokio::test]
async fn without_live_chat_nobody_new_asks_for_a_person_and_who_waits_is_answered() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    let mut waits = desk.visitor().await;
    waits.asks_for_human().await.unwrap();
    let handoff = ana.sees_pending(waits.conversation).await;

    let rules = is_switched(&desk, rule("live_chat", false, &[])).await;
    assert!(!rules[0].on, "{rules:?}");
    let mut late = desk.visitor().await;
    let welcome = late.starts(protocol::PublicSeq(0)).await;
    assert_eq!(None, welcome.widget.handoff_button);
    assert!(late.asks_for_human().await.is_err());
    ana.claims(waits.conversation, handoff).await.unwrap();

    is_switched(&desk, rule("live_chat", true, &[])).await;
    late.asks_for_human().await.unwrap();
    ana.sees_pending(late.conversation).await;
}

#[tokio::test]
async fn settings_say_which_modules_are_off_and_who_can_switch_them_on() {
    let desk = TestDesk::start().await;
    assert!(desk.settings().await.off.is_empty());
    is_switched(&desk, rule("live_chat", false, &[])).await;
    let off = desk.settings().await.off;
    assert_eq!(
        (1, Module::LiveChat, true),
        (off.len(), off[0].module, off[0].everywhere)
    );
    assert_eq!(vec!["Olga Owner"], off[0].by);
}

#[tokio::test]
async fn without_the_assistant_whoever_writes_waits_for_a_person() {
    let desk = TestDesk::start().await;
    let ana = desk.agent("Ana").await;
    is_switched(&desk, rule("assistant", false, &[])).await;
    let mut visitor = desk.visitor().await;
    visitor.says("What does shipping cost?").await.unwrap();
    ana.sees_pending(visitor.conversation).await;

    is_switched(&desk, rule("assistant", true, &[])).await;
    let mut other = desk.visitor().await;
    let seq = other.says("What does shipping cost?").await.unwrap();
    other.hears_the_ai(seq).await;
}

#[tokio::test]
async fn a_role_without_a_module_has_nothing_of_it_and_the_page_says_why() {
    let desk = TestDesk::start().await;
    let cookie = desk.signs_in_as("Ada", Role::Admin).await;
    let mut ada = AgentActor::connects(&desk.url, "Ada", cookie.clone()).await;
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    let conversation = visitor.conversation;
    let handoff = ada.sees_pending(conversation).await;

    is_switched(&desk, rule("live_chat", true, &["admin"])).await;
    assert_eq!(Some(close::RESUME), ada.client.is_closed().await);
    ada.comes_back(Vec::new()).await;
    let claimed = ada.claims(conversation, handoff).await;
    assert_eq!(Err(Refusal::NotAllowed), claimed.map(drop));

    is_switched(&desk, rule("erasing", true, &["admin"])).await;
    assert_eq!(Some(close::RESUME), ada.client.is_closed().await);
    ada.comes_back(Vec::new()).await;
    let erased = ada.asks(|key| AgentCommand::Erase {
        conversation,
        key,
        subject: protocol::erasure::Subject::Conversation,
    });
    assert_eq!(Err(Refusal::NotAllowed), erased.await.map(drop));
    let page = get(&format!("{}/erasures", desk.url), &[("cookie", &cookie)]).await;
    assert!(
        page.text.contains("is switched off for your role."),
        "{}",
        page.text
    );
    assert!(page.text.contains("Olga"), "who can switch it on");

    // What admins are without, owners say.
    let back = switches(&desk, &cookie, rule("erasing", true, &[])).await;
    assert!(back.text.contains("not_allowed"), "{}", back.text);
    is_switched(&desk, rule("erasing", true, &[])).await;
    let body = json!({ "before": null });
    let again = desk.asks_pages_as(&cookie, "load_erasures", &body).await;
    assert_eq!(200, again.status, "{}", again.text);
}

#[tokio::test]
async fn a_module_that_is_off_is_off_for_owners_too_and_comes_back() {
    let desk = TestDesk::start().await;
    is_switched(&desk, rule("audit", false, &[])).await;
    let body = json!({ "query": "" });
    let off = desk.asks_pages("load_audit", &body).await;
    assert!(off.text.contains("SwitchedOff"), "{}", off.text);
    let file = get(
        &format!("{}/audit/export.csv", desk.url),
        &[("cookie", &desk.owner)],
    )
    .await;
    assert_ne!(200, file.status);
    // Who joins meanwhile is without it as well, and can be invited.
    let invite = json!({ "form": { "email": "new@example.org", "role": "admin" } });
    let invited = desk.asks_pages("invite", &invite).await;
    assert_eq!(200, invited.status, "{}", invited.text);
    let cookie = desk.signs_in_as("Ada", Role::Admin).await;
    let off = desk.asks_pages_as(&cookie, "load_audit", &body).await;
    assert!(off.text.contains("SwitchedOff"), "{}", off.text);

    let done = switches(&desk, &cookie, rule("audit", true, &[])).await;
    assert_eq!(200, done.status, "{}", done.text);
    for cookie in [&cookie, &desk.owner] {
        let on = desk.asks_pages_as(cookie, "load_audit", &body).await;
        assert!(on.text.contains("module_switched"), "{}", on.text);
    }
    let team = desk.asks_pages("load_team", &json!({})).await;
    let team: TeamView = serde_json::from_str(&team.text).unwrap();
    assert!(team.rules.iter().all(|rule| rule.on));
}

#[tokio::test]
async fn only_who_keeps_the_team_switches_and_never_for_owners() {
    let desk = TestDesk::start().await;
    let sue = desk.signs_in_as("Sue", Role::Supervisor).await;
    let refused = switches(&desk, &sue, rule("audit", false, &[])).await;
    assert!(refused.text.contains("not_allowed"), "{}", refused.text);
    for wrong in [
        rule("audit", true, &["owner"]),
        rule("assistant", true, &["agent"]),
    ] {
        let refused = switches(&desk, &desk.owner, wrong).await;
        assert_eq!(422, refused.status, "{}", refused.text);
    }
}
