//! The lines of a conversation, in pages; and the same for visitors, who get public rows only.

use domain::Entry;
use protocol::{ConversationId, PublicSeq, Seq, WorkspaceId};

use super::{Store, StoreError};

impl Store {
    /// The entries that follow one, oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn entries_after(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
        after: Seq,
        limit: usize,
    ) -> Result<Vec<Entry>, StoreError> {
        todo!()
    }

    /// The newest entries, oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn newest_entries(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
        limit: usize,
    ) -> Result<Vec<Entry>, StoreError> {
        todo!()
    }

    /// The entries right before one, oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn entries_before(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
        before: Seq,
        limit: usize,
    ) -> Result<Vec<Entry>, StoreError> {
        todo!()
    }

    /// What the visitor may see after one entry, oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn public_entries_after(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
        after: PublicSeq,
        limit: usize,
    ) -> Result<Vec<Entry>, StoreError> {
        todo!()
    }

    /// The newest entries that the visitor may see, oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn newest_public_entries(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
        limit: usize,
    ) -> Result<Vec<Entry>, StoreError> {
        todo!()
    }

    /// What the visitor may see right before one entry, oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn public_entries_before(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
        before: PublicSeq,
        limit: usize,
    ) -> Result<Vec<Entry>, StoreError> {
        todo!()
    }
}
