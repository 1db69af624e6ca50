//! Rubbish, strangers and other sites: a clear refusal, and everybody else is unharmed.

use protocol::agent::{AgentCommand, AgentEvent};
use protocol::card::Tab;
use protocol::visitor::{VisitorCommand, VisitorEvent};
use protocol::{ChatbotId, ConversationId, PublicSeq, Refusal, Seq, close, limits};
use tokio_tungstenite::tungstenite::Message;

use crate::actors::{Client, Encoding, TestDesk, VisitorActor, fresh_key};

type Visitor = Client<VisitorCommand, VisitorEvent>;
type Agent = Client<AgentCommand, AgentEvent>;

async fn visitor_socket(
    desk: &TestDesk,
    headers: &[(&'static str, String)],
) -> Result<Visitor, u16> {
    Visitor::connect(&format!("{}/ws/visitor", desk.url), Encoding::Json, headers).await
}

async fn refused(client: &Visitor) -> Refusal {
    client
        .hears("a refusal", |event| match event {
            VisitorEvent::Refused {
                refusal, sentence, ..
            } => {
                assert!(sentence.ends_with('.'), "{sentence:?} is no sentence");
                Some(refusal.clone())
            }
            _ => None,
        })
        .await
}

#[tokio::test]
async fn another_site_may_not_open_a_socket() {
    let desk = TestDesk::start().await;
    let cookie = desk.signs_in("Ana").await;
    let url = format!("{}/ws/agent", desk.url);
    for origin in ["https://evil.example", "null", "http://127.0.0.1:1"] {
        let headers = [("cookie", cookie.clone()), ("origin", origin.to_owned())];
        assert_eq!(
            Some(403),
            Agent::connect(&url, Encoding::Json, &headers).await.err(),
            "{origin}"
        );
        let headers = [("origin", origin.to_owned())];
        assert_eq!(
            Some(403),
            visitor_socket(&desk, &headers).await.err(),
            "{origin}"
        );
    }
    // With a cookie, no Origin is no better than a foreign one.
    let headers = [("cookie", cookie.clone())];
    assert_eq!(
        Some(403),
        Agent::connect(&url, Encoding::Json, &headers).await.err()
    );
    let headers = [("cookie", cookie), ("origin", desk.url.clone())];
    assert!(Agent::connect(&url, Encoding::Json, &headers).await.is_ok());
}

#[tokio::test]
async fn an_agents_socket_needs_a_sign_in_that_holds() {
    let desk = TestDesk::start().await;
    let url = format!("{}/ws/agent", desk.url);
    for cookie in ["", "baton=", "baton=0000", "baton=../../etc/passwd"] {
        let headers = [("cookie", cookie.to_owned()), ("origin", desk.url.clone())];
        let refused = Agent::connect(&url, Encoding::Json, &headers).await;
        assert_eq!(Some(401), refused.err(), "{cookie}");
    }
}

#[tokio::test]
async fn a_wrong_token_is_refused_and_shows_nothing() {
    let desk = TestDesk::start().await;
    let mut victim = desk.visitor().await;
    victim.says("My secret is 1234").await.unwrap();
    for token in ["", "0", &"f".repeat(64), "' OR 1=1 --"] {
        let mut client = visitor_socket(&desk, &[]).await.unwrap();
        let mut start = victim.start(PublicSeq(0));
        start.token = Some(token.to_owned());
        client.send(&VisitorCommand::Start(start)).await;
        assert_eq!(Refusal::TokenUnknown, refused(&client).await);
        assert_eq!(Some(close::POLICY), client.is_closed().await);
        assert!(!format!("{:?}", client.heard()).contains("1234"));
    }
}

#[tokio::test]
async fn a_conversation_id_alone_opens_nothing() {
    let desk = TestDesk::start().await;
    let mut victim = desk.visitor().await;
    victim.says("My secret is 1234").await.unwrap();
    let mut client = visitor_socket(&desk, &[]).await.unwrap();
    let mut start = victim.start(PublicSeq(0));
    start.token = None;

    client.send(&VisitorCommand::Start(start)).await;

    let welcome = |event: &VisitorEvent| match event {
        VisitorEvent::Welcome(welcome) => Some(welcome.clone()),
        _ => None,
    };
    let welcome = client.hears("a welcome", welcome).await;
    assert_ne!(victim.conversation, welcome.conversation);
    assert!(welcome.entries.is_empty(), "{:?}", welcome.entries);
}

#[tokio::test]
async fn an_unknown_chatbot_does_not_exist() {
    let desk = TestDesk::start().await;
    let visitor = desk.visitor().await;
    let mut client = visitor_socket(&desk, &[]).await.unwrap();
    let mut start = visitor.start(PublicSeq(0));
    (start.token, start.chatbot) = (None, ChatbotId(fresh_key().0));
    client.send(&VisitorCommand::Start(start)).await;
    assert_eq!(Refusal::ChatbotUnknown, refused(&client).await);
    // The code says that there is no point in coming back.
    assert_eq!(Some(close::POLICY), client.is_closed().await);
}

#[tokio::test]
async fn rubbish_is_refused_and_the_connection_goes_on() {
    let desk = TestDesk::start().await;
    let mut visitor = desk.visitor_speaking(Encoding::Json).await;
    for rubbish in [
        "",
        "{",
        "null",
        "[]",
        "{\"unknown_command\":{}}",
        "{\"say\":{\"key\":\"not-a-key\",\"text\":\"x\"}}",
        "{\"say\":{\"text\":\"no key\"}}",
    ] {
        visitor.client.send_raw(Message::text(rubbish)).await;
    }
    visitor
        .client
        .send_raw(Message::binary(vec![0xff; 100]))
        .await;

    assert_eq!(Refusal::Malformed, refused(&visitor.client).await);
    visitor.says("Still here").await.unwrap();
    let refusals = visitor.client.heard().into_iter();
    assert_eq!(
        8,
        refusals
            .filter(|event| matches!(event, VisitorEvent::Refused { .. }))
            .count()
    );
}

#[tokio::test]
async fn who_sends_nothing_but_rubbish_is_shown_the_door() {
    let desk = TestDesk::start().await;
    let mut visitor = desk.visitor_speaking(Encoding::Json).await;
    for _ in 0..20 {
        visitor.client.send_raw(Message::text("rubbish")).await;
    }
    assert_eq!(Some(close::POLICY), visitor.client.is_closed().await);
    desk.is_well().await;
}

#[tokio::test]
async fn rubbish_in_postcard_is_refused_too() {
    let desk = TestDesk::start().await;
    let mut visitor = desk.visitor().await;
    visitor
        .client
        .send_raw(Message::binary(vec![0xff; 64]))
        .await;
    assert_eq!(Refusal::Malformed, refused(&visitor.client).await);
    visitor.says("Still here").await.unwrap();
}

#[tokio::test]
async fn the_first_frame_has_to_be_start() {
    let desk = TestDesk::start().await;
    let mut client = visitor_socket(&desk, &[]).await.unwrap();
    client.send(&VisitorCommand::Ping).await;
    assert_eq!(Refusal::StartExpected, refused(&client).await);
    assert_eq!(Some(close::POLICY), client.is_closed().await);
}

#[tokio::test]
async fn who_is_late_with_the_first_frame_is_told_to_come_back() {
    let desk = TestDesk::start().await;
    let client = visitor_socket(&desk, &[]).await.unwrap();
    tokio::time::sleep(std::time::Duration::from_secs(5)).await;
    assert_eq!(Some(close::RESTART), client.is_closed().await);
    assert!(client.heard().is_empty(), "{:?}", client.heard());
}

#[tokio::test]
async fn a_second_start_is_refused_and_the_connection_is_unharmed() {
    let desk = TestDesk::start().await;
    let mut visitor = desk.visitor().await;
    let mut again = visitor.start(PublicSeq(0));
    // Not even another conversation can be had in this way.
    (again.token, again.conversation) = (None, ConversationId(fresh_key().0));
    visitor.client.send(&VisitorCommand::Start(again)).await;
    assert_eq!(Refusal::AlreadyStarted, refused(&visitor.client).await);
    visitor.says("Still here").await.unwrap();
    visitor.hears_the_ai(PublicSeq(1)).await;

    let mut ana = desk.agent("Ana").await;
    let again = AgentCommand::Start {
        tab: Tab::Resolved,
        threads: Vec::new(),
    };
    ana.client.send(&again).await;
    let refused = |event: &AgentEvent| match event {
        AgentEvent::Refused {
            key: None, refusal, ..
        } => Some(refusal.clone()),
        _ => None,
    };
    assert_eq!(
        Refusal::AlreadyStarted,
        ana.client.hears("a refusal", refused).await
    );
    visitor.asks_for_human().await.unwrap();
    let handoff = ana.sees_pending(visitor.conversation).await;
    ana.claims(visitor.conversation, handoff).await.unwrap();
    ana.says(visitor.conversation, "Still here, too")
        .await
        .unwrap();
    visitor.reads("Still here, too").await;
}

#[tokio::test]
async fn a_frame_over_the_limit_ends_the_connection_with_the_code_that_says_so() {
    let desk = TestDesk::start().await;
    let other = desk.visitor().await;
    let mut visitor = desk.visitor_speaking(Encoding::Json).await;
    let huge = "x".repeat(limits::VISITOR_FRAME + 1);
    visitor.client.send_raw(Message::text(huge)).await;
    assert_eq!(Some(close::TOO_BIG), visitor.client.is_closed().await);
    drop(other);
    desk.is_well().await;
}

#[tokio::test]
async fn an_old_tab_is_told_to_load_the_page_anew() {
    let desk = TestDesk::start().await;
    let url = format!("{}/ws/visitor", desk.url);
    let old = "baton.0000000000000000.postcard";
    let client = Visitor::connect_as(&url, Encoding::Postcard, old, &[])
        .await
        .unwrap();
    assert_eq!(Some(close::RELOAD), client.is_closed().await);
    let unknown = Visitor::connect_as(&url, Encoding::Json, "chat", &[]).await;
    assert_eq!(Some(400), unknown.err());
}

#[tokio::test]
async fn empty_and_endless_messages_are_refused_with_their_limit() {
    let desk = TestDesk::start().await;
    let mut visitor = desk.visitor().await;
    assert_eq!(Err(Refusal::TextEmpty), visitor.says("  \n ").await);
    let long = "ä".repeat(limits::TEXT + 1);
    let refused = visitor.says(&long).await;
    assert_eq!(
        Err(Refusal::TextTooLong {
            characters: 4_001,
            limit: 4_000
        }),
        refused
    );
    visitor.says(&"ä".repeat(limits::TEXT)).await.unwrap();
}

#[tokio::test]
async fn who_sends_too_fast_is_told_when_to_try_again() {
    let desk = TestDesk::start_with(|config| config.limits.visitor_commands_per_10s = 5).await;
    let mut visitor = desk.visitor().await;
    for _ in 0..5 {
        visitor.says("quick").await.unwrap();
    }
    let refused = visitor.says("too quick").await;
    let Err(Refusal::TooFast { retry_after_ms }) = refused else {
        panic!("{refused:?}")
    };
    assert!((1..=10_000).contains(&retry_after_ms), "{retry_after_ms}");
    desk.visitor()
        .await
        .says("Another visitor is not held up")
        .await
        .unwrap();
}

#[tokio::test]
async fn markup_in_a_message_stays_text() {
    let desk = TestDesk::start().await;
    let mut visitor = desk.visitor_speaking(Encoding::Json).await;
    let hostile = "<img src=x onerror=alert(1)> [click](javascript:alert(1)) **bold**";
    visitor.says(hostile).await.unwrap();
    let entry = visitor.reads("<img src=x onerror=alert(1)>").await;
    let json = serde_json::to_string(&entry).unwrap();
    assert!(!json.contains("\"href\""), "{json}");
    assert!(json.contains("\"strong\""), "{json}");
}

#[tokio::test]
async fn an_agent_finds_nothing_that_does_not_exist_for_them() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    let nowhere = ConversationId(fresh_key().0);
    let handoff = protocol::HandoffId(fresh_key().0);
    assert_eq!(Err(Refusal::NotFound), ana.says(nowhere, "Hello?").await);
    assert_eq!(Err(Refusal::NotFound), ana.claims(nowhere, handoff).await);
    ana.client
        .send(&AgentCommand::OpenThread {
            conversation: nowhere,
            after: Seq(0),
        })
        .await;
    let gone = |event: &AgentEvent| match event {
        AgentEvent::CardGone { conversation } => (*conversation == nowhere).then_some(()),
        _ => None,
    };
    ana.client.hears("that there is nothing", gone).await;
    ana.client
        .send(&AgentCommand::ListCards {
            tab: Tab::Resolved,
            after: None,
        })
        .await;
    let cards = |event: &AgentEvent| match event {
        AgentEvent::Cards {
            tab: Tab::Resolved,
            cards,
            more,
        } => Some((cards.len(), *more)),
        _ => None,
    };
    assert_eq!((0, false), ana.client.hears("an empty tab", cards).await);
}

#[tokio::test]
async fn two_visitors_never_hear_each_other() {
    let desk = TestDesk::start().await;
    let mut one = desk.visitor().await;
    let mut other = VisitorActor::arrives(&desk.url, desk.chatbot, Encoding::Json).await;
    one.says("CANARY of the first visitor").await.unwrap();
    other.says("I am the second").await.unwrap();
    other.hears_the_ai(PublicSeq(1)).await;
    assert!(!format!("{:?}", other.client.heard()).contains("CANARY"));
}
