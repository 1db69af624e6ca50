//! An AI that fails is asked again, and neither holds anything up nor is asked for ever; whenever a
//! person comes, it says no more.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::Poll;

use async_trait::async_trait;
use domain::{Opening, Write};
use protocol::entry::{Event, Trigger};
use protocol::forms::SetupForm;
use protocol::module::{Module, ModuleRule};
use protocol::visitor::{Page, Start};
use protocol::{AgentId, ChatbotId, Key, WorkspaceId};

use self::database::Database;
use super::*;
use crate::actions::begin_visit::begin_visit;
use crate::actions::save_module::save_module;
use crate::actions::set_up::set_up;
use crate::ai::AiError;
use crate::clock::Clock;
use crate::config::Config;
use crate::random::fresh;
use crate::startup::{Opened, open};

#[path = "../../../tests/it/actors/database.rs"]
mod database;

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

/// An AI with pauses of its own on the way to its answer.
struct Slow;

#[async_trait]
impl Ai for Slow {
    async fn answer(&self, _: &Question, _: &Drafts) -> Result<Answer, AiError> {
        tokio::task::yield_now().await;
        tokio::time::sleep(Duration::from_millis(1)).await;
        Ok(Answer::Answered {
            markdown: "Because.".to_owned(),
            sources: Vec::new(),
            confidence: 1.0,
        })
    }
}

/// A desk without jobs.
struct Quiet {
    desk: Desk,
    workspace: WorkspaceId,
    chatbot: ChatbotId,
    owner: AgentId,
    /// Dropped last: the database is in it.
    _place: (tempfile::TempDir, Database),
}

impl Quiet {
    async fn new() -> Self {
        let place = (tempfile::tempdir().unwrap(), Database::fresh().await);
        let mut config = Config::load(None).unwrap();
        config.data.folder = place.0.path().to_owned();
        config.database.url = place.1.url();
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
        let owner = desk.store.agent_names().await.unwrap()[0].0;
        Self {
            desk,
            workspace,
            chatbot,
            owner,
            _place: place,
        }
    }

    /// A run that waits for its answer.
    async fn asked(&self) -> OpenRun {
        let desk = &self.desk;
        let start = Start {
            token: None,
            chatbot: self.chatbot,
            conversation: fresh!(ConversationId, desk.now()),
            after: protocol::PublicSeq(0),
            page: Page::default(),
            locale: String::new(),
        };
        let from = std::net::Ipv4Addr::LOCALHOST.into();
        let (visitor, _) = begin_visit(desk, &start, from, String::new())
            .await
            .unwrap();
        let command = Command::VisitorSays {
            opening: Opening {
                conversation: visitor.conversation,
                workspace: self.workspace,
                chatbot: self.chatbot,
                visitor: visitor.id,
                visitor_name: visitor.name,
                locale: visitor.locale,
            },
            write: self.write(),
            text: "Why?".to_owned(),
            attachments: Vec::new(),
            run: fresh!(RunId, desk.now()),
            fresh: desk.fresh(),
        };
        desk.store.submit(command).await.unwrap();
        let open = desk.store.open_runs().await.unwrap();
        let mine = |open: &OpenRun| open.conversation == start.conversation;
        open.into_iter().find(mine).unwrap()
    }

    async fn steps_in(&self, conversation: ConversationId) {
        let command = Command::StepIn {
            conversation,
            agent: self.owner,
            write: self.write(),
            fresh: self.desk.fresh(),
        };
        self.desk.store.submit(command).await.unwrap();
    }

    async fn closes(&self, conversation: ConversationId) {
        let store = &self.desk.store;
        let found = store.conversation(self.workspace, conversation).await;
        let command = Command::Resolve {
            conversation,
            agent: self.owner,
            write: self.write(),
            handoff: found.unwrap().unwrap().handoff.unwrap().id,
            outcome: protocol::entry::Outcome::Closed,
        };
        store.submit(command).await.unwrap();
    }

