//! Sign-ins that were looked up lately, kept in memory: when all agents come back at once, nobody's
//! cookie has to be looked up to open the door. Whether a sign-in holds is asked behind the door.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::lately::Lately;
use super::sign_ins::SignInRow;

/// The sign-ins behind the cookies that were asked for last.
#[derive(Default)]
pub(super) struct KnownSignIns {
    memory: Mutex<Memory>,
}

#[derive(Default)]
struct Memory {
    /// Raised by every forgetting: what was read before is not remembered after.
    generation: u64,
    known: Lately<[u8; 32], SignInRow>,
}

impl KnownSignIns {
    /// The sign-in of a cookie; else the generation in which it is to be read.
    pub(super) fn recall(&self, token_hash: &[u8; 32]) -> Result<SignInRow, u64> {
        let mut memory = self.memory();
        let generation = memory.generation;
        memory.known.recall(token_hash).ok_or(generation)
    }

    /// Remembers a sign-in that was read in a generation.
    pub(super) fn remember(&self, token_hash: [u8; 32], sign_in: SignInRow, generation: u64) {
        let mut memory = self.memory();
        if memory.generation == generation {
            memory.known.keep(token_hash, sign_in);
        }
    }

    /// Forgets all of them: one may have ended.
    pub(super) fn forget(&self) {
        let mut memory = self.memory();
        memory.generation += 1;
        memory.known.clear();
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use protocol::{AgentId, Timestamp, WorkspaceId};
    use uuid::Uuid;

    use super::*;
    use crate::store::SignInId;

    #[test]
    fn what_was_read_before_a_sign_in_ended_is_not_remembered_after() {
        let known = KnownSignIns::default();
        let row = SignInRow {
            id: SignInId(Uuid::nil()),
            agent: AgentId(Uuid::nil()),
            workspace: WorkspaceId(Uuid::nil()),
            last_seen_at: Timestamp(1),
            expires_at: Timestamp(2),
        };
        let before = known.recall(&[7; 32]).unwrap_err();
        known.forget();
        known.remember([7; 32], row, before);
        let after = known.recall(&[7; 32]).unwrap_err();
        known.remember([7; 32], row, after);
        assert_eq!(Ok(row), known.recall(&[7; 32]));
        known.forget();
        assert!(known.recall(&[7; 32]).is_err());
    }
}
