//! Settings of workspaces and chatbots: read with their version, saved on the version that was
//! looked at, and every change kept with who made it.

use domain::Refusal;
use protocol::settings::SettingsLayer;
use protocol::{AgentId, ChatbotId, Timestamp, WorkspaceId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, Set};

use super::apply::insert;
use super::tables::{chatbots, settings_changes, workspaces};
use super::writer::{Stop, Unit};
use super::{Failed, Store, StoreError};

/// What one layer sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsRow {
    pub layer: SettingsLayer,
    /// Raised by every save.
    pub version: u64,
}

/// What is saved, on which version, and by whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    pub workspace: WorkspaceId,
    /// None for the workspace's own.
    pub chatbot: Option<ChatbotId>,
    pub layer: SettingsLayer,
    pub version: u64,
    pub agent: AgentId,
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
        let at = (self.inner.now)();
        let done = self.write(SaveSettings { saved, at }).await;
        // Whatever came of it: what is remembered may be old.
        self.inner.chatbots.forget();
        done
    }
}

struct SaveSettings {
    saved: Saved,
    at: Timestamp,
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
            agent,
        } = &self.saved;
        let text = chatbots::settings_text(layer);
        let version = i64::try_from(*version).unwrap_or(i64::MAX);
        let (before, found) = match chatbot {
            None => {
                use workspaces::{Column, Entity};
                let row = Entity::find_by_id(workspace.0).one(tx).await?;
                let row = row.ok_or(Stop::Refused(Refusal::NotFound))?;
                let done = Entity::update_many()
                    .col_expr(Column::Settings, Expr::value(text.clone()))
                    .col_expr(Column::SettingsVersion, Expr::value(version + 1))
                    .filter(Column::Id.eq(workspace.0))
                    .filter(Column::SettingsVersion.eq(version))
                    .exec(tx)
                    .await?;
                (row.settings, done.rows_affected)
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
                (row.settings, done.rows_affected)
            }
        };
        if found == 0 {
            return Err(Stop::Refused(Refusal::SettingsChanged));
        }
        let change = settings_changes::ActiveModel {
            workspace_id: Set(workspace.0),
            chatbot_id: Set(chatbot.map(|chatbot| chatbot.0)),
            agent_id: Set(agent.0),
            at: Set(self.at.0),
            before: Set(before),
            after: Set(text),
            ..Default::default()
        };
        insert(tx, vec![change]).await?;
        Ok(())
    }
}