    fn write(&self) -> Write {
        Write {
            key: fresh!(Key, self.desk.now()),
            digest: 1,
        }
    }
}

/// What the assistant said.
async fn said(quiet: &Quiet, run: OpenRun) -> usize {
    let entries = quiet
        .desk
        .store
        .newest_entries(run.workspace, run.conversation, 50);
    let entries = entries.await.unwrap();
    let answers = entries.iter().filter(
        |entry| matches!(&entry.body, Body::Message { markdown, .. } if markdown == "Because."),
    );
    answers.count()
}

#[tokio::test]
async fn what_is_thought_of_while_the_assistant_is_switched_off_is_never_said() {
    let quiet = Quiet::new().await;
    let switch = async |on: bool| {
        let rule = ModuleRule {
            on,
            ..ModuleRule::new(Module::Assistant)
        };
        save_module(&quiet.desk, quiet.owner, rule).await.unwrap();
    };
    let mut answered_before = 0;
    for waits in 0.. {
        let run = quiet.asked().await;
        let mut answering = pin!(answer(&quiet.desk, &Slow, run));
        let ended = ends_within(answering.as_mut(), waits).await;
        switch(false).await;
        let before = said(&quiet, run).await;
        if !ended {
            answering.await;
        }
        assert_eq!(before, said(&quiet, run).await, "after {waits} waits");
        let store = &quiet.desk.store;
        let found = store.conversation(run.workspace, run.conversation).await;
        let found = found.unwrap().unwrap();
        assert_eq!(None, found.run, "nothing is left to be answered");
        if before == 0 {
            // Whoever asked is passed on, and the team reads why.
            let handoff = found.handoff.unwrap();
            assert_eq!(Trigger::NoAssistant, handoff.trigger);
        }
        answered_before += before;
        switch(true).await;
        if ended {
            break;
        }
    }
    assert!(answered_before > 0, "no answer was ever written");
}

/// Drives it until it has waited so often. True when it ended before.
async fn ends_within(mut future: Pin<&mut impl Future<Output = ()>>, waits: u32) -> bool {
    let mut waited = 0;
    poll_fn(|context| {
        if waited == waits {
            return Poll::Ready(false);
        }
        match future.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(true),
            Poll::Pending => {
                waited += 1;
                match waited == waits {
                    true => Poll::Ready(false),
                    false => Poll::Pending,
                }
            }
        }
    })
    .await
}

#[tokio::test]
async fn whoever_steps_in_at_any_await_of_an_answer_is_never_talked_over() {
    let quiet = Quiet::new().await;
    let mut answered_before = 0;
    for waits in 0.. {
        let run = quiet.asked().await;
        let mut answering = pin!(answer(&quiet.desk, &Slow, run));
        let ended = ends_within(answering.as_mut(), waits).await;
        quiet.steps_in(run.conversation).await;
        if !ended {
            answering.await;
        }

        let entries = quiet
            .desk
            .store
            .newest_entries(run.workspace, run.conversation, 50);
        let entries = entries.await.unwrap();
        let claimed =
            |entry: &Entry| matches!(entry.body, Body::Event(Event::HandoffClaimed { .. }));
        let claimed = entries.iter().find(|entry| claimed(entry)).unwrap().seq;
        let by_ai: Vec<_> = entries
            .iter()
            .filter(|entry| entry.author == Author::Ai)
            .collect();
        assert!(
            by_ai.iter().all(|entry| entry.seq < claimed),
            "after {waits} awaits: {entries:?}"
        );
        answered_before += u32::from(!by_ai.is_empty());
        quiet.closes(run.conversation).await;
        if ended {
            assert!(waits > 4, "an answer waits more often than {waits} times");
            break;
        }
    }
    assert!(answered_before > 0, "no answer was ever written");
}

/// What the visitor is answered in the end by an AI that fails so often, and how often it was asked.
async fn answered(fails: u32) -> (String, u32) {
    let quiet = Quiet::new().await;
    let desk = &quiet.desk;
    let run = quiet.asked().await;
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
