//! Who keeps the team puts members together in groups, whom chats are passed on to.

use protocol::team::{GroupEdit, TeamGroup};
use protocol::{AgentId, GroupId, Refusal, WorkspaceId};

use super::save_member::keeper;
use super::save_module::welcome_again;
use crate::desk::Desk;
use crate::jobs::routing::Why;
use crate::random::fresh;
use crate::store::{GroupRow, StoreError};

/// Adds, changes or deletes a group. Requests that wait for it are looked at again, and open inboxes
/// know at once what groups there are.
///
/// # Errors
/// [`Refusal::NotAllowed`], [`Refusal::NotFound`], [`Refusal::FieldInvalid`],
/// [`Refusal::SettingInvalid`] or [`Refusal::Unavailable`].
pub(crate) async fn save_group(desk: &Desk, by: AgentId, edit: GroupEdit) -> Result<(), Refusal> {
    let by = keeper(desk, by).await?;
    let (store, workspace) = (&desk.store, by.workspace);
    let before = known(desk, workspace).await?;
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
    // Inboxes show no members of groups, so what changed of these alone they need not hear of.
    // It is saved: what cannot be read any more is no reason to say that it is not.
    if known(desk, workspace).await.ok() != Some(before) {
        match desk.store.team(workspace).await {
            Ok(team) => {
                let team: Vec<_> = team.iter().map(|one| one.id).collect();
                welcome_again(desk, &team).await;
            }
            Err(error) => tracing::error!(%error, "open inboxes do not know a group yet"),
        }
    }
    Ok(())
}

/// The groups, as inboxes know them.
async fn known(desk: &Desk, workspace: WorkspaceId) -> Result<Vec<GroupRow>, Refusal> {
    let groups = desk.store.groups(workspace).await;
    groups.map_err(|error| unreadable(&error))
}

fn unreadable(error: &StoreError) -> Refusal {
    tracing::error!(%error, "groups could not be read");
    Refusal::Unavailable
}
