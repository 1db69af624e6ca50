//! Something changed about an agent: the chats they hold are looked at.

use domain::Command;
use protocol::{AgentId, Refusal};

use crate::desk::Desk;

/// Looks after every chat that an agent holds. What fails is found again by the scheduler.
///
/// # Errors
/// [`Refusal::Unavailable`] when the database cannot be read.
pub(crate) async fn look_after(desk: &Desk, agent: AgentId) -> Result<(), Refusal> {
    let held = desk.store.held_by(agent).await.map_err(|error| {
        tracing::error!(%error, agent.id = %agent, "an agent's chats could not be read");
        Refusal::Unavailable
    })?;
    for conversation in held {
        let command = Command::LookAfter {
            conversation,
            agent,
            fresh: desk.fresh(),
        };
        drop(desk.store.enqueue(command).await);
    }
    Ok(())
}
