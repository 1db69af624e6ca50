//! Chatbots' pictures: what the assistant is shown by.

use std::collections::HashMap;

use domain::Refusal;
use protocol::audit::{AuditField, AuditKind, AuditSubject};
use protocol::{AttachmentId, ChatbotId, WorkspaceId};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter,
    QuerySelect, Set,
};
use uuid::Uuid;

use super::audit::{By, Deed, Differ, record};
use super::pad::pad;
use super::tables::chatbot_pictures::{ActiveModel, Column, Entity};
use super::tables::chatbots;
use super::writer::{Stop, Unit};
use super::{Failed, Picture, Store, StoreError};

/// Which pictures these chatbots have.
pub(super) async fn of_chatbots(
    db: &impl ConnectionTrait,
    ids: Vec<Uuid>,
) -> Result<HashMap<Uuid, AttachmentId>, StoreError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = Entity::find()
        .filter(Column::ChatbotId.is_in(pad(ids)))
        .select_only()
        .columns([Column::ChatbotId, Column::PictureId])
        .into_tuple::<(Uuid, Uuid)>()
        .all(db)
        .await?;
    let rows = rows.into_iter();
    Ok(rows
        .map(|(id, picture)| (id, AttachmentId(picture)))
        .collect())
}

impl Store {
    /// A chatbot's picture. Takes no workspace: visitors name a chatbot and nothing else.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn chatbot_picture(&self, chatbot: ChatbotId) -> Result<Option<Picture>, StoreError> {
        let row = Entity::find_by_id(chatbot.0).one(self.readers()).await?;
        Ok(row.map(|row| Picture {
            id: AttachmentId(row.picture_id),
            media_type: row.media_type,
            content: row.content,
        }))
    }

    /// Gives a chatbot a picture in the place of the one it had; with none only takes it away.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for one that is archived or of another workspace, [`Failed::Unavailable`].
    pub async fn set_chatbot_picture(
        &self,
        workspace: WorkspaceId,
        chatbot: ChatbotId,
        picture: Option<Picture>,
    ) -> Result<(), Failed> {
        let unit = SetPicture {
            workspace,
            chatbot,
            picture,
            by: self.by(),
        };
        let done = self.write(unit).await;
        // Whatever came of it: what is remembered may be old.
        self.inner.chatbots.forget();
        done
    }
}

struct SetPicture {
    workspace: WorkspaceId,
    chatbot: ChatbotId,
    picture: Option<Picture>,
    by: By,
}

impl Unit for SetPicture {
    type Done = ();
    const NAME: &'static str = "set_chatbot_picture";

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        let found = chatbots::Entity::find_by_id(self.chatbot.0)
            .filter(chatbots::Column::WorkspaceId.eq(self.workspace.0))
            .filter(chatbots::Column::ArchivedAt.is_null())
            .one(tx)
            .await?;
        let found = found.ok_or(Stop::Refused(Refusal::NotFound))?;
        let had_one = Entity::find_by_id(self.chatbot.0).count(tx).await? > 0;
        self.told(tx, &found.name, had_one).await?;
        let Some(picture) = &self.picture else {
            Entity::delete_by_id(self.chatbot.0).exec(tx).await?;
            return Ok(());
        };
        let row = ActiveModel {
            chatbot_id: Set(self.chatbot.0),
            workspace_id: Set(self.workspace.0),
            picture_id: Set(picture.id.0),
            media_type: Set(picture.media_type.clone()),
            content: Set(picture.content.clone()),
        };
        let instead = OnConflict::column(Column::ChatbotId)
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
    async fn told(
        &self,
        tx: &DatabaseTransaction,
        name: &str,
        had_one: bool,
    ) -> Result<(), StoreError> {
        let has_one = self.picture.is_some();
        if !had_one && !has_one {
            return Ok(());
        }
        let changes = Differ::default()
            .field(AuditField::Picture, whose(had_one), whose(has_one))
            .hidden(AuditField::Picture, had_one && has_one);
        let subject = (AuditSubject::Chatbot, self.chatbot.0, name);
        let deed = Deed::new(self.workspace, AuditKind::ChatbotPicture, subject);
        record(tx, &self.by, deed.with(changes.done())).await
    }
}

/// As of settings: one's own, or what everybody has.
pub(super) const fn whose(has_one: bool) -> &'static str {
    if has_one { "own" } else { "default" }
}
