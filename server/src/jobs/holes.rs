//! Fills the holes of what the hub tells: what was committed and never told is read and told.

use std::time::Duration;

use protocol::limits;

use crate::desk::Desk;

/// How often is looked while something is missing.
const LOOK: Duration = Duration::from_millis(50);

/// Fills holes until the server stops.
pub(crate) async fn run(desk: Desk) {
    loop {
        desk.hub.something_is_missing().await;
        while desk.hub.is_missing() {
            for hole in desk.hub.holes(desk.now()) {
                fill(&desk, hole.workspace, hole.conversation, hole.after).await;
            }
            tokio::time::sleep(LOOK).await;
        }
    }
}

/// Tells a page of what is missing. What cannot be read now is looked for again.
async fn fill(
    desk: &Desk,
    workspace: protocol::WorkspaceId,
    conversation: protocol::ConversationId,
    after: protocol::Seq,
) {
    let page = limits::ENTRIES_PAGE;
    let read = desk
        .store
        .entries_after(workspace, conversation, after, page);
    match read.await {
        Ok(entries) => {
            tracing::warn!(conversation.id = %conversation, after = after.0, found = entries.len(), "a hole is filled");
            desk.hub.fill(conversation, entries);
        }
        Err(error) => tracing::error!(%error, "what is missing could not be read; trying again"),
    }
}
