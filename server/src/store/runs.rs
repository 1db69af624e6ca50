//! The AI's attempts that wait for an answer.

use domain::conversation::Run;
use protocol::{ConversationId, RunId, WorkspaceId};

use super::{Failed, Store, StoreError};

/// An attempt of the AI that is still open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenRun {
    pub workspace: WorkspaceId,
    pub conversation: ConversationId,
    pub run: Run,
    /// How often it was begun.
    pub attempts: u32,
}

impl Store {
    /// Every attempt that waits for an answer, the oldest first: what a crash left undone.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn open_runs(&self) -> Result<Vec<OpenRun>, StoreError> {
        todo!()
    }

    /// Counts one more attempt of a run before it is made, so that a question which brings the
    /// process down is not tried for ever. Says how many there were, this one included.
    ///
    /// # Errors
    /// [`Failed::Unavailable`] when the database cannot be written.
    pub async fn begin_attempt(&self, workspace: WorkspaceId, run: RunId) -> Result<u32, Failed> {
        todo!()
    }
}
