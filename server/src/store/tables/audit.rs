//! Rows of what people changed.

use protocol::audit::{AuditKind, AuditRow, AuditSubject};
use protocol::{AgentId, Timestamp};
use sea_orm::entity::prelude::*;

use super::Reading;
use crate::store::StoreError;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit")]
pub(in crate::store) struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub workspace_id: Uuid,
    pub at: i64,
    pub agent_id: Option<Uuid>,
    pub agent_name: String,
    pub kind: String,
    pub subject: String,
    pub subject_id: Option<Uuid>,
    pub subject_name: String,
    pub found: String,
    pub changes: String,
    pub address: String,
    pub user_agent: String,
    pub times: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(in crate::store) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// The row as pages and exports show it.
    pub(in crate::store) fn row(self) -> Result<AuditRow, StoreError> {
        let reading = Reading {
            table: "audit",
            id: self.workspace_id,
        };
        let changes = serde_json::from_str(&self.changes).map_err(|_| reading.wrong("changes"))?;
        Ok(AuditRow {
            id: reading.number("id", self.id)?,
            at: Timestamp(self.at),
            agent: self.agent_id.map(AgentId),
            name: self.agent_name,
            kind: AuditKind::read(&self.kind).ok_or_else(|| reading.wrong("kind"))?,
            subject: AuditSubject::read(&self.subject).ok_or_else(|| reading.wrong("subject"))?,
            subject_id: self.subject_id,
            subject_name: self.subject_name,
            changes,
            address: self.address,
            user_agent: self.user_agent,
            times: reading.number("times", self.times)?,
        })
    }
}
