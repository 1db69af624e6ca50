//! Erases data for good: rows at once, and right after that the files.

use std::time::Duration;

use protocol::{ErasureId, WorkspaceId};

use crate::desk::Desk;
use crate::jobs::erasures;
use crate::random::fresh;
use crate::store::{Erase, Erased, Failed};

/// Until the other pages of a visitor are told that they are nobody: the one that asked has cleared its
/// storage by then, and begins nothing anew.
const FAREWELL: Duration = Duration::from_secs(1);

/// Erases, and tells everybody who had it on the screen. What was erased comes back.
///
/// # Errors
/// [`domain::Refusal::NotFound`], [`domain::Refusal::NotAllowed`], [`Failed::Unavailable`].
pub(crate) async fn erase(
    desk: &Desk,
    workspace: WorkspaceId,
    erase: Erase,
) -> Result<Erased, Failed> {
    let (id, now) = (fresh!(ErasureId, desk.now()), desk.now());
    let wait = match erase {
        Erase::Visitor(_) => FAREWELL,
        Erase::Seen { .. } | Erase::Before { .. } => Duration::ZERO,
    };
    let erased = desk.store.erase(workspace, id, erase, now).await?;
    for (conversation, chatbot) in &erased.conversations {
        desk.hub
            .conversation_erased(workspace, *chatbot, *conversation);
        desk.routing.erased(workspace, *conversation);
        desk.queue_news.changed(workspace);
    }
    let (desk, visitors) = (desk.clone(), erased.visitors.clone());
    // What is not done when the server ends is done after its next start.
    tokio::spawn(async move {
        tokio::time::sleep(wait).await;
        for (_, conversation) in visitors {
            desk.hub.visitor_erased(conversation);
        }
        erasures::remove_files(&desk).await;
    });
    Ok(erased)
}
