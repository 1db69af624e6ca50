//! Rows of attachments.

use domain::Uploader;
use protocol::attachment::{Attachment, Picture};
use protocol::{AgentId, AttachmentId, VisitorId};
use sea_orm::entity::prelude::*;

use super::Reading;
use super::words::AuthorKind;
use crate::store::StoreError;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attachments")]
pub(in crate::store) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub workspace_id: Uuid,
    pub conversation_id: Uuid,
    pub uploader_kind: String,
    pub uploader_id: Uuid,
    pub state: String,
    pub name: String,
    pub media_type: String,
    pub bytes: i64,
    pub width: Option<i64>,
    pub height: Option<i64>,
    pub for_team: bool,
    pub created_at: i64,
    pub sent_at: Option<i64>,
    pub erasure_id: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(in crate::store) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Who uploaded it.
    pub(in crate::store) fn uploader(&self) -> Result<Uploader, StoreError> {
        let reading = self.reading();
        match reading.word("uploader_kind", &self.uploader_kind)? {
            AuthorKind::Visitor => Ok(Uploader::Visitor(VisitorId(self.uploader_id))),
            AuthorKind::Agent => Ok(Uploader::Agent(AgentId(self.uploader_id))),
            AuthorKind::Ai | AuthorKind::System => Err(reading.wrong("uploader_kind")),
        }
    }

    /// What timelines show of it.
    pub(in crate::store) fn view(&self) -> Result<Attachment, StoreError> {
        let reading = self.reading();
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

    pub(in crate::store) fn reading(&self) -> Reading {
        Reading {
            table: "attachments",
            id: self.id,
        }
    }
}

/// The two columns that say who uploaded something.
pub(in crate::store) fn uploader_columns(by: Uploader) -> (AuthorKind, Uuid) {
    match by {
        Uploader::Visitor(visitor) => (AuthorKind::Visitor, visitor.0),
        Uploader::Agent(agent) => (AuthorKind::Agent, agent.0),
    }
}
