//! Who keeps the team puts members together in groups, whom chats are passed on to.

use protocol::team::{GroupEdit, TeamGroup};
use protocol::{AgentId, GroupId, Refusal};

use super::save_member::keeper;
use crate::desk::Desk;
use crate::jobs::routing::Why;
use crate::random::fresh;

/// Adds, changes or deletes a group. Requests that wait for it are looked at again.
///
/// # Errors
/// [`Refusal::NotAllowed`], [`Refusal::NotFound`], [`Refusal::FieldInvalid`],
/// [`Refusal::SettingInvalid`] or [`Refusal::Unavailable`].
pub(crate) async fn save_group(desk: &Desk, by: AgentId, edit: GroupEdit) -> Result<(), Refusal> {
    let by = keeper(desk, by).await?;
    let (store, workspace) = (&desk.store, by.workspace);
    match edit {
        GroupEdit::Add { name } => {
            let group = TeamGroup {
                id: fresh!(GroupId, desk.now()),
                name,
                members: Vec::new(),
            };
            store.save_group(workspace, group, true).await?;
        }
        GroupEdit::Save(group) => store.save_group(workspace, group, false).await?,
        GroupEdit::Delete { group } => store.delete_group(workspace, group).await?,
    }
    desk.routing.changed(workspace, Why::Team);
    desk.queue_news.changed(workspace);
    Ok(())
}
