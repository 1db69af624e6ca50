//! Visitors who were here lately, kept in memory: when thousands come back at once, nobody's token
//! has to be looked up.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use protocol::{SessionId, Timestamp};

use super::VisitorRow;

/// Visitors of one generation. Two are kept, so that whoever comes again and again stays.
const GENERATION: usize = 8192;

/// The visitors behind the tokens that were asked for last. A visitor's row never changes; what
/// does is which visit is their last.
#[derive(Default)]
pub(super) struct KnownVisitors {
    memory: Mutex<Memory>,
}

#[derive(Default)]
struct Memory {
    newer: HashMap<[u8; 32], VisitorRow>,
    older: HashMap<[u8; 32], VisitorRow>,
}

impl KnownVisitors {
    /// The visitor of a token, if they were here lately.
    pub(super) fn recall(&self, token_hash: &[u8; 32]) -> Option<VisitorRow> {
        let mut memory = self.memory();
        if let Some(known) = memory.newer.get(token_hash) {
            return Some(known.clone());
        }
        let known = memory.older.remove(token_hash)?;
        memory.keep(*token_hash, known.clone());
        Some(known)
    }

    /// Remembers a visitor.
    pub(super) fn remember(&self, token_hash: [u8; 32], visitor: VisitorRow) {
        self.memory().keep(token_hash, visitor);
    }

    /// Remembers until when somebody was here, and on which visit.
    pub(super) fn seen(&self, token_hash: &[u8; 32], session: SessionId, at: Timestamp) {
        let mut memory = self.memory();
        let Memory { newer, older } = &mut *memory;
        let known = newer
            .get_mut(token_hash)
            .or_else(|| older.get_mut(token_hash));
        if let Some(known) = known {
            known.last_visit = Some((session, at));
        }
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Memory {
    fn keep(&mut self, token_hash: [u8; 32], visitor: VisitorRow) {
        if self.newer.len() >= GENERATION {
            self.older = std::mem::take(&mut self.newer);
        }
        self.newer.insert(token_hash, visitor);
    }
}

#[cfg(test)]
mod tests {
    use protocol::{ChatbotId, ConversationId, VisitorId, WorkspaceId};
    use uuid::Uuid;

    use super::*;

    fn hash(number: usize) -> [u8; 32] {
        let mut hash = [0; 32];
        hash[..8].copy_from_slice(&number.to_le_bytes());
        hash
    }

    fn visitor(name: &str) -> VisitorRow {
        VisitorRow {
            visitor: VisitorId(Uuid::nil()),
            workspace: WorkspaceId(Uuid::nil()),
            chatbot: ChatbotId(Uuid::nil()),
            conversation: ConversationId(Uuid::nil()),
            name: name.to_owned(),
            last_visit: None,
        }
    }

    #[test]
    fn whoever_comes_again_and_again_stays_and_the_memory_is_bounded() {
        let known = KnownVisitors::default();
        known.remember(hash(0), visitor("regular"));
        known.remember(hash(1), visitor("once"));
        for number in 2..4 * GENERATION {
            known.remember(hash(number), visitor("passing"));
            if number % 1000 == 0 {
                assert_eq!("regular", known.recall(&hash(0)).unwrap().name);
            }
        }
        assert!(known.recall(&hash(1)).is_none());
        let memory = known.memory();
        assert!(memory.newer.len() + memory.older.len() <= 2 * GENERATION);
    }

    #[test]
    fn the_last_visit_is_the_one_seen_last() {
        let known = KnownVisitors::default();
        let session = SessionId(Uuid::nil());
        known.seen(&hash(0), session, Timestamp(1));
        assert!(known.recall(&hash(0)).is_none());
        known.remember(hash(0), visitor("regular"));
        known.seen(&hash(0), session, Timestamp(2));
        let found = known.recall(&hash(0)).unwrap();
        assert_eq!(Some((session, Timestamp(2))), found.last_visit);
    }
}
