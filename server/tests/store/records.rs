//! What is written rarely: team, sign-ins, visits, knowledge.

use domain::agent::Assigned;
use protocol::person::{Availability, Role};
use protocol::{AgentId, ChatbotId, SessionId, Timestamp};
use server::store::{
    Added, NewAgent, NewPassage, NewSignIn, NewSource, NewVisit, SignInId, VisitRow, Visiting,
};

use crate::desk::{BEGINNING, Desk, fresh_id, token, visit};

#[tokio::test]
async fn the_first_run_makes_a_workspace_an_owner_and_a_chatbot() {
    let desk = Desk::start().await;
    let store = &desk.store;

    assert!(store.workspace_exists().await.unwrap());
    let workspace = store.first_workspace().await.unwrap().unwrap();
    assert_eq!(
        (desk.workspace, "Harbour"),
        (workspace.id, workspace.name.as_str())
    );
    let me = store.me(desk.owner).await.unwrap().unwrap();
    assert_eq!(
        ("Olga", "olga@example.org"),
        (me.name.as_str(), me.email.as_str())
    );
    assert_eq!(
        (Role::Owner, "Harbour"),
        (me.role, me.workspace_name.as_str())
    );
    let owner = store.agent(desk.owner).await.unwrap().unwrap();
    assert_eq!(
        (Assigned::All, 3, 0),
        (owner.assigned, owner.chat_limit, owner.load)
    );
    let chatbots = store.chatbots(desk.workspace).await.unwrap();
    assert_eq!(1, chatbots.len());
    let greeting = domain::settings::defaults().messages.texts.greeting;
    assert_eq!(greeting, chatbots[0].settings.messages.texts.greeting);
    let chatbot = store.chatbot(desk.chatbot).await.unwrap();
    assert_eq!(Some(&chatbots[0]), chatbot.as_ref());
    assert_eq!(None, store.chatbot(ChatbotId(fresh_id())).await.unwrap());
}

#[tokio::test]
async fn an_address_is_found_in_any_spelling_and_given_to_one_agent() {
    let desk = Desk::start().await;
    let secret = desk
        .store
        .agent_by_email(" OLGA@example.ORG")
        .await
        .unwrap()
        .unwrap();
    assert_eq!((desk.owner, desk.workspace), (secret.id, secret.workspace));
    assert_eq!("hash", secret.password_hash);
    assert!(
        desk.store
            .agent_by_email("ana@example.org")
            .await
            .unwrap()
            .is_none()
    );

    let again = desk.store.add_agent(NewAgent {
        id: AgentId(fresh_id()),
        workspace: desk.workspace,
        name: "Olga Two".to_owned(),
        email: "olga@EXAMPLE.org".to_owned(),
        password_hash: "other".to_owned(),
        role: Role::Agent,
        custom: None,
        assigned: Assigned::All,
        chat_limit: 3,
        mails: false,
    });
    assert_eq!(Added::EmailTaken, again.await.unwrap());
    assert_eq!(1, desk.store.team(desk.workspace).await.unwrap().len());
}

#[tokio::test]
async fn the_team_is_listed_by_name_with_what_each_chose() {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana").await;
    desk.store
        .set_chosen(desk.workspace, ana, Availability::Away)
        .await
        .unwrap();
    let elsewhere = protocol::WorkspaceId(fresh_id());
    desk.store
        .set_chosen(elsewhere, desk.owner, Availability::Offline)
        .await
        .unwrap();

    let team = desk.store.team(desk.workspace).await.unwrap();
    let team: Vec<_> = team
        .iter()
        .map(|row| (row.name.as_str(), row.role, row.chosen))
        .collect();
    let ana_row = ("Ana", Role::Agent, Availability::Away);
    let olga_row = ("Olga", Role::Owner, Availability::Online);
    assert_eq!(vec![ana_row, olga_row], team);
}

