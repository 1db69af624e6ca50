//! A file of settings: kept while somebody looks at what it would change, and read in as one whole.

use std::collections::BTreeSet;

use protocol::audit::{AuditField, AuditKind, AuditSubject};
use protocol::module::ModuleRule;
use protocol::team::RoleEdit;
use protocol::{AgentId, Refusal, RoleId, Timestamp, WorkspaceId};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, Set};

use super::apply::insert;
use super::audit::{By, Deed, Differ, record};
use super::labels::SaveLabel;
use super::modules::SaveModule;
use super::replies::SaveReply;
use super::save_chatbot::SaveChatbot;
use super::settings::SaveSettings;
use super::tables::staged_imports::{ActiveModel, Column, Entity};
use super::tables::workspaces;
use super::team_roles::SaveRole;
use super::writer::{Stop, Unit};
use super::{ChatbotSaved, Failed, LabelSaved, Saved, SavedForm, Store, StoreError};

/// For so long a file is kept that nobody reads in.
const KEPT_MILLIS: i64 = 60 * 60 * 1000;

/// What a file changes, in the order in which it has to be done.
#[derive(Debug, Clone)]
pub struct Import {
    pub workspace: WorkspaceId,
    pub agent: AgentId,
    pub labels: Vec<LabelSaved>,
    pub chatbots: Vec<ChatbotSaved>,
    pub settings: Vec<Saved>,
    pub replies: Vec<SavedForm>,
    /// Each with the id of one that is made.
    pub roles: Vec<(RoleEdit, RoleId)>,
    pub modules: Vec<ModuleRule>,
}

impl Store {
    /// The file that an agent looks at, if there is one.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn staged_import(
        &self,
        workspace: WorkspaceId,
        agent: AgentId,
    ) -> Result<Option<String>, StoreError> {
        let since = (self.inner.now)().0 - KEPT_MILLIS;
        let row = Entity::find_by_id(agent.0)
            .filter(Column::WorkspaceId.eq(workspace.0))
            .filter(Column::At.gt(since))
            .one(self.readers())
            .await?;
        Ok(row.map(|row| row.file))
    }

    /// Keeps a file for an agent to look at, in the place of an earlier one; none takes it away.
    ///
    /// # Errors
    /// [`Failed::Unavailable`].
    pub async fn stage_import(
        &self,
        workspace: WorkspaceId,
        agent: AgentId,
        file: Option<String>,
    ) -> Result<(), Failed> {
        self.write(Stage {
            workspace,
            agent,
            file,
            at: (self.inner.now)(),
        })
        .await
    }

    /// Reads a file in: all of it or nothing. Returns whose rights changed.
    ///
    /// # Errors
    /// [`Refusal::SettingsChanged`] and whatever else each part is refused with when somebody changed it
    /// meanwhile; [`Failed::Unavailable`].
    pub async fn import_settings(&self, import: Import) -> Result<Vec<AgentId>, Failed> {
        let by = self.by();
        let at = (self.inner.now)();
        let done = self.write(Importing { import, by, at }).await;
        // Whatever came of it: what is remembered may be old.
        self.inner.chatbots.forget();
        done
    }
}

struct Stage {
    workspace: WorkspaceId,
    agent: AgentId,
    file: Option<String>,
    at: Timestamp,
}

impl Unit for Stage {
    type Done = ();
    const NAME: &'static str = "stage_import";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        Entity::delete_by_id(self.agent.0).exec(tx).await?;
        Entity::delete_many()
            .filter(Column::At.lte(self.at.0 - KEPT_MILLIS))
            .exec(tx)
            .await?;
        if let Some(file) = &self.file {
            let row = ActiveModel {
                agent_id: Set(self.agent.0),
                workspace_id: Set(self.workspace.0),
                at: Set(self.at.0),
                file: Set(file.clone()),
            };
            insert(tx, vec![row]).await?;
        }
        Ok(())
    }
}

struct Importing {
    import: Import,
    by: By,
    at: Timestamp,
}

impl Unit for Importing {
    type Done = Vec<AgentId>;
    const NAME: &'static str = "import_settings";

    async fn run(&self, tx: &DatabaseTransaction) -> Result<Vec<AgentId>, Stop> {
        let Import {
            workspace,
            agent,
            labels,
            chatbots,
            settings,
            replies,
            roles,
            modules,
        } = &self.import;
        // First what it was, so that the newest rows of the record lead to it.
        let row = workspaces::Entity::find_by_id(workspace.0).one(tx).await?;
        let row = row.ok_or(Stop::Refused(Refusal::NotFound))?;
        let subject = (AuditSubject::Workspace, row.id, row.name.as_str());
        let changes = Differ::default()
            .field(AuditField::Labels, 0, labels.len())
            .field(AuditField::Chatbots, 0, chatbots.len())
            .field(AuditField::Settings, 0, settings.len())
            .field(AuditField::Replies, 0, replies.len())
            .field(AuditField::Roles, 0, roles.len())
            .field(AuditField::Modules, 0, modules.len());
        let deed = Deed::new(*workspace, AuditKind::Imported, subject);
        record(tx, &self.by, deed.with(changes.done())).await?;
        let (by, at) = (&self.by, self.at);
        for saved in labels {
            SaveLabel::new(*workspace, saved.clone(), by.clone())
                .run(tx)
                .await?;
        }
        for saved in chatbots {
            let unit = SaveChatbot::new(*workspace, saved.clone(), by.clone(), at);
            unit.run(tx).await?;
        }
        for saved in settings {
            SaveSettings::new(saved.clone(), by.clone()).run(tx).await?;
        }
        for saved in replies {
            SaveReply::new(saved.clone(), by.clone()).run(tx).await?;
        }
        let mut changed = BTreeSet::new();
        let keeper = (*workspace, *agent);
        for saved in roles {
            let unit = SaveRole::new(keeper, saved.clone(), by.clone());
            changed.extend(unit.run(tx).await?);
        }
        // After the roles, which they name.
        for rule in modules {
            let unit = SaveModule::new(keeper, rule.clone(), by.clone());
            changed.extend(unit.run(tx).await?);
        }
        Entity::delete_by_id(agent.0).exec(tx).await?;
        Ok(changed.into_iter().collect())
    }
}
