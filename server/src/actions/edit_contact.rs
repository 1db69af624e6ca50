//! An agent changes what a visitor is known by.

use protocol::{ConversationId, WorkspaceId};

use crate::desk::Desk;
use crate::store::{ContactEdit, Failed, Known};

/// Saves the change and tells everybody who looks at a conversation of this contact.
///
/// # Errors
/// The refusal of the store, or [`Failed::Unavailable`].
pub(crate) async fn edit_contact(desk: &Desk, edit: ContactEdit) -> Result<(), Failed> {
    let workspace = edit.workspace;
    let Some(known) = desk.store.edit_contact(edit).await? else {
        return Ok(());
    };
    tell(desk, workspace, known).await;
    Ok(())
}

/// Tells everybody who looks at a conversation of a contact what is known of it now.
pub(super) async fn tell(desk: &Desk, workspace: WorkspaceId, known: Known) {
    let Known { contact, visitors } = known;
    let ids: Vec<ConversationId> = visitors.iter().map(|(_, id)| *id).collect();
    // What is saved is saved; who is not told learns of it when they look again.
    match desk.store.newest_of(workspace, ids).await {
        Ok(conversations) => {
            for conversation in &conversations {
                desk.hub.publish_contact(conversation, &contact);
            }
        }
        Err(error) => tracing::error!(%error, "a changed contact could not be told"),
    }
}
