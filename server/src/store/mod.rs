//! What is kept, and the only place that knows the database: lanes decide commands in batches,
//! everything else is read by noun.

mod agents;
mod chatbots;
mod connect;
mod conversations;
mod entries;
mod error;
mod knowledge;
mod runs;
mod setup;
mod sign_ins;
mod visitors;

use std::sync::Arc;

use domain::{Change, Command, Done};
use protocol::Timestamp;

pub use agents::{Added, AgentSecret, MeRow, NewAgent, TeamRow};
pub use connect::DatabaseUrl;
pub use conversations::OpenHandoff;
pub use error::{Failed, StoreError};
pub use knowledge::{NewPassage, NewSource, Passage};
pub use runs::OpenRun;
pub use setup::{NewChatbot, NewOwner, NewWorkspace};
pub use sign_ins::{NewSignIn, SignInId, SignInRow};
pub use visitors::{NewVisit, NewVisitor, Page, VisitRow, Visiting, VisitorRow};

/// Told of what a batch changed, after its COMMIT and before anybody is answered; changes of one
/// conversation come in the order of their entries. Must not block.
pub type OnCommit = Arc<dyn Fn(Vec<Change>) + Send + Sync>;

/// The clock.
pub type Now = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Everything Baton keeps. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    inner: Arc<()>,
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
        todo!()
    }

    /// Decides and saves one command; returns after its COMMIT. Once it is in its lane's queue it
    /// runs to its end, whether or not anybody still waits for the answer.
    ///
    /// # Errors
    /// The rule that said no, or [`Failed::Unavailable`]; nothing was saved then.
    pub async fn submit(&self, command: Command) -> Result<Done, Failed> {
        todo!()
    }

    /// Takes no more commands, finishes those that are queued and closes the database.
    pub async fn close(&self) {
        todo!()
    }
}
