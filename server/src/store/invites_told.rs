//! What becomes of invitations, written down.

use protocol::audit::{AuditField, AuditKind, AuditSubject};
use protocol::{InviteId, RoleId, WorkspaceId};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};

use super::audit::{By, Deed, Differ, record};
use super::deliveries::NewDelivery;
use super::tables::invites::{Column, Entity};
use super::team_roles::called;
use super::writer::Stop;

/// How whoever is invited hears of it.
pub(super) fn kind_of(mail: Option<&NewDelivery>) -> AuditKind {
    match mail {
        Some(_) => AuditKind::InviteMailed,
        None => AuditKind::InviteMade,
    }
}

/// Writes down what becomes of an invitation that is there.
pub(super) async fn told(
    tx: &DatabaseTransaction,
    (workspace, invite): (WorkspaceId, InviteId),
    kind: AuditKind,
    by: &By,
) -> Result<(), Stop> {
    let row = Entity::find_by_id(invite.0)
        .filter(Column::WorkspaceId.eq(workspace.0))
        .one(tx)
        .await?;
    let Some(row) = row else { return Ok(()) };
    let subject = (AuditSubject::Invite, row.id, row.email.as_str());
    let role = called(tx, (&row.role, row.team_role_id)).await?;
    let changes = Differ::default().field(AuditField::Role, "", role).done();
    let deed = Deed::new(workspace, kind, subject);
    record(tx, by, deed.with(changes)).await?;
    Ok(())
}

/// Ends the invitations to a role that is about to be deleted: its preset may do more than they were
/// made for.
pub(super) async fn end_invites_to(
    tx: &DatabaseTransaction,
    workspace: WorkspaceId,
    role: RoleId,
    by: &By,
) -> Result<(), Stop> {
    let rows = Entity::find()
        .filter(Column::WorkspaceId.eq(workspace.0))
        .filter(Column::TeamRoleId.eq(role.0))
        .all(tx)
        .await?;
    for row in rows {
        let of = (workspace, InviteId(row.id));
        told(tx, of, AuditKind::InviteRevoked, by).await?;
        Entity::delete_by_id(row.id).exec(tx).await?;
    }
    Ok(())
}
