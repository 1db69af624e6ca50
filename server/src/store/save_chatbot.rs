//! A chatbot is made, copied, named anew, archived or brought back.

use domain::Refusal;
use protocol::audit::{AuditField, AuditKind, AuditSubject};
use protocol::refusal::{Field, Problem};
use protocol::settings::SettingsLayer;
use protocol::{ChatbotId, Timestamp, WorkspaceId, limits};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter,
    Set, Statement,
};

use super::apply::insert;
use super::audit::{By, Deed, Differ, record};
use super::tables::chatbots::{self, ActiveModel, Column, Entity};
use super::writer::{Stop, Unit};
use super::{Failed, Store, StoreError};

/// A chatbot as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedChatbot {
    pub id: ChatbotId,
    pub name: String,
    pub archived: bool,
    /// What it sets itself.
    pub layer: SettingsLayer,
}

/// What is done to a chatbot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChatbotSaved {
    Added {
        chatbot: ChatbotId,
        name: String,
    },
    Duplicated {
        of: ChatbotId,
        chatbot: ChatbotId,
        name: String,
    },
    Renamed {
        chatbot: ChatbotId,
        name: String,
    },
    Archived {
        chatbot: ChatbotId,
        archived: bool,
    },
}

impl Store {
    /// The chatbots of a workspace by name, the archived ones included.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn listed_chatbots(
        &self,
        workspace: WorkspaceId,
    ) -> Result<Vec<ListedChatbot>, StoreError> {
        use sea_orm::QueryOrder as _;
        let rows = Entity::find()
            .filter(Column::WorkspaceId.eq(workspace.0))
            .order_by_asc(Column::Name)
            .order_by_asc(Column::Id)
            .all(self.readers())
            .await?;
        let listed = rows.into_iter().map(|row| {
            Ok(ListedChatbot {
                id: ChatbotId(row.id),
                layer: row.layer()?,
                archived: row.archived_at.is_some(),
                name: row.name,
            })
        });
        listed.collect()
    }

    /// Saves what was checked.
    ///
    /// # Errors
    /// [`Refusal::FieldInvalid`] when there are too many, [`Refusal::NotFound`], or
    /// [`Failed::Unavailable`].
    pub async fn save_chatbot(
        &self,
        workspace: WorkspaceId,
        saved: ChatbotSaved,
    ) -> Result<(), Failed> {
        let unit = SaveChatbot {
            workspace,
            saved,
            at: (self.inner.now)(),
            by: self.by(),
        };
        let done = self.write(unit).await;
        // Whatever came of it: what is remembered may be old.
        self.inner.chatbots.forget();
        done
    }
}

pub(super) struct SaveChatbot {
    workspace: WorkspaceId,
    saved: ChatbotSaved,
    at: Timestamp,
    by: By,
}

impl Unit for SaveChatbot {
    type Done = ();
    const NAME: &'static str = "save_chatbot";

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        let (chatbot, kind) = match &self.saved {
            ChatbotSaved::Added { chatbot, .. } | ChatbotSaved::Duplicated { chatbot, .. } => {
                (chatbot, AuditKind::ChatbotMade)
            }
            ChatbotSaved::Renamed { chatbot, .. } => (chatbot, AuditKind::ChatbotRenamed),
            ChatbotSaved::Archived {
                chatbot,
                archived: true,
            } => (chatbot, AuditKind::ChatbotArchived),
            ChatbotSaved::Archived { chatbot, .. } => (chatbot, AuditKind::ChatbotRestored),
        };
        let before = Entity::find_by_id(chatbot.0)
            .filter(Column::WorkspaceId.eq(self.workspace.0))
            .one(tx)
            .await?;
        self.save(tx).await?;
        let was = before.as_ref().map_or("", |row| row.name.as_str());
        let (name, changes) = match &self.saved {
            ChatbotSaved::Added { name, .. } | ChatbotSaved::Duplicated { name, .. } => {
                (name.as_str(), Differ::default())
            }
            ChatbotSaved::Renamed { name, .. } => (
                name.as_str(),
                Differ::default().field(AuditField::Name, was, name),
            ),
            ChatbotSaved::Archived { .. } => (was, Differ::default()),
        };
        let subject = (AuditSubject::Chatbot, chatbot.0, name);
        let deed = Deed::new(self.workspace, kind, subject);
        record(tx, &self.by, deed.with(changes.done())).await?;
        Ok(())
    }
}

