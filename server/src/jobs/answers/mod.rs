//! Runs the AI for every open run: those just asked for, and those a crash left behind.

use std::collections::HashSet;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::{Body, Command, Entry, Reply};
use futures::FutureExt as _;
use protocol::entry::{Author, Event};
use protocol::{ConversationId, RunId};
use tokio::sync::{Semaphore, mpsc};

use crate::ai::{Ai, Answer, Drafts, Question, Speaker, Turn};
use crate::desk::Desk;
use crate::hub::Hub;
use crate::store::{Failed, OpenRun, StoreError};

/// Answers worked on at once.
const AT_ONCE: usize = 8;
/// Runs that may wait in memory; the rest wait in the database.
const WAITING: usize = 1024;
/// How often the database is asked for runs that nobody told us of.
const SWEEP: Duration = Duration::from_secs(5);
/// Tries before the AI is said not to know.
const ATTEMPTS: u32 = 3;
/// The pause after the database could not be written.
const PAUSE: Duration = Duration::from_secs(1);
/// Entries of the conversation that the AI is shown.
const HISTORY: usize = 12;

/// Wakes the job for a run that was just committed.
#[derive(Debug, Clone)]
pub(crate) struct Answers(mpsc::Sender<OpenRun>);

/// The job's end of [`Answers`].
pub(crate) struct AnswersJob {
    asked: mpsc::Receiver<OpenRun>,
}

/// A wake-up and the job that it wakes.
pub(crate) fn answers() -> (Answers, AnswersJob) {
    let (sender, asked) = mpsc::channel(WAITING);
    (Answers(sender), AnswersJob { asked })
}

impl Answers {
    /// A run was committed. Never blocks: one that finds no room is found by the sweep.
    pub(crate) fn asked(&self, run: OpenRun) {
        if self.0.try_send(run).is_err() {
            tracing::debug!("the AI is busy; the run waits in the database");
        }
    }
}

impl AnswersJob {
    /// Answers until the server stops.
    pub(crate) async fn run(mut self, desk: Desk, ai: Arc<dyn Ai>) {
        let permits = Arc::new(Semaphore::new(AT_ONCE));
        let under_way = Arc::new(Mutex::new(HashSet::<RunId>::new()));
        let mut sweep = tokio::time::interval(SWEEP);
        loop {
            let runs = tokio::select! {
                asked = self.asked.recv() => match asked {
                    Some(run) => vec![run],
                    None => return,
                },
                _ = sweep.tick() => left_behind(&desk).await,
            };
            for open in runs {
                let id = open.run.id;
                if !lock(&under_way).insert(id) {
                    continue;
                }
                let Ok(permit) = permits.clone().acquire_owned().await else {
                    return;
                };
                let under_way = UnderWay(under_way.clone(), id);
                let (desk, ai) = (desk.clone(), ai.clone());
                tokio::spawn(async move {
                    answer(&desk, &*ai, open).await;
                    drop(under_way);
                    drop(permit);
                });
            }
        }
    }
}

/// A run that is worked on; dropping it, also by a panic, makes it free to be tried again.
struct UnderWay(Arc<Mutex<HashSet<RunId>>>, RunId);

impl Drop for UnderWay {
    fn drop(&mut self) {
        lock(&self.0).remove(&self.1);
    }
}

/// The AI is shown as typing until this is dropped.
struct Types<'a>(&'a Hub, ConversationId);

impl<'a> Types<'a> {
    fn begins(hub: &'a Hub, conversation: ConversationId) -> Self {
        hub.ai_types(conversation, true);
        Self(hub, conversation)
    }
}

impl Drop for Types<'_> {
    fn drop(&mut self) {
        self.0.ai_types(self.1, false);
    }
}

async fn left_behind(desk: &Desk) -> Vec<OpenRun> {
    match desk.store.open_runs().await {
        Ok(runs) => runs,
        Err(error) => {
            tracing::error!(%error, "open AI runs could not be read; trying again");
            Vec::new()
        }
    }
}

/// Asks the AI and commits what it says, unless a person took control meanwhile.
async fn answer(desk: &Desk, ai: &dyn Ai, open: OpenRun) {
    let question = match question(desk, open).await {
        Ok(Some(question)) => question,
        Ok(None) => return,
        Err(error) => {
            tracing::error!(%error, "a question could not be read; trying again");
            return;
        }
    };
    // Counted before the AI is asked: a question that brings the server down must not do so for
    // ever. A database that is away is no failure of the AI, and counts nothing.
    let attempts = desk.store.begin_attempt(open.workspace, open.run.id).await;
    let Ok(attempts) = attempts else { return };
    let _types = Types::begins(&desk.hub, open.conversation);
    let Some(reply) = reply(ai, &question, attempts, open.conversation).await else {
        return;
    };
    let command = Command::AiAnswers {
        conversation: open.conversation,
        run: open.run.id,
        epoch: open.run.epoch,
        reply,
        fresh: desk.fresh(),
    };
    write(desk, command).await;
}

