//! An agent connects: routing counts on them from here.

use domain::Command;
use protocol::{AgentId, Refusal, WorkspaceId};

use crate::desk::Desk;
use crate::jobs::routing::Why;

/// Keeps that an agent is there, and gives them what waits for them.
///
/// # Errors
/// [`Refusal::Unavailable`] when the database cannot be written.
pub(crate) async fn arrive(
    desk: &Desk,
    workspace: WorkspaceId,
    agent: AgentId,
) -> Result<(), Refusal> {
    if !desk.store.set_presence(agent, true).await? {
        return Ok(());
    }
    let held = desk.store.held_by(agent).await.map_err(|error| {
        tracing::error!(%error, agent.id = %agent, "an agent's chats could not be read");
        Refusal::Unavailable
    })?;
    for conversation in held {
        drop(
            desk.store
                .enqueue(Command::LookAfter {
                    conversation,
                    agent,
                })
                .await,
        );
    }
    desk.routing.changed(workspace, Why::Team);
    desk.queue_news.changed(workspace);
    Ok(())
}