impl SaveChatbot {
    pub(super) fn new(workspace: WorkspaceId, saved: ChatbotSaved, by: By, at: Timestamp) -> Self {
        Self {
            workspace,
            saved,
            at,
            by,
        }
    }

    async fn save(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        match &self.saved {
            ChatbotSaved::Added { chatbot, name } => {
                let settings = chatbots::settings_text(&SettingsLayer::default());
                self.add(tx, *chatbot, name, settings).await
            }
            ChatbotSaved::Duplicated { of, chatbot, name } => {
                let found = Entity::find_by_id(of.0)
                    .filter(Column::WorkspaceId.eq(self.workspace.0))
                    .one(tx)
                    .await?;
                let found = found.ok_or(Stop::Refused(Refusal::NotFound))?;
                self.add(tx, *chatbot, name, found.settings).await?;
                learn_the_same(tx, *of, *chatbot, self.at).await?;
                Ok(())
            }
            ChatbotSaved::Renamed { chatbot, name } => {
                let name = Expr::value(name.clone());
                self.set(tx, *chatbot, Column::Name, name).await
            }
            ChatbotSaved::Archived { chatbot, archived } => {
                let at = Expr::value(archived.then_some(self.at.0));
                self.set(tx, *chatbot, Column::ArchivedAt, at).await
            }
        }
    }

    async fn add(
        &self,
        tx: &DatabaseTransaction,
        chatbot: ChatbotId,
        name: &str,
        settings: String,
    ) -> Result<(), Stop> {
        let before = Entity::find()
            .filter(Column::WorkspaceId.eq(self.workspace.0))
            .count(tx)
            .await?;
        if before >= limits::CHATBOTS as u64 {
            let limit = limits::CHATBOTS as u32;
            return Err(Stop::Refused(Refusal::FieldInvalid {
                field: Field::Chatbot,
                problem: Problem::TooMany { limit },
            }));
        }
        let row = ActiveModel {
            id: Set(chatbot.0),
            workspace_id: Set(self.workspace.0),
            name: Set(name.to_owned()),
            settings: Set(settings),
            created_at: Set(self.at.0),
            settings_version: Set(0),
            archived_at: Set(None),
        };
        insert(tx, vec![row]).await?;
        Ok(())
    }

    async fn set(
        &self,
        tx: &DatabaseTransaction,
        chatbot: ChatbotId,
        column: Column,
        value: Expr,
    ) -> Result<(), Stop> {
        let done = Entity::update_many()
            .col_expr(column, value)
            .filter(Column::Id.eq(chatbot.0))
            .filter(Column::WorkspaceId.eq(self.workspace.0))
            .exec(tx)
            .await?;
        match done.rows_affected {
            0 => Err(Stop::Refused(Refusal::NotFound)),
            _ => Ok(()),
        }
    }
}

/// What one chatbot knows another one knows too.
async fn learn_the_same(
    tx: &DatabaseTransaction,
    of: ChatbotId,
    chatbot: ChatbotId,
    at: Timestamp,
) -> Result<(), StoreError> {
    let backend = tx.get_database_backend();
    let sources = "INSERT INTO knowledge_sources
            (workspace_id, chatbot_id, title, url, digest, created_at)
        SELECT workspace_id, $1, title, url, digest, $2 FROM knowledge_sources
        WHERE chatbot_id = $3 ORDER BY id";
    let values = [chatbot.0.into(), at.0.into(), of.0.into()];
    tx.execute_raw(Statement::from_sql_and_values(backend, sources, values))
        .await?;
    // A source is known by its digest, once for each chatbot.
    let passages = "INSERT INTO passages
            (workspace_id, chatbot_id, source_id, position, heading, text, url)
        SELECT passages.workspace_id, $1, copies.id, position, heading, text, passages.url
        FROM passages
        JOIN knowledge_sources AS sources ON sources.id = passages.source_id
        JOIN knowledge_sources AS copies
            ON copies.chatbot_id = $1 AND copies.digest = sources.digest
        WHERE passages.chatbot_id = $2 ORDER BY passages.id";
    let values = [chatbot.0.into(), of.0.into()];
    tx.execute_raw(Statement::from_sql_and_values(backend, passages, values))
        .await?;
    Ok(())
}
