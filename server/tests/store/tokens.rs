//! Tokens of programs that are made at the moment at which everything of their agent ends.

use std::time::Duration;

use domain::Refusal;
use protocol::api_token::Scope;
use protocol::{AgentId, ApiTokenId, Timestamp};
use sea_orm::{ConnectionTrait as _, TransactionTrait as _};
use server::store::{Failed, NewApiToken, NewSignIn, SignInId, Which};

use crate::desk::{BEGINNING, Desk, fresh_id, token};

const NOW: Timestamp = Timestamp(BEGINNING);

async fn signs_in(desk: &Desk, agent: AgentId) -> SignInId {
    let id = SignInId(fresh_id());
    let begun = desk.store.begin_sign_in(NewSignIn {
        id,
        workspace: desk.workspace,
        agent,
        token_hash: token(),
        created_at: NOW,
        expires_at: Timestamp(BEGINNING + 60_000),
        user_agent: String::new(),
        ip: "127.0.0.1".to_owned(),
    });
    begun.await.unwrap();
    id
}

async fn makes(desk: &Desk, agent: AgentId, sign_in: SignInId) -> Result<(), Failed> {
    let made = desk.store.make_api_token(NewApiToken {
        id: ApiTokenId(fresh_id()),
        workspace: desk.workspace,
        agent,
        sign_in,
        password_hash: "hash".to_owned(),
        name: "Report".to_owned(),
        token_hash: token(),
        beginning: "baton_1234".to_owned(),
        scopes: vec![Scope::Read],
        created_at: NOW,
        expires_at: None,
    });
    made.await
}

const TOKENS: &str = "SELECT count(*) FROM api_tokens";

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_being_made_while_all_sign_ins_end_ends_with_them() {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana").await;
    let of = (desk.workspace, ana);
    // Another process that makes a token, as far as before its commit.
    let other = desk.place.by_hand().await;
    let making = other.begin().await.unwrap();
    let (agent, workspace) = (desk.place.id(ana.0), desk.place.id(desk.workspace.0));
    let id = desk.place.id(fresh_id());
    let hash = if desk.place.is_sqlite() {
        "x'07'"
    } else {
        "'\\x07'"
    };
    for sql in [
        format!("UPDATE agents SET name = name WHERE id = {agent}"),
        format!(
            "INSERT INTO api_tokens (id, workspace_id, agent_id, name, token_hash, beginning, scopes, created_at) \
             VALUES ({id}, {workspace}, {agent}, 'Report', {hash}, 'baton_1234', '[\"read\"]', 1)"
        ),
    ] {
        making.execute_unprepared(&sql).await.unwrap();
    }
    let store = desk.store.clone();
    let ending = tokio::spawn(async move { store.end_sign_ins(of, Which::All, NOW).await });
    tokio::time::sleep(Duration::from_millis(300)).await;
    making.commit().await.unwrap();
    ending.await.unwrap().unwrap();
    other.close().await.unwrap();
    assert_eq!(0, desk.count(TOKENS).await);
}

#[tokio::test]
async fn who_was_signed_out_meanwhile_makes_no_token() {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana").await;
    let sign_in = signs_in(&desk, ana).await;
    makes(&desk, ana, sign_in).await.unwrap();
    let of = (desk.workspace, ana);
    desk.store.end_sign_ins(of, Which::All, NOW).await.unwrap();
    let late = makes(&desk, ana, sign_in).await;
    assert_eq!(Err(Failed::Refused(Refusal::SignInOver)), late);
    let others = signs_in(&desk, desk.owner).await;
    let not_own = makes(&desk, ana, others).await;
    assert_eq!(Err(Failed::Refused(Refusal::SignInOver)), not_own);
    assert_eq!(0, desk.count(TOKENS).await);
}
