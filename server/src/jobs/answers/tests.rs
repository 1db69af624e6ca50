//! An AI that fails is asked again, and neither holds anything up nor is asked for ever.

use std::sync::atomic::{AtomicU32, Ordering};

use async_trait::async_trait;
use domain::{Opening, Write};
use protocol::Key;
use protocol::forms::SetupForm;
use protocol::visitor::{Page, Start};

use super::*;
use crate::actions::begin_visit::begin_visit;
use crate::actions::set_up::set_up;
use crate::ai::AiError;
use crate::clock::Clock;
use crate::config::Config;
use crate::random::fresh;
use crate::startup::{Opened, open};

/// An AI that fails some times before it has an answer: first by an error, then by a panic, and so on.
struct Faulty {
    fails: u32,
    asked: AtomicU32,
}

#[async_trait]
impl Ai for Faulty {
    async fn answer(&self, _: &Question, _: &Drafts) -> Result<Answer, AiError> {
        let times = self.asked.fetch_add(1, Ordering::Relaxed) + 1;
        assert!(times > self.fails || !times.is_multiple_of(2), "a fault");
        if times <= self.fails {
            return Err(AiError::Search(anyhow::anyhow!("a fault")));
        }
        Ok(Answer::Answered {
            markdown: "At last.".to_owned(),
            sources: Vec::new(),
            confidence: 1.0,
        })
    }
}

/// A desk without jobs, and a run that waits in it.
async fn desk_with_a_question(folder: &std::path::Path) -> (Desk, OpenRun) {
    let mut config = Config::load(None).unwrap();
    config.data.folder = folder.to_owned();
    let clock = Clock::default();
    let (desk, _) = open(config, &clock, Opened::ForOneCommand).await.unwrap();
    let form = SetupForm {
        token: desk.setup_token.issue(),
        workspace: "Tarn & Trail".to_owned(),
        name: "Olga".to_owned(),
        email: "olga@example.org".to_owned(),
        password: "a small boat in the fog".to_owned(),
        chatbot: "Help".to_owned(),
    };
    set_up(&desk, form).await.unwrap();
    let workspace = desk.store.first_workspace().await.unwrap().unwrap().id;
    let chatbot = desk.store.chatbots(workspace).await.unwrap()[0].id;
    let start = Start {
        token: None,
        chatbot,
        conversation: fresh!(ConversationId, desk.now()),
        after: protocol::PublicSeq(0),
        page: Page::default(),
        locale: String::new(),
    };
    let from = std::net::Ipv4Addr::LOCALHOST.into();
    let (visitor, _) = begin_visit(&desk, &start, from, String::new())
        .await
        .unwrap();
    let command = Command::VisitorSays {
        opening: Opening {
            conversation: visitor.conversation,
            workspace,
            chatbot,
            visitor: visitor.id,
            visitor_name: visitor.name,
            locale: visitor.locale,
        },
        write: Write {
            key: fresh!(Key, desk.now()),
            digest: 1,
        },
        text: "Why?".to_owned(),
        run: fresh!(RunId, desk.now()),
        fresh: desk.fresh(),
    };
    desk.store.submit(command).await.unwrap();
    let run = desk.store.open_runs().await.unwrap().remove(0);
    (desk, run)
}

/// What the visitor is answered in the end by an AI that fails so often, and how often it was asked.
async fn answered(fails: u32) -> (String, u32) {
    let folder = tempfile::tempdir().unwrap();
    let (desk, run) = desk_with_a_question(folder.path()).await;
    let asked = AtomicU32::new(0);
    let ai = Arc::new(Faulty { fails, asked });
    let (wake, job) = answers();
    let job = tokio::spawn(job.run(desk.clone(), ai.clone()));
    for _ in 0..200 {
        wake.asked(run);
        tokio::time::sleep(Duration::from_millis(20)).await;
        if desk.store.open_runs().await.unwrap().is_empty() {
            break;
        }
    }
    job.abort();
    let newest = desk
        .store
        .newest_entries(run.workspace, run.conversation, 1);
    let newest = newest.await.unwrap().remove(0);
    assert_eq!(Author::Ai, newest.author, "nobody answered");
    let Body::Message { markdown, .. } = newest.body else {
        panic!("{newest:?}")
    };
    (markdown, ai.asked.load(Ordering::Relaxed))
}

#[tokio::test]
async fn an_ai_that_fails_or_panics_is_asked_again() {
    assert_eq!(("At last.".to_owned(), 3), answered(2).await);
}

#[tokio::test]
async fn an_ai_that_always_fails_is_asked_three_times_and_then_does_not_know() {
    let (text, asked) = answered(100).await;
    assert!(text.starts_with("I don't know that"), "{text}");
    assert_eq!(3, asked);
}
