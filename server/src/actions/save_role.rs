//! Who keeps the team makes roles of its own: a preset, without some of what that gives.

use protocol::team::RoleEdit;
use protocol::{AgentId, Refusal, RoleId, close};

use super::look_after::look_after;
use super::save_member::keeper;
use crate::desk::Desk;
use crate::jobs::routing::Why;
use crate::random::fresh;

/// Adds, changes or deletes a role. The connections of its members come back with their new rights at
/// once.
///
/// # Errors
/// [`Refusal::NotAllowed`], [`Refusal::NotFound`], [`Refusal::FieldInvalid`],
/// [`Refusal::SettingInvalid`] or [`Refusal::Unavailable`].
pub(crate) async fn save_role(desk: &Desk, by: AgentId, edit: RoleEdit) -> Result<(), Refusal> {
    let by = keeper(desk, by).await?;
    let workspace = by.workspace;
    let fresh = fresh!(RoleId, desk.now());
    let members = desk
        .store
        .save_team_role((workspace, by.id), edit, fresh)
        .await?;
    if members.is_empty() {
        return Ok(());
    }
    for agent in &members {
        // A connection that began before this turn is there to be closed; one that begins after it
        // reads what is saved.
        let turn = desk.choices.turn(*agent).await;
        desk.hub.close_agent(*agent, close::RESUME);
        drop(turn);
    }
    for agent in members {
        // What cannot be looked after now the scheduler finds.
        drop(look_after(desk, agent).await);
    }
    desk.tell_team(workspace).await;
    desk.routing.changed(workspace, Why::Team);
    desk.queue_news.changed(workspace);
    Ok(())
}
