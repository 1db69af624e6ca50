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

#[cfg(test)]
mod tests {
    use futures::FutureExt as _;
    use uuid::Uuid;

    use super::*;

    #[tokio::test]
    async fn one_agents_turns_follow_each_other_and_nobody_else_waits() {
        let choices = Choices::default();
        let (ana, ben) = (AgentId(Uuid::from_u128(1)), AgentId(Uuid::from_u128(2)));
        let first = choices.turn(ana).await;
        let again = choices.clone();
        let mut second = std::pin::pin!(again.turn(ana));
        assert!(second.as_mut().now_or_never().is_none(), "it is not over");
        assert!(choices.turn(ben).now_or_never().is_some());

        drop(first);

        assert!(second.now_or_never().is_some());
    }
}