/// What the AI replies; none when it failed and is to be asked again.
async fn reply(
    ai: &dyn Ai,
    question: &Question,
    attempts: u32,
    conversation: ConversationId,
) -> Option<Reply> {
    if attempts > ATTEMPTS {
        return Some(Reply::Unknown);
    }
    let drafts = Drafts::none();
    let asking = AssertUnwindSafe(ai.answer(question, &drafts)).catch_unwind();
    let failed = match asking.await {
        Ok(Ok(Answer::Answered {
            markdown, sources, ..
        })) => {
            let choices = Vec::new();
            return Some(Reply::Answer {
                markdown,
                sources,
                choices,
            });
        }
        Ok(Ok(Answer::DidYouMean { markdown, choices })) => {
            let sources = Vec::new();
            return Some(Reply::Answer {
                markdown,
                sources,
                choices,
            });
        }
        Ok(Ok(Answer::Unknown)) => return Some(Reply::Unknown),
        Ok(Err(error)) => error.to_string(),
        Err(_) => "it panicked".to_owned(),
    };
    tracing::error!(error = failed, attempts, conversation.id = %conversation, "the AI failed");
    (attempts == ATTEMPTS).then_some(Reply::Unknown)
}

/// Commits an answer, however long the database is away.
async fn write(desk: &Desk, command: Command) {
    let conversation = command.conversation();
    while let Err(failed) = desk.store.submit(command.clone()).await {
        // A refusal means that somebody else has control now: what was made is thrown away.
        if failed != Failed::Unavailable || desk.closing.is_cancelled() {
            tracing::debug!(?failed, conversation.id = %conversation, "an answer was not written");
            return;
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// What the visitor wrote since somebody last answered and what was said before it, from where the
/// AI may know.
async fn question(desk: &Desk, open: OpenRun) -> Result<Option<Question>, StoreError> {
    let store = &desk.store;
    let Some(conversation) = store
        .conversation(open.workspace, open.conversation)
        .await?
    else {
        return Ok(None);
    };
    let before = open.run.question.next();
    let entries = store
        .entries_before(open.workspace, open.conversation, before, HISTORY)
        .await?;
    let mut known: Vec<Entry> = entries
        .into_iter()
        .filter(|entry| entry.seq >= conversation.ai_from)
        .collect();
    let asked = known.split_off(asked_from(&known));
    let mut asked: Vec<String> = asked
        .into_iter()
        .filter_map(turn)
        .map(|turn| turn.text)
        .collect();
    // Files without words ask nothing that the AI could know, unless there is nothing else.
    if asked.iter().any(|text| !text.is_empty()) {
        asked.retain(|text| !text.is_empty());
    }
    Ok((!asked.is_empty()).then(|| Question {
        workspace: open.workspace,
        chatbot: conversation.chatbot,
        asked,
        history: known.into_iter().filter_map(turn).collect(),
    }))
}

/// Where what waits for an answer begins. Whatever happened in between ends it: what was said to
/// people, or before somebody was asked for, is not for the AI. A note changes nothing.
fn asked_from(entries: &[Entry]) -> usize {
    let ends = |entry: &Entry| match entry.body {
        Body::Message { .. } => entry.author != Author::Visitor,
        // How the team arranges its work changes nothing either.
        Body::Event(
            Event::Labelled(_)
            | Event::NotePinned { .. }
            | Event::Rated { .. }
            | Event::Thumbed { .. },
        ) => false,
        Body::Event(_) => true,
        Body::Note { .. } | Body::NoteEdited { .. } => false,
    };
    entries.iter().rposition(ends).map_or(0, |last| last + 1)
}

/// What the AI may know of an entry: words only, and never a note.
fn turn(entry: Entry) -> Option<Turn> {
    let speaker = match entry.author {
        Author::Visitor => Speaker::Visitor,
        Author::Ai => Speaker::Ai,
        Author::Agent(_) => Speaker::Person,
        Author::System => return None,
    };
    match entry.body {
        Body::Message { markdown, .. } => Some(Turn {
            speaker,
            text: markdown,
        }),
        Body::Note { .. } | Body::NoteEdited { .. } | Body::Event(_) => None,
    }
}

fn lock(set: &Mutex<HashSet<RunId>>) -> std::sync::MutexGuard<'_, HashSet<RunId>> {
    set.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
