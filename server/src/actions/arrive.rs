//! An agent connects: routing counts on them from here.

use protocol::{AgentId, Refusal, WorkspaceId};

use super::look_after::look_after;
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
    if !desk.store.set_presence(agent, None).await? {
        return Ok(());
    }
    look_after(desk, agent).await?;
    desk.routing.changed(workspace, Why::Team);
    desk.queue_news.changed(workspace);
    Ok(())
}
