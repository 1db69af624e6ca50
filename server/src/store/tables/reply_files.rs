//! Rows of the files that saved replies bring along.

use protocol::AttachmentId;
use protocol::attachment::{Attachment, Picture};
use sea_orm::entity::prelude::*;

use super::Reading;
use crate::store::StoreError;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reply_files")]
pub(in crate::store) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub workspace_id: Uuid,
    /// None while no saved reply has it.
    pub reply_id: Option<Uuid>,
    pub agent_id: Uuid,
    pub state: String,
    pub position: i64,
    pub name: String,
    pub media_type: String,
    pub bytes: i64,
    pub width: Option<i64>,
    pub height: Option<i64>,
    pub created_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(in crate::store) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// As it travels.
    pub(in crate::store) fn view(&self) -> Result<Attachment, StoreError> {
        let reading = Reading {
            table: "reply_files",
            id: self.id,
        };
        let picture = match self.width.zip(self.height) {
            Some((width, height)) => Some(Picture {
                width: reading.number("width", width)?,
                height: reading.number("height", height)?,
            }),
            None => None,
        };
        Ok(Attachment {
            id: AttachmentId(self.id),
            name: self.name.clone(),
            media_type: self.media_type.clone(),
            bytes: reading.number("bytes", self.bytes)?,
            picture,
        })
    }
}
