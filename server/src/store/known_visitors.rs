//! Visitors who were here lately, kept in memory: when thousands come back at once, nobody's token
//! has to be looked up.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use protocol::{SessionId, Timestamp, VisitorId};

use super::VisitorRow;
use super::lately::Lately;

/// The visitors behind the tokens that were asked for last. Of a visitor's
/// row nothing changes but the name; and which visit is their last.
#[derive(Default)]
pub(super) struct KnownVisitors {
    memory: Mutex<Lately<[u8; 32], VisitorRow>>,
    /// Counts how often somebody was forgotten.
    generation: AtomicU64,
}

impl KnownVisitors {
    /// The visitor of a token, if they were here lately.
    pub(super) fn recall(&self, token_hash: &[u8; 32]) -> Option<VisitorRow> {
        self.memory().recall(token_hash)
    }

    /// To be taken before a visitor is read who is to be remembered.
    pub(super) fn generation(&self) -> u64 {
        self.generation.load(Ordering::SeqCst)
    }

    /// Remembers a visitor, unless somebody was forgotten since they were read: it may have been them.
    pub(super) fn remember(&self, token_hash: [u8; 32], visitor: VisitorRow, generation: u64) {
        let mut memory = self.memory();
        if self.generation.load(Ordering::SeqCst) == generation {
            memory.keep(token_hash, visitor);
        }
    }

    /// Forgets visitors whose data was erased.
    pub(super) fn forget(&self, gone: &[VisitorId]) {
        if gone.is_empty() {
            return;
        }
        let mut memory = self.memory();
        self.generation.fetch_add(1, Ordering::SeqCst);
        memory.retain(|known| !gone.contains(&known.visitor));
    }

    /// Remembers until when somebody was here, and on which visit.
    pub(super) fn seen(&self, token_hash: &[u8; 32], session: SessionId, at: Timestamp) {
        if let Some(known) = self.memory().get_mut(token_hash) {
            known.last_visit = Some((session, at));
        }
    }

    /// What a visitor is called from now on.
    pub(super) fn call(&self, token_hash: &[u8; 32], name: &str) {
        if let Some(known) = self.memory().get_mut(token_hash) {
            name.clone_into(&mut known.name);
        }
    }

    fn memory(&self) -> MutexGuard<'_, Lately<[u8; 32], VisitorRow>> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use protocol::{ChatbotId, ConversationId, WorkspaceId};
    use uuid::Uuid;

    use super::*;

    #[test]
    fn the_last_visit_is_the_one_seen_last() {
        let known = KnownVisitors::default();
        let (hash, session) = ([7; 32], SessionId(Uuid::nil()));
        known.seen(&hash, session, Timestamp(1));
        assert!(known.recall(&hash).is_none());
        let visitor = VisitorRow {
            visitor: VisitorId(Uuid::nil()),
            workspace: WorkspaceId(Uuid::nil()),
            chatbot: ChatbotId(Uuid::nil()),
            conversation: ConversationId(Uuid::nil()),
            name: "regular".to_owned(),
            last_visit: None,
        };
        known.remember(hash, visitor, known.generation());
        known.seen(&hash, session, Timestamp(2));
        let found = known.recall(&hash).unwrap();
        assert_eq!(Some((session, Timestamp(2))), found.last_visit);
    }

    #[test]
    fn who_was_read_before_they_were_erased_is_not_remembered() {
        let known = KnownVisitors::default();
        let visitor = VisitorRow {
            visitor: VisitorId(Uuid::nil()),
            workspace: WorkspaceId(Uuid::nil()),
            chatbot: ChatbotId(Uuid::nil()),
            conversation: ConversationId(Uuid::nil()),
            name: "gone".to_owned(),
            last_visit: None,
        };
        let reading = known.generation();
        known.remember([1; 32], visitor.clone(), reading);
        known.forget(&[visitor.visitor]);
        assert!(known.recall(&[1; 32]).is_none());
        known.remember([1; 32], visitor, reading);
        assert!(known.recall(&[1; 32]).is_none());
    }
}
