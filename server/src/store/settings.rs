//! Settings of workspaces and chatbots: read with their version, saved on the version that was
//! looked at, and every change kept with who made it.

use domain::Refusal;
use protocol::audit::AuditSubject;
use protocol::settings::SettingsLayer;
use protocol::{ChatbotId, WorkspaceId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};

use super::audit::{By, Deed, of_settings, record};
use super::tables::{chatbots, workspaces};
use super::writer::{Stop, Unit};
use super::{Failed, Store, StoreError};

/// What one layer sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsRow {
    pub layer: SettingsLayer,
    /// Raised by every save.
    pub version: u64,
}

/// What is saved, on which version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    pub workspace: WorkspaceId,
    /// None for the workspace's own.
    pub chatbot: Option<ChatbotId>,
    pub layer: SettingsLayer,
    pub version: u64,
}

impl Store {
    /// The settings of a workspace, or of one of its chatbots; none when it does not exist.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn settings(
        &self,
        workspace: WorkspaceId,
        chatbot: Option<ChatbotId>,
    ) -> Result<Option<SettingsRow>, StoreError> {
        let (layer, version) = match chatbot {
            None => {
                let row = workspaces::Entity::find_by_id(workspace.0)
                    .one(self.readers())
                    .await?;
                let Some(row) = row else { return Ok(None) };
                (row.layer()?, row.settings_version)
            }
            Some(chatbot) => {
                let row = chatbots::Entity::find_by_id(chatbot.0)
                    .filter(chatbots::Column::WorkspaceId.eq(workspace.0))
                    .one(self.readers())
                    .await?;
                let Some(row) = row else { return Ok(None) };
                (row.layer()?, row.settings_version)
            }
        };
        let version = u64::try_from(version).unwrap_or(0);
        Ok(Some(SettingsRow { layer, version }))
    }

    /// Saves settings that were checked.
    ///
    /// # Errors
    /// [`Refusal::SettingsChanged`] when somebody else saved meanwhile, [`Refusal::NotFound`],
    /// [`Failed::Unavailable`] when the database cannot be written.
    pub async fn save_settings(&self, saved: Saved) -> Result<(), Failed> {
        let by = self.by();
        let done = self.write(SaveSettings { saved, by }).await;
        // Whatever came of it: what is remembered may be old.
        self.inner.chatbots.forget();
        done
    }
}

pub(super) struct SaveSettings {
    saved: Saved,
    by: By,
}

impl SaveSettings {
    pub(super) fn new(saved: Saved, by: By) -> Self {
        Self { saved, by }
    }
}

impl Unit for SaveSettings {
    type Done = ();
    const NAME: &'static str = "save_settings";

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        let Saved {
            workspace,
            chatbot,
            layer,
            version,
        } = &self.saved;
        let text = chatbots::settings_text(layer);
        let version = i64::try_from(*version).unwrap_or(i64::MAX);
        let above = workspaces::Entity::find_by_id(workspace.0).one(tx).await?;
        let above = above.ok_or(Stop::Refused(Refusal::NotFound))?;
        let below = above.layer()?;
        let (before, subject, found) = match chatbot {
            None => {
                use workspaces::{Column, Entity};
                let done = Entity::update_many()
                    .col_expr(Column::Settings, Expr::value(text.clone()))
                    .col_expr(Column::SettingsVersion, Expr::value(version + 1))
                    .filter(Column::Id.eq(workspace.0))
                    .filter(Column::SettingsVersion.eq(version))
                    .exec(tx)
                    .await?;
                let subject = (AuditSubject::Workspace, above.id, above.name);
                (below.clone(), subject, done.rows_affected)
            }
            Some(chatbot) => {
                use chatbots::{Column, Entity};
                let row = Entity::find_by_id(chatbot.0)
                    .filter(Column::WorkspaceId.eq(workspace.0))
                    .one(tx)
                    .await?;
                let row = row.ok_or(Stop::Refused(Refusal::NotFound))?;
                let done = Entity::update_many()
                    .col_expr(Column::Settings, Expr::value(text.clone()))
                    .col_expr(Column::SettingsVersion, Expr::value(version + 1))
                    .filter(Column::Id.eq(chatbot.0))
                    .filter(Column::SettingsVersion.eq(version))
                    .exec(tx)
                    .await?;
                let before = row.layer()?;
                let subject = (AuditSubject::Chatbot, row.id, row.name);
                (before, subject, done.rows_affected)
            }
        };
        if found == 0 {
            return Err(Stop::Refused(Refusal::SettingsChanged));
        }
        let (kind, changes) = of_settings(&below, (&before, layer), chatbot.is_some());
        // Saved as it was: nothing changed.
        if !changes.is_empty() {
            let (subject, id, name) = &subject;
            let deed = Deed::new(*workspace, kind, (*subject, *id, name));
            record(tx, &self.by, deed.with(changes)).await?;
        }
        Ok(())
    }
}
