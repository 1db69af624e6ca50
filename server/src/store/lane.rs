//! A lane: takes what is queued as one batch, loads the facts, decides, saves, and answers after
//! the COMMIT.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use domain::{Change, Command, Done, Refusal, decide};
use futures::FutureExt;
use tokio::sync::{mpsc, oneshot, watch};

use super::chatbots::Chatbots;
use super::writer::{TRIES, Writer, pause};
use super::{Failed, Now, OnCommit, StoreError, apply, load};
use crate::faults::{self, Fault};

/// Commands in one transaction, at most. It never waits to be full.
const BATCH: usize = 128;
/// Commands that wait for their batch; whoever submits more waits for room.
pub(super) const QUEUE: usize = 1024;

/// A command and who waits for it.
pub(super) struct Job {
    pub(super) command: Command,
    pub(super) answer: oneshot::Sender<Result<Done, Failed>>,
}

/// What a lane works with; lanes share it.
pub(super) struct Lane {
    pub(super) writer: Arc<Writer>,
    pub(super) chatbots: Arc<Chatbots>,
    pub(super) now: Now,
    pub(super) on_commit: OnCommit,
}

/// What each command of a batch came to, and what of it is to be told.
type Decided = (Vec<Result<Done, Refusal>>, Vec<Change>);

impl Lane {
    /// Serves commands until the store closes and nothing is queued any more.
    pub(super) async fn run(
        self,
        mut queue: mpsc::Receiver<Job>,
        mut closing: watch::Receiver<()>,
    ) {
        let mut jobs = Vec::with_capacity(BATCH);
        let mut open = true;
        // Defect: each command is a transaction of its own, and waits for all before it.
        let most = if faults::on(Fault::CommitEach) {
            1
        } else {
            BATCH
        };
        loop {
            tokio::select! {
                taken = queue.recv_many(&mut jobs, most) => {
                    if taken == 0 {
                        return;
                    }
                    self.serve(std::mem::take(&mut jobs)).await;
                }
                _ = closing.changed(), if open => {
                    open = false;
                    // Nothing more gets in; what is in is served.
                    queue.close();
                }
            }
        }
    }

    async fn serve(&self, jobs: Vec<Job>) {
        let commands: Vec<&Command> = jobs.iter().map(|job| &job.command).collect();
        match self.attempt(&commands).await {
            Ok(decided) => self.answer(jobs, decided),
            Err(error) if error.is_of_the_database() => self.give_up(jobs, &error).await,
            Err(error) => {
                tracing::warn!(commands = jobs.len(), %error, "a batch failed and is run one by one");
                self.serve_one_by_one(jobs).await;
            }
        }
    }

    /// Finds the command that the batch failed for: it fails alone, the others are saved.
    async fn serve_one_by_one(&self, jobs: Vec<Job>) {
        let mut jobs = jobs.into_iter();
        while let Some(job) = jobs.next() {
            match self.attempt(&[&job.command]).await {
                Ok(decided) => self.answer(vec![job], decided),
                Err(error) if error.is_of_the_database() => {
                    let rest = std::iter::once(job).chain(jobs).collect();
                    self.give_up(rest, &error).await;
                    return;
                }
                Err(error) => {
                    let conversation = job.command.conversation();
                    tracing::error!(conversation.id = %conversation, %error, "a command failed");
                    // Whoever asked may be gone.
                    let _ = job.answer.send(Err(Failed::Unavailable));
                }
            }
        }
    }

    /// Nothing can be written now: nobody is answered well, and the next batch starts afresh.
    async fn give_up(&self, jobs: Vec<Job>, error: &StoreError) {
        tracing::error!(commands = jobs.len(), %error, "nothing can be written");
        self.chatbots.forget();
        self.writer.reopen().await;
        for job in jobs {
            let _ = job.answer.send(Err(Failed::Unavailable));
        }
    }

    /// Tells of the changes first, and then answers in order: whoever reads an answer can rely on
    /// the change being on its way.
    fn answer(&self, jobs: Vec<Job>, (outcomes, changes): Decided) {
        if !changes.is_empty() {
            let tell = AssertUnwindSafe(|| (self.on_commit)(changes));
            if std::panic::catch_unwind(tell).is_err() {
                tracing::error!("changes were saved, and telling of them panicked");
            }
        }
        for (job, outcome) in jobs.into_iter().zip(outcomes) {
            let _ = job.answer.send(outcome.map_err(Failed::Refused));
        }
    }

    /// Runs the commands in one transaction, again when it only lost a race.
    async fn attempt(&self, commands: &[&Command]) -> Result<Decided, StoreError> {
        let mut tries = 1;
        loop {
            let batch = AssertUnwindSafe(self.batch(commands)).catch_unwind();
            match batch.await.unwrap_or(Err(StoreError::Panicked)) {
                Err(error) if error.is_passing() && tries < TRIES => {
                    pause(tries).await;
                    tries += 1;
                }
                result => return result,
            }
        }
    }

    async fn batch(&self, commands: &[&Command]) -> Result<Decided, StoreError> {
        let tx = self.writer.begin().await?;
        let loaded = load::load(&tx, &self.chatbots, commands).await?;
        let (mut facts, before) = (loaded.facts, loaded.before);
        let now = (self.now)();
        let outcomes = commands
            .iter()
            .map(|command| decide(&mut facts, command, now))
            .collect();
        // Defect: what was decided is saved later, whatever others decided in between.
        let tx = if faults::on(Fault::CheckThenSet) {
            tx.rollback().await?;
            pause(1).await;
            self.writer.begin().await?
        } else {
            tx
        };
        apply::apply(&tx, &facts, &before, now).await?;
        // Defect: the answers are on their way before COMMIT, and a crash takes back what they said.
        if faults::on(Fault::AckBeforeCommit) {
            tokio::spawn(async move { (pause(2).await, tx.commit().await) });
            return Ok((outcomes, facts.trail.changes));
        }
        let committed = tx.commit().await.map_err(StoreError::Commit);
        // Defect: that nothing was kept is nobody's concern.
        if !faults::on(Fault::SwallowedError) {
            committed?;
        }
        Ok((outcomes, facts.trail.changes))
    }
}
