//! What is kept, and the only place that knows the database: lanes decide commands in batches,
//! everything else is read by noun.

mod agents;
mod answers;
mod api_tokens;
mod apply;
mod assignments;
mod attachments;
mod attendance;
mod audit;
mod beginnings;
mod chatbot_pictures;
mod chatbots;
mod connect;
mod consents;
mod contacts;
mod conversations;
mod deliveries;
mod delivery_log;
mod drafts;
mod due_cards;
mod enqueue;
mod entries;
mod erase;
mod erasures;
mod error;
mod found_contacts;
mod given;
mod groups;
mod hand_over;
mod handoff_mails;
mod holders;
mod identify;
mod identity_secrets;
mod import_settings;
mod invite_links;
mod invite_rights;
mod invites;
mod invites_told;
mod keeper;
mod knowledge;
mod known_sign_ins;
mod known_visitors;
mod labels;
mod lane;
mod last_seen;
mod lately;
mod load;
mod members;
mod mentions;
mod merge_contacts;
mod modules;
mod notes;
mod notices;
mod pad;
mod panel;
mod pictures;
mod place_reply;
mod profiles;
mod replies;
mod reply_files;
mod resets;
mod rosters;
mod runs;
mod save_chatbot;
mod search;
mod second_steps;
mod settings;
mod setup;
mod sign_ins;
mod stale;
mod tables;
mod team_roles;
mod timers;
mod views;
mod visitors;
mod workspaces;
mod writer;

#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex, PoisonError};

use domain::{Change, Command, Done};
use migrations::{Migrator, MigratorTrait};
use protocol::{ConversationId, Timestamp};
use sea_orm::DatabaseConnection;
use tokio::sync::{Semaphore, mpsc, watch};
use tokio::task::JoinHandle;

use self::chatbots::Chatbots;
use self::known_sign_ins::KnownSignIns;
use self::known_visitors::KnownVisitors;
use self::lane::{Job, Lane, QUEUE};
use self::last_seen::LastSeen;
use self::rosters::Rosters;
use self::writer::{UNITS, Writer};
use crate::faults::{self, Fault};

pub use agents::{Added, AgentSecret, MeRow, NewAgent, TeamRow};
pub use api_tokens::{ApiTokenRow, NewApiToken, Whose};
pub use attachments::{AttachmentRow, NewAttachment};
pub use audit::{AuditPlace, Doer, RefusedSignIn};
pub use connect::DatabaseUrl;
pub use consents::{AgreedIn, Consented};
pub use contacts::{ContactEdit, Known};
pub use conversations::OpenHandoff;
pub use deliveries::{Ended, Leased, Mail, NewDelivery};
pub use drafts::{DraftOf, OwnDraft};
pub use enqueue::Pending;
pub use erase::{Erase, Erased};
pub use error::{Failed, StoreError};
pub use given::Given;
pub use groups::GroupRow;
pub use handoff_mails::Unmailed;
pub use identify::Identify;
pub use import_settings::Import;
pub use invite_links::MailedInvite;
pub use invites::{InviteRow, NewInvite};
pub use knowledge::{NewPassage, NewSource, Passage};
pub use labels::LabelSaved;
pub use merge_contacts::{ContactMerge, ContactSplit};
pub use pictures::Picture;
pub use profiles::ProfileRow;
pub use replies::SavedForm;
pub use reply_files::{NewReplyFile, ReplyFileRow};
pub use resets::{NewPassword, ResetOf};
pub use rosters::Roster;
pub use runs::OpenRun;
pub use save_chatbot::{ChatbotSaved, ListedChatbot};
pub use search::Found;
pub use second_steps::{Proof, SecondStep};
pub use settings::{Saved, SettingsRow};
pub use setup::{NewChatbot, NewOwner, NewWorkspace};
pub use sign_ins::{ListedSignIn, NewSignIn, SignInId, SignInRow, Which};
pub use timers::{Request, Wants};
pub use views::ViewOf;
pub use visitors::{NewVisit, NewVisitor, VisitRow, Visiting, VisitorRow};
pub use workspaces::WorkspaceRow;

/// Told of what a batch changed, after its COMMIT and before anybody is answered; changes of one
/// conversation come in the order of their entries. Must not block.
pub type OnCommit = Arc<dyn Fn(Vec<Change>) + Send + Sync>;

/// The clock.
pub type Now = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Lanes on PostgreSQL. SQLite has one, because it has one writer.
const POSTGRES_LANES: usize = 4;

/// Everything Baton keeps. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
    /// Whom this handle of it is for; none for the server itself.
    doer: Option<Arc<Doer>>,
}

