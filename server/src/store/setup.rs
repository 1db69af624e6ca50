//! The first run: a workspace, its owner and its first chatbot, once.

use domain::Refusal;
use domain::agent::Assigned;
use protocol::audit::{AuditKind, AuditSubject};
use protocol::person::Role;
use protocol::settings::SettingsLayer;
use protocol::{AgentId, ChatbotId, Timestamp, WorkspaceId};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, QuerySelect, Set};

use super::agents::{self, NewAgent};
use super::apply::insert;
use super::audit::{By, Deed, record};
use super::tables::{chatbots, workspaces};
use super::writer::{Stop, Unit};
use super::{Failed, Store, StoreError};

/// How many chats an owner takes at once, until they change it.
const CHAT_LIMIT: u32 = 3;

/// A workspace that begins, with its owner and its first chatbot.
#[derive(Clone, PartialEq, Eq)]
pub struct NewWorkspace {
    pub id: WorkspaceId,
    pub name: String,
    pub owner: NewOwner,
    pub chatbot: NewChatbot,
}

/// The workspace's first agent.
#[derive(Clone, PartialEq, Eq)]
pub struct NewOwner {
    pub id: AgentId,
    pub name: String,
    /// Kept in lower case.
    pub email: String,
    pub password_hash: String,
}

/// The workspace's first chatbot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewChatbot {
    pub id: ChatbotId,
    pub name: String,
    pub settings: SettingsLayer,
}

impl Store {
    /// Whether the first run is over.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn workspace_exists(&self) -> Result<bool, StoreError> {
        any_workspace(self.readers()).await
    }

    /// Makes the workspace, its owner and its chatbot.
    ///
    /// # Errors
    /// [`domain::Refusal::SetupOver`] when there is a workspace, whoever was first;
    /// [`Failed::Unavailable`] when the database cannot be written.
    pub async fn set_up(&self, workspace: NewWorkspace) -> Result<(), Failed> {
        let at = (self.inner.now)();
        let by = self.by();
        self.write(SetUp { workspace, at, by }).await?;
        Ok(())
    }
}

async fn any_workspace(db: &impl ConnectionTrait) -> Result<bool, StoreError> {
    let found = workspaces::Entity::find().limit(1).one(db).await?;
    Ok(found.is_some())
}

struct SetUp {
    workspace: NewWorkspace,
    at: Timestamp,
    by: By,
}

impl Unit for SetUp {
    type Done = ();
    const NAME: &'static str = "set_up";

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        // Two who set up at once both see no workspace; so one at a time. SQLite's transaction
        // has the lock already.
        if tx.get_database_backend() == DbBackend::Postgres {
            let lock = "LOCK TABLE workspaces IN SHARE ROW EXCLUSIVE MODE";
            tx.execute_unprepared(lock).await?;
        }
        if any_workspace(tx).await? {
            return Err(Stop::Refused(Refusal::SetupOver));
        }
        let NewWorkspace {
            id,
            name,
            owner,
            chatbot,
        } = &self.workspace;
        let row = workspaces::ActiveModel {
            id: Set(id.0),
            name: Set(name.clone()),
            created_at: Set(self.at.0),
            settings: Set(chatbots::settings_text(&SettingsLayer::default())),
            settings_version: Set(0),
            modules: Set("[]".to_owned()),
        };
        insert(tx, vec![row]).await?;
        let row = chatbots::ActiveModel {
            id: Set(chatbot.id.0),
            workspace_id: Set(id.0),
            name: Set(chatbot.name.clone()),
            settings: Set(chatbots::settings_text(&chatbot.settings)),
            created_at: Set(self.at.0),
            settings_version: Set(0),
            archived_at: Set(None),
        };
        insert(tx, vec![row]).await?;
        let owner = NewAgent {
            id: owner.id,
            workspace: *id,
            name: owner.name.clone(),
            email: owner.email.clone(),
            password_hash: owner.password_hash.clone(),
            role: Role::Owner,
            custom: None,
            assigned: Assigned::All,
            chat_limit: CHAT_LIMIT,
            mails: false,
        };
        agents::add(tx, &owner, self.at).await?;
        let subject = (AuditSubject::Workspace, id.0, name.as_str());
        let deed = Deed::new(*id, AuditKind::WorkspaceMade, subject);
        record(tx, &self.by.clone().proven(owner.id), deed).await?;
        Ok(())
    }
}
