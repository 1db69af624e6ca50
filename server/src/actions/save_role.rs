//! Who keeps the team makes roles of its own: a preset, without some of what that gives.

use protocol::team::RoleEdit;
use protocol::{AgentId, Refusal, RoleId};

use super::save_member::keeper;
use super::save_module::reach;
use crate::desk::Desk;
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
    if !members.is_empty() {
        reach(desk, workspace, members).await;
    }
    Ok(())
}
