//! The secret of each chatbot with which a site proves who its visitors are.

use protocol::audit::{AuditKind, AuditSubject};
use protocol::{ChatbotId, Timestamp, WorkspaceId};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, Set};

use super::audit::{By, Deed, record};
use super::tables::chatbots;
use super::tables::identity_secrets::{ActiveModel, Column, Entity};
use super::writer::{Stop, Unit};
use super::{Failed, Store, StoreError};

impl Store {
    /// The secret of a chatbot; none until one was made.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn identity_secret(
        &self,
        workspace: WorkspaceId,
        chatbot: ChatbotId,
    ) -> Result<Option<String>, StoreError> {
        let row = Entity::find_by_id(chatbot.0)
            .filter(Column::WorkspaceId.eq(workspace.0))
            .one(self.readers())
            .await?;
        Ok(row.map(|row| row.secret))
    }

    /// Gives a chatbot a secret; a former one proves nothing from then on.
    ///
    /// # Errors
    /// [`Failed::Unavailable`].
    pub async fn save_identity_secret(
        &self,
        workspace: WorkspaceId,
        chatbot: ChatbotId,
        secret: String,
        at: Timestamp,
    ) -> Result<(), Failed> {
        let unit = SaveSecret {
            workspace,
            chatbot,
            secret,
            at,
            by: self.by(),
        };
        self.write(unit).await
    }
}

struct SaveSecret {
    workspace: WorkspaceId,
    chatbot: ChatbotId,
    secret: String,
    at: Timestamp,
    by: By,
}

impl Unit for SaveSecret {
    type Done = ();
    const NAME: &'static str = "save_identity_secret";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        let row = ActiveModel {
            chatbot_id: Set(self.chatbot.0),
            workspace_id: Set(self.workspace.0),
            secret: Set(self.secret.clone()),
            made_at: Set(self.at.millis()),
        };
        let renewed = OnConflict::column(Column::ChatbotId)
            .update_columns([Column::Secret, Column::MadeAt])
            .to_owned();
        Entity::insert(row)
            .on_conflict(renewed)
            .exec_without_returning(tx)
            .await?;
        let row = chatbots::Entity::find_by_id(self.chatbot.0).one(tx).await?;
        let name = row.map(|row| row.name).unwrap_or_default();
        // That there is another one, and never what it is.
        let subject = (AuditSubject::Chatbot, self.chatbot.0, name.as_str());
        let deed = Deed::new(self.workspace, AuditKind::IdentitySecret, subject);
        record(tx, &self.by, deed).await?;
        Ok(())
    }
}