struct Inner {
    writer: Arc<Writer>,
    readers: DatabaseConnection,
    chatbots: Arc<Chatbots>,
    known_sign_ins: KnownSignIns,
    known_visitors: KnownVisitors,
    rosters: Rosters,
    last_seen: Arc<LastSeen>,
    now: Now,
    lanes: Vec<mpsc::Sender<Job>>,
    /// Rare writes that are under way.
    units: Arc<Semaphore>,
    /// Searches that read.
    searches: Semaphore,
    closing: watch::Sender<()>,
    tasks: Mutex<Vec<JoinHandle<()>>>,
}

impl Store {
    /// Opens the database, brings it up to date and starts the lanes.
    ///
    /// # Errors
    /// When it cannot be reached, cannot be brought up to date or cannot keep its promises.
    pub async fn open(
        url: &DatabaseUrl,
        now: Now,
        on_commit: OnCommit,
    ) -> Result<Self, StoreError> {
        let connection = connect::writer(url).await?;
        connect::check(url, &connection).await?;
        Migrator::up(&connection, None).await?;
        // Defect: and the database, which would have noticed, does not know either.
        if faults::on(Fault::NoUniqueKey) {
            connect::drop_unique_key(&connection).await?;
        }
        let readers = connect::readers(url).await?;

        let writer = Arc::new(Writer::new(url.clone(), connection));
        let chatbots = Arc::new(Chatbots::default());
        let (closing, _) = watch::channel(());
        let count = match url {
            // For this defect several, or nobody would decide in between.
            DatabaseUrl::Sqlite(_) if faults::on(Fault::CheckThenSet) => POSTGRES_LANES,
            DatabaseUrl::Sqlite(_) => 1,
            DatabaseUrl::Postgres(_) => POSTGRES_LANES,
        };
        let mut lanes = Vec::with_capacity(count);
        let mut tasks = Vec::with_capacity(count);
        for _ in 0..count {
            let (sender, queue) = mpsc::channel(QUEUE);
            let lane = Lane {
                writer: Arc::clone(&writer),
                chatbots: Arc::clone(&chatbots),
                now: Arc::clone(&now),
                on_commit: Arc::clone(&on_commit),
            };
            lanes.push(sender);
            tasks.push(tokio::spawn(lane.run(queue, closing.subscribe())));
        }
        let units = Arc::new(Semaphore::new(UNITS as usize));
        let last_seen = Arc::new(LastSeen::default());
        let noting = Arc::clone(&last_seen);
        tasks.push(tokio::spawn(noting.run(
            Arc::clone(&writer),
            Arc::clone(&units),
            closing.subscribe(),
        )));
        Ok(Self {
            doer: None,
            inner: Arc::new(Inner {
                writer,
                readers,
                chatbots,
                known_sign_ins: KnownSignIns::default(),
                known_visitors: KnownVisitors::default(),
                rosters: Rosters::default(),
                last_seen,
                now,
                lanes,
                units,
                searches: Semaphore::new(search::AT_ONCE),
                closing,
                tasks: Mutex::new(tasks),
            }),
        })
    }

    /// Decides and saves one command; returns after its COMMIT. Once it is in its lane's queue it
    /// runs to its end, whether or not anybody still waits for the answer.
    ///
    /// # Errors
    /// The rule that said no, or [`Failed::Unavailable`]; nothing was saved then.
    pub async fn submit(&self, command: Command) -> Result<Done, Failed> {
        self.enqueue(command).await.await
    }

    /// Takes no more commands, finishes those that are queued and closes the database.
    pub async fn close(&self) {
        self.inner.closing.send_replace(());
        let tasks = {
            let mut tasks = self
                .inner
                .tasks
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            std::mem::take(&mut *tasks)
        };
        for task in tasks {
            if task.await.is_err() {
                tracing::error!("a lane panicked");
            }
        }
        // All permits: no rare write is under way, and none begins.
        if self.inner.units.acquire_many(UNITS).await.is_ok() {
            self.inner.units.close();
        }
        for connection in [&self.inner.readers, &self.inner.writer.connection()] {
            if let Err(error) = connection.close_by_ref().await {
                tracing::error!(%error, "the database was not closed cleanly");
            }
        }
    }

    fn lane(&self, conversation: ConversationId) -> &mpsc::Sender<Job> {
        let lanes = &self.inner.lanes;
        &lanes[lane_of(conversation, lanes.len())]
    }

    fn readers(&self) -> &DatabaseConnection {
        &self.inner.readers
    }
}

/// All that is said in a conversation goes through one lane, so that it stays in order. The last
/// byte of an id is random, whoever made it.
fn lane_of(conversation: ConversationId, lanes: usize) -> usize {
    let [.., last] = conversation.0.into_bytes();
    usize::from(last) % lanes
}
