//! Turns: what an agent chooses is kept and told in one order, whichever of their connections it is on.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use protocol::AgentId;
use tokio::sync::OwnedMutexGuard;

/// Whose turn it is to read or change what an agent chose. Whoever has the turn goes to the database
/// and to the hub before the next does, so that the hub never learns something older than it knows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Choices(Arc<Mutex<HashMap<AgentId, Turn>>>);

/// Bounded by the number of agents.
type Turn = Arc<tokio::sync::Mutex<()>>;

impl Choices {
    /// Waits for the turn; it lasts until the answer is dropped.
    pub(crate) async fn turn(&self, agent: AgentId) -> OwnedMutexGuard<()> {
        let turn = {
            let mut turns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            turns.entry(agent).or_default().clone()
        };
        turn.lock_owned().await
    }
}
