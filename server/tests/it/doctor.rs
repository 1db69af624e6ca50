//! The doctor says why a chat did not reach somebody.

use protocol::doctor::{CheckKind, Diagnosis};

use crate::actors::TestDesk;

async fn diagnosis(desk: &TestDesk, cookie: &str, conversation: &str) -> Result<Diagnosis, String> {
    let body = serde_json::json!({ "conversation": conversation });
    let answer = desk.asks_pages_as(cookie, "load_diagnosis", &body).await;
    serde_json::from_str(&answer.text).map_err(|_| answer.text)
}

#[tokio::test]
async fn the_owner_reads_of_everybody_which_check_failed() {
    let desk = TestDesk::start().await;
    let ana = desk.agent("Ana").await;
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    ana.sees_pending(visitor.conversation).await;

    let found = diagnosis(&desk, &desk.owner, &visitor.conversation.to_string())
        .await
        .unwrap();

    let names: Vec<_> = found
        .agents
        .iter()
        .map(|one| one.face.name.as_str())
        .collect();
    assert_eq!(vec!["Ana", "Olga Owner"], names);
    assert!(found.agents[0].checks.iter().all(|check| check.passed));
    let failed: Vec<_> = found.agents[1]
        .checks
        .iter()
        .filter(|check| !check.passed)
        .collect();
    assert_eq!(1, failed.len(), "{failed:?}");
    assert_eq!(
        (CheckKind::Online, "Has not opened the inbox yet."),
        (failed[0].kind, &*failed[0].found.to_string())
    );
}

#[tokio::test]
async fn somebody_whose_password_is_guessed_is_named_and_what_helps() {
    let desk = TestDesk::start().await;
    let ana = desk.agent("Ana").await;
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    ana.sees_pending(visitor.conversation).await;
    let conversation = visitor.conversation.to_string();
    for _ in 0..12 {
        assert!(!desk.lets_in("ana@example.org", "not hers").await);
    }
    // Nobody waits for them to be counted.
    let mut found = String::new();
    for _ in 0..500 {
        let all = diagnosis(&desk, &desk.owner, &conversation).await.unwrap();
        assert!(all.agents[1].sign_ins.passed, "nobody tried as Olga");
        assert!(all.agents[0].checks.iter().all(|check| check.passed));
        found = all.agents[0].sign_ins.found.to_string();
        if found.starts_with("12 ") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    assert!(
        found.starts_with("12 sign-ins were refused lately, for a wrong password or a wrong code.")
            && found.contains("a new password and two steps"),
        "{found}"
    );
}

#[tokio::test]
async fn an_agent_reads_of_themselves_only_and_a_foreign_conversation_does_not_exist() {
    let desk = TestDesk::start().await;
    let ana = desk.agent("Ana").await;
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    ana.sees_pending(visitor.conversation).await;

    let found = diagnosis(&desk, &ana.cookie, &visitor.conversation.to_string())
        .await
        .unwrap();
    assert_eq!(1, found.agents.len());
    assert_eq!(ana.id, found.agents[0].agent);

    let unknown = crate::actors::fresh_key().0.to_string();
    let refused = diagnosis(&desk, &ana.cookie, &unknown).await.unwrap_err();
    assert!(refused.contains("does not exist"), "{refused}");
    let refused = diagnosis(&desk, "baton=nobody", &unknown)
        .await
        .unwrap_err();
    assert!(refused.contains("SignInNeeded"), "{refused}");
}