#[tokio::test]
async fn a_disabled_agent_cannot_sign_in_or_act_and_is_remembered_by_name() {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana").await;
    let (guest, handoff) = desk.waiting_guest().await;
    let hash = token();
    desk.store
        .begin_sign_in(sign_in(&desk, ana, hash))
        .await
        .unwrap();
    let id = desk.place.id(ana.0);
    desk.place
        .run(&format!(
            "UPDATE agents SET disabled_at = 1 WHERE id = {id}"
        ))
        .await;

    let email = format!("{ana}@example.org");
    assert!(desk.store.agent_by_email(&email).await.unwrap().is_none());
    assert!(
        desk.store
            .sign_in_by_token(&hash, Timestamp(BEGINNING))
            .await
            .unwrap()
            .is_none()
    );
    assert!(desk.store.agent(ana).await.unwrap().is_none());
    assert!(desk.store.me(ana).await.unwrap().is_none());
    assert_eq!(1, desk.store.team(desk.workspace).await.unwrap().len());
    let claim = desk.store.submit(guest.is_claimed_by(ana, handoff)).await;
    assert_eq!(Err(domain::Refusal::NotFound.into()), claim);
    let names = desk.store.agent_names().await.unwrap();
    assert!(names.contains(&(ana, "Ana".to_owned())));
}

fn sign_in(desk: &Desk, agent: AgentId, token_hash: [u8; 32]) -> NewSignIn {
    NewSignIn {
        id: SignInId(fresh_id()),
        workspace: desk.workspace,
        agent,
        token_hash,
        created_at: Timestamp(BEGINNING),
        expires_at: Timestamp(BEGINNING + 1_000),
        user_agent: "Browser".to_owned(),
        ip: "192.0.2.1".to_owned(),
    }
}

