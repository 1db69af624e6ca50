//! Rows of erasures: how much of what is gone, and nothing of whom it was about.

use protocol::erasure::{AskedBy, ErasureView};
use protocol::{ErasureId, Timestamp};
use sea_orm::entity::prelude::*;

use super::Reading;
use super::words::AskedByKind;
use crate::store::StoreError;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "erasures")]
pub(in crate::store) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub workspace_id: Uuid,
    pub at: i64,
    pub asked_by: String,
    pub agent_id: Option<Uuid>,
    pub agent_name: String,
    pub counts: String,
    pub done_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(in crate::store) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl TryFrom<Model> for ErasureView {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let reading = Reading {
            table: "erasures",
            id: row.id,
        };
        let counts = serde_json::from_str(&row.counts).map_err(|_| reading.wrong("counts"))?;
        Ok(Self {
            id: ErasureId(row.id),
            at: Timestamp(row.at),
            asked_by: match reading.word("asked_by", &row.asked_by)? {
                AskedByKind::Visitor => AskedBy::Visitor,
                AskedByKind::Agent => AskedBy::Agent {
                    name: row.agent_name,
                },
                AskedByKind::Retention => AskedBy::Retention,
            },
            counts,
            done_at: row.done_at.map(Timestamp),
        })
    }
}
