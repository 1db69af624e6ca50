//! Sign-ins: an agent's browser that was let in.

mod begin;
mod end;
mod list;
mod recall;

use protocol::audit::{AuditField, AuditKind, AuditSubject};
use protocol::{AgentId, Timestamp, WorkspaceId};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, JoinType, QueryFilter, QuerySelect, Select,
};

pub use begin::NewSignIn;
pub use end::Which;
pub(super) use end::end;
pub use list::ListedSignIn;

use super::audit::{By, Deed, Differ, record};
use super::tables::agents;
use super::tables::sign_ins::{Column, Entity};
use super::writer::Stop;
use crate::faults::{self, Fault};

pub use protocol::SignInId;

/// A sign-in that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignInRow {
    pub id: SignInId,
    pub agent: AgentId,
    pub workspace: WorkspaceId,
    pub last_seen_at: Timestamp,
    pub expires_at: Timestamp,
}

/// The sign-ins that hold.
fn holding(now: Timestamp) -> Select<Entity> {
    let agent = Entity::belongs_to(agents::Entity)
        .from(Column::AgentId)
        .to(agents::Column::Id)
        .into();
    if faults::on(Fault::GoneStays) {
        return Entity::find();
    }
    Entity::find()
        .join(JoinType::InnerJoin, agent)
        .filter(Column::ExpiresAt.gt(now.0))
        .filter(Column::RevokedAt.is_null())
        .filter(agents::Column::DisabledAt.is_null())
}

/// Writes down that somebody is in, or out again with so many of their browsers.
async fn told(
    tx: &DatabaseTransaction,
    (workspace, agent): (WorkspaceId, AgentId),
    (kind, times): (AuditKind, usize),
    by: &By,
) -> Result<(), Stop> {
    let row = agents::Entity::find_by_id(agent.0).one(tx).await?;
    let name = row.map(|row| row.name).unwrap_or_default();
    let subject = (AuditSubject::Agent, agent.0, name.as_str());
    let changes = match times {
        1 => Differ::default(),
        times => Differ::default().field(AuditField::SignIns, "", times),
    };
    let deed = Deed::new(workspace, kind, subject);
    record(tx, by, deed.with(changes.done())).await?;
    Ok(())
}