#[tokio::test]
async fn a_sign_in_holds_until_it_expires_or_ends() {
    let desk = Desk::start().await;
    let (one, two) = (token(), token());
    let first = sign_in(&desk, desk.owner, one);
    desk.store.begin_sign_in(first.clone()).await.unwrap();
    desk.store
        .begin_sign_in(sign_in(&desk, desk.owner, two))
        .await
        .unwrap();
    let at = |after| Timestamp(BEGINNING + after);

    let found = desk
        .store
        .sign_in_by_token(&one, at(999))
        .await
        .unwrap()
        .unwrap();
    assert_eq!((first.id, desk.owner), (found.id, found.agent));
    assert_eq!(
        (desk.workspace, at(1_000)),
        (found.workspace, found.expires_at)
    );
    assert!(
        desk.store
            .sign_in_by_token(&one, at(1_000))
            .await
            .unwrap()
            .is_none()
    );
    assert!(
        desk.store
            .sign_in_by_token(&token(), at(0))
            .await
            .unwrap()
            .is_none()
    );

    desk.store.touch_sign_in(desk.workspace, first.id, at(500));
    // Written a moment later, together with others.
    for _ in 0..100 {
        let found = desk.store.sign_in_by_token(&one, at(600)).await.unwrap();
        if found.unwrap().last_seen_at == at(500) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let found = desk.store.sign_in_by_token(&one, at(600)).await.unwrap();
    assert_eq!(at(500), found.unwrap().last_seen_at);

    desk.store
        .end_sign_in(desk.workspace, first.id, at(700))
        .await
        .unwrap();
    desk.store
        .end_sign_in(desk.workspace, first.id, at(800))
        .await
        .unwrap();
    assert!(
        desk.store
            .sign_in_by_token(&one, at(800))
            .await
            .unwrap()
            .is_none()
    );
    assert!(
        desk.store
            .sign_in_by_token(&two, at(800))
            .await
            .unwrap()
            .is_some()
    );
}

#[tokio::test]
async fn a_visitor_is_known_by_the_token_and_seen_on_the_latest_page() {
    let desk = Desk::start().await;
    let guest = desk.guest().await;
    let hash = token();
    let id = desk.place.id(guest.opening.visitor.0);
    let bytes: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    let bytes = if desk.place.is_sqlite() {
        format!("x'{bytes}'")
    } else {
        format!("'\\x{bytes}'")
    };
    desk.place
        .run(&format!(
            "UPDATE visitors SET token_hash = {bytes} WHERE id = {id}"
        ))
        .await;

    let known = desk.store.visitor_by_token(&hash).await.unwrap().unwrap();
    assert_eq!(guest.opening.visitor, known.visitor);
    assert_eq!(
        (desk.workspace, desk.chatbot),
        (known.workspace, known.chatbot)
    );
    assert_eq!(
        (guest.id(), "Visitor"),
        (known.conversation, known.name.as_str())
    );
    assert!(
        desk.store
            .visitor_by_token(&token())
            .await
            .unwrap()
            .is_none()
    );

    let later = VisitRow {
        first_seen_at: Timestamp(BEGINNING + 10),
        last_seen_at: Timestamp(BEGINNING + 10),
        ..visit()
    };
    let again = NewVisit {
        workspace: desk.workspace,
        visitor: Visiting::Known {
            visitor: known.visitor,
            here_until: Timestamp(i64::MAX),
        },
        visit: later.clone(),
    };
    desk.store.begin_visit(again).await.unwrap();
    let found = desk
        .store
        .visit(desk.workspace, known.visitor)
        .await
        .unwrap();
    assert_eq!(Some(&later), found.as_ref());

    let (at, workspace) = (Timestamp(BEGINNING + 20), desk.workspace);
    for session in [later.session, SessionId(fresh_id())] {
        desk.store.touch_session(&hash, workspace, session, at);
    }
    let found = desk
        .store
        .visit(workspace, known.visitor)
        .await
        .unwrap()
        .unwrap();
    let last_seen_at = at;
    assert_eq!(
        VisitRow {
            last_seen_at,
            ..later
        },
        found
    );
}

fn source(title: &str, digest: u8, texts: &[&str]) -> NewSource {
    let passages = texts.iter().map(|text| NewPassage {
        heading: format!("About {text}"),
        text: (*text).to_owned(),
        url: Some(format!("https://example.org/#{text}")),
    });
    NewSource {
        title: title.to_owned(),
        url: None,
        digest: [digest; 32],
        passages: passages.collect(),
    }
}

#[tokio::test]
async fn training_replaces_what_changed_and_keeps_what_did_not() {
    let desk = Desk::start().await;
    let (store, chatbot) = (&desk.store, desk.chatbot);
    let texts = async || -> Vec<(String, String)> {
        let passages = store.passages(desk.workspace, chatbot).await.unwrap();
        let pairs = passages
            .into_iter()
            .map(|passage| (passage.title, passage.text));
        pairs.collect()
    };
    let pair = |title: &str, text: &str| (title.to_owned(), text.to_owned());
    let orders = source("Orders", 1, &["a", "b", "c"]);

    let sources = vec![orders.clone(), source("Prices", 2, &["d"])];
    store.train(desk.workspace, chatbot, sources).await.unwrap();
    let all = ["a", "b", "c"].map(|text| pair("Orders", text));
    assert_eq!([&all[..], &[pair("Prices", "d")]].concat(), texts().await);
    let first = &store.passages(desk.workspace, chatbot).await.unwrap()[0];
    assert_eq!("About a", first.heading);
    assert_eq!(Some("https://example.org/#a"), first.url.as_deref());

    let kept = "SELECT CAST(sum(id) AS bigint) FROM passages WHERE text IN ('a', 'b', 'c')";
    let before = desk.count(kept).await;
    let sources = vec![source("Prices", 3, &["e"]), orders.clone(), orders];
    store.train(desk.workspace, chatbot, sources).await.unwrap();
    assert_eq!([&all[..], &[pair("Prices", "e")]].concat(), texts().await);
    assert_eq!(
        before,
        desk.count(kept).await,
        "a source that is the same was learned anew"
    );

    store
        .train(desk.workspace, chatbot, Vec::new())
        .await
        .unwrap();
    assert!(texts().await.is_empty());
    assert_eq!(
        0,
        desk.count("SELECT count(*) FROM knowledge_sources").await
    );
}
