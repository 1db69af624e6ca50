//! Agents' pictures: a few kilobytes each, in a row of their own.

use protocol::audit::{AuditField, AuditKind, AuditSubject};
use protocol::{AgentId, AttachmentId, WorkspaceId};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, Set,
};
use uuid::Uuid;

use super::audit::{By, Deed, Differ, record};
use super::chatbot_pictures::whose;
use super::tables::agent_pictures::{ActiveModel, Column, Entity};
use super::tables::agents;
use super::writer::{Stop, Unit};
use super::{Failed, Store, StoreError};

/// A small picture, of an agent or a chatbot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    pub id: AttachmentId,
    pub media_type: String,
    pub content: Vec<u8>,
}

impl Store {
    /// An agent's picture.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn picture(
        &self,
        workspace: WorkspaceId,
        agent: AgentId,
    ) -> Result<Option<Picture>, StoreError> {
        let row = Entity::find_by_id(agent.0)
            .filter(Column::WorkspaceId.eq(workspace.0))
            .one(self.readers())
            .await?;
        Ok(row.map(|row| Picture {
            id: AttachmentId(row.picture_id),
            media_type: row.media_type,
            content: row.content,
        }))
    }

    /// Which picture an agent has.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn picture_id(
        &self,
        workspace: WorkspaceId,
        agent: AgentId,
    ) -> Result<Option<AttachmentId>, StoreError> {
        let id = Entity::find_by_id(agent.0)
            .filter(Column::WorkspaceId.eq(workspace.0))
            .select_only()
            .column(Column::PictureId)
            .into_tuple::<Uuid>()
            .one(self.readers())
            .await?;
        Ok(id.map(AttachmentId))
    }

    /// Which agents of a workspace have a picture, and which one.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn pictures(
        &self,
        workspace: WorkspaceId,
    ) -> Result<Vec<(AgentId, AttachmentId)>, StoreError> {
        let rows = Entity::find()
            .filter(Column::WorkspaceId.eq(workspace.0))
            .select_only()
            .columns([Column::AgentId, Column::PictureId])
            .into_tuple::<(Uuid, Uuid)>()
            .all(self.readers())
            .await?;
        let rows = rows.into_iter();
        let rows = rows.map(|(agent, picture)| (AgentId(agent), AttachmentId(picture)));
        Ok(rows.collect())
    }

    /// An agent's picture by its own id, which nobody guesses.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn picture_of_id(&self, id: AttachmentId) -> Result<Option<Picture>, StoreError> {
        let row = Entity::find()
            .filter(Column::PictureId.eq(id.0))
            .one(self.readers())
            .await?;
        Ok(row.map(|row| Picture {
            id,
            media_type: row.media_type,
            content: row.content,
        }))
    }

    /// Gives an agent a picture in the place of the one they had; with none only takes it away.
    ///
    /// # Errors
    /// [`Failed::Unavailable`] when the database cannot be written.
    pub async fn set_picture(
        &self,
        workspace: WorkspaceId,
        agent: AgentId,
        picture: Option<Picture>,
    ) -> Result<(), Failed> {
        self.write(SetPicture {
            workspace,
            agent,
            picture,
            by: self.by(),
        })
        .await
    }
}

struct SetPicture {
    workspace: WorkspaceId,
    agent: AgentId,
    picture: Option<Picture>,
    by: By,
}

impl Unit for SetPicture {
    type Done = ();
    const NAME: &'static str = "set_picture";

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        let own = Entity::find().filter(Column::AgentId.eq(self.agent.0));
        let had_one = own.count(tx).await? > 0;
        self.told(tx, had_one).await?;
        let Some(picture) = &self.picture else {
            Entity::delete_many()
                .filter(Column::AgentId.eq(self.agent.0))
                .filter(Column::WorkspaceId.eq(self.workspace.0))
                .exec(tx)
                .await?;
            return Ok(());
        };
        let row = ActiveModel {
            agent_id: Set(self.agent.0),
            workspace_id: Set(self.workspace.0),
            picture_id: Set(picture.id.0),
            media_type: Set(picture.media_type.clone()),
            content: Set(picture.content.clone()),
        };
        let instead = OnConflict::column(Column::AgentId)
            .update_columns([Column::PictureId, Column::MediaType, Column::Content])
            .to_owned();
        Entity::insert(row)
            .on_conflict(instead)
            .exec_without_returning(tx)
            .await?;
        Ok(())
    }
}

impl SetPicture {
    /// Writes down that there is a picture now, another one, or none any more.
    async fn told(&self, tx: &DatabaseTransaction, had_one: bool) -> Result<(), StoreError> {
        let has_one = self.picture.is_some();
        if !had_one && !has_one {
            return Ok(());
        }
        let row = agents::Entity::find_by_id(self.agent.0).one(tx).await?;
        let name = row.map(|row| row.name).unwrap_or_default();
        let changes = Differ::default()
            .field(AuditField::Picture, whose(had_one), whose(has_one))
            .hidden(AuditField::Picture, had_one && has_one);
        let subject = (AuditSubject::Agent, self.agent.0, name.as_str());
        let deed = Deed::new(self.workspace, AuditKind::Profile, subject);
        record(tx, &self.by, deed.with(changes.done())).await
    }
}
