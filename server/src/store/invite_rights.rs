//! What an invitation is to, and whether somebody may give that now.

use domain::{Refusal, team};
use protocol::person::Role;
use protocol::{AgentId, RoleId, WorkspaceId};
use sea_orm::DatabaseTransaction;

use super::StoreError;
use super::members::rights;
use super::tables::invites::Model;
use super::team_roles::given;
use super::writer::Stop;

/// A preset, or a role of the workspace's own that is like it.
pub(super) type RoleOf = (Role, Option<RoleId>);

/// What an invitation is to.
pub(super) fn of_row(row: &Model) -> Result<RoleOf, StoreError> {
    let role = row.reading().word("role", &row.role)?;
    Ok((role, row.team_role_id.map(RoleId)))
}

/// Refuses what this agent may not do now: to invite to `becomes` in the place of `was`.
pub(super) async fn may(
    tx: &DatabaseTransaction,
    workspace: WorkspaceId,
    by: AgentId,
    (was, becomes): (RoleOf, RoleOf),
) -> Result<(), Stop> {
    let by = rights(tx, workspace, by).await?;
    let by = by.ok_or(Stop::Refused(Refusal::NotAllowed))?;
    let (was, _) = given(tx, workspace, was).await?;
    let (becomes, _) = given(tx, workspace, becomes).await?;
    team::may_change(by, was, becomes).map_err(Stop::Refused)?;
    team::may_let_in(by, becomes).map_err(Stop::Refused)
}
