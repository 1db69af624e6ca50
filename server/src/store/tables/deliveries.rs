//! Rows of mails that leave.

use protocol::delivery::DeliveryState;
use protocol::{DeliveryId, Timestamp};
use sea_orm::entity::prelude::*;

use super::Reading;
use super::words::DeliveryStateKind;
use crate::store::StoreError;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "deliveries")]
pub(in crate::store) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub workspace_id: Option<Uuid>,
    pub recipient: String,
    pub kind: String,
    pub mail: String,
    pub key: Option<String>,
    pub state: String,
    pub created_at: i64,
    pub due_at: Option<i64>,
    pub give_up_at: i64,
    pub ended_at: Option<i64>,
    pub leased_by: Option<Uuid>,
    pub leased_until: Option<i64>,
    pub attempts: i64,
    pub tries: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(in crate::store) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    pub(in crate::store) fn reading(&self) -> Reading {
        Reading {
            table: "deliveries",
            id: self.id,
        }
    }

    pub(in crate::store) fn id(&self) -> DeliveryId {
        DeliveryId(self.id)
    }

    /// Where it stands.
    pub(in crate::store) fn state(&self) -> Result<DeliveryState, StoreError> {
        let reading = self.reading();
        let at = || reading.some("ended_at", self.ended_at).map(Timestamp);
        Ok(match reading.word("state", &self.state)? {
            DeliveryStateKind::Waiting => DeliveryState::Waiting {
                due_at: Timestamp(reading.some("due_at", self.due_at)?),
            },
            DeliveryStateKind::Sent => DeliveryState::Sent { at: at()? },
            DeliveryStateKind::Failed => DeliveryState::Failed { at: at()? },
            DeliveryStateKind::Dropped => DeliveryState::Dropped { at: at()? },
        })
    }
}
