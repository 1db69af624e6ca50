//! What the AI was trained on.

use std::collections::{HashMap, HashSet};

use domain::Refusal;
use protocol::audit::{AuditField, AuditKind, AuditSubject};
use protocol::{ChatbotId, Timestamp, WorkspaceId, limits};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, NotSet, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, Set,
};

use super::apply::insert;
use super::audit::{By, Deed, Differ, record};
use super::pad::pad;
use super::tables::{chatbots, knowledge_sources, passages};
use super::writer::{Stop, Unit};
use super::{Failed, Store, StoreError};

/// A page or document the AI learns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSource {
    pub title: String,
    pub url: Option<String>,
    /// Of title, address and text: a source with the same digest is the same and is left alone.
    pub digest: [u8; 32],
    pub passages: Vec<NewPassage>,
}

/// A piece of a source that can answer a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPassage {
    pub heading: String,
    pub text: String,
    /// Where exactly it can be read.
    pub url: Option<String>,
}

/// A passage as it is searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The title of its source.
    pub title: String,
    pub heading: String,
    pub text: String,
    pub url: Option<String>,
}

impl Store {
    /// Everything a chatbot was trained on, in reading order.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn passages(
        &self,
        workspace: WorkspaceId,
        chatbot: ChatbotId,
    ) -> Result<Vec<Passage>, StoreError> {
        let rows = passages::Entity::find()
            .filter(passages::Column::WorkspaceId.eq(workspace.0))
            .filter(passages::Column::ChatbotId.eq(chatbot.0))
            .order_by_asc(passages::Column::SourceId)
            .order_by_asc(passages::Column::Position)
            .all(self.readers())
            .await?;
        let sources = knowledge_sources::Entity::find()
            .filter(knowledge_sources::Column::WorkspaceId.eq(workspace.0))
            .filter(knowledge_sources::Column::ChatbotId.eq(chatbot.0))
            .all(self.readers())
            .await?;
        let titles: HashMap<i64, String> = sources
            .into_iter()
            .map(|source| (source.id, source.title))
            .collect();
        // A source that was replaced between the two statements has no title and is left out.
        let passages = rows.into_iter().filter_map(|row| {
            Some(Passage {
                title: titles.get(&row.source_id)?.clone(),
                heading: row.heading,
                text: row.text,
                url: row.url,
            })
        });
        Ok(passages.collect())
    }

    /// Makes these the chatbot's sources: new ones are added, missing ones removed, known ones kept.
    ///
    /// # Errors
    /// [`Failed::Unavailable`] when the database cannot be written.
    pub async fn train(
        &self,
        workspace: WorkspaceId,
        chatbot: ChatbotId,
        sources: Vec<NewSource>,
    ) -> Result<(), Failed> {
        let at = (self.inner.now)();
        self.write(Train {
            workspace,
            chatbot,
            sources,
            at,
            by: self.by(),
        })
        .await
    }

    /// Adds a source to what the chatbot knows; one that it knows is left alone.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for a chatbot that is not the workspace's, [`Refusal::TooManyFiles`] when it has
    /// as many sources as it may, [`Failed::Unavailable`].
    pub async fn teach(
        &self,
        workspace: WorkspaceId,
        chatbot: ChatbotId,
        source: NewSource,
    ) -> Result<(), Failed> {
        let at = (self.inner.now)();
        let sources = vec![source];
        self.write(Teach(Train {
            workspace,
            chatbot,
            sources,
            at,
            by: self.by(),
        }))
        .await
    }
}

struct Teach(Train);

impl Unit for Teach {
    type Done = ();
    const NAME: &'static str = "teach";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        use knowledge_sources::{Column, Entity};
        let Self(train) = self;
        let of_workspace = chatbots::Entity::find_by_id(train.chatbot.0)
            .filter(chatbots::Column::WorkspaceId.eq(train.workspace.0))
            .count(tx)
            .await?;
        if of_workspace == 0 {
            return Err(Stop::Refused(Refusal::NotFound));
        }
        let digests = Entity::find()
            .select_only()
            .column(Column::Digest)
            .filter(Column::ChatbotId.eq(train.chatbot.0))
            .into_tuple::<Vec<u8>>()
            .all(tx)
            .await?;
        let mut learned = Vec::new();
        for source in &train.sources {
            if digests.contains(&source.digest.to_vec()) {
                continue;
            }
            if digests.len() >= limits::SOURCES {
                let limit = u32::try_from(limits::SOURCES).unwrap_or(u32::MAX);
                return Err(Stop::Refused(Refusal::TooManyFiles { limit }));
            }
            train.learn(tx, source).await?;
            learned.push(source.title.as_str());
        }
        train.told(tx, &learned, &[]).await?;
        Ok(())
    }
}

struct Train {
    workspace: WorkspaceId,
    chatbot: ChatbotId,
    sources: Vec<NewSource>,
    at: Timestamp,
    by: By,
}

impl Unit for Train {
    type Done = ();
    const NAME: &'static str = "train";

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        use knowledge_sources::{Column, Entity};
        let known = Entity::find()
            .select_only()
            .columns([Column::Id, Column::Digest, Column::Title])
            .filter(Column::ChatbotId.eq(self.chatbot.0))
            .order_by_asc(Column::Id)
            .into_tuple::<(i64, Vec<u8>, String)>()
            .all(tx)
            .await?;
        let wanted: HashSet<&[u8]> = self.sources.iter().map(|s| s.digest.as_slice()).collect();
        let gone = known
            .iter()
            .filter(|(_, digest, _)| !wanted.contains(digest.as_slice()));
        let (gone, forgotten): (Vec<i64>, Vec<&str>) =
            gone.map(|(id, _, title)| (*id, title.as_str())).unzip();
        for some in gone.chunks(128) {
            // Their passages go with them.
            Entity::delete_many()
                .filter(Column::Id.is_in(pad(some.to_vec())))
                .exec(tx)
                .await?;
        }
        let mut there: HashSet<&[u8]> = known
            .iter()
            .map(|(_, digest, _)| digest.as_slice())
            .collect();
        let mut learned = Vec::new();
        for source in &self.sources {
            // The same text given twice is learned once.
            if there.insert(source.digest.as_slice()) {
                self.learn(tx, source).await?;
                learned.push(source.title.as_str());
            }
        }
        self.told(tx, &learned, &forgotten).await?;
        Ok(())
    }
}

impl Train {
    /// Writes down which sources came and went, by their titles: one that did both was read anew.
    async fn told(
        &self,
        tx: &DatabaseTransaction,
        learned: &[&str],
        forgotten: &[&str],
    ) -> Result<(), StoreError> {
        let titles = |of: &[&str], others: &[&str], both: bool| {
            let of = of.iter().copied();
            let these = of.filter(|title| others.contains(title) == both);
            these.collect::<Vec<_>>().join(", ")
        };
        let changes = Differ::default()
            .field(
                AuditField::SourcesRemoved,
                titles(forgotten, learned, false),
                "",
            )
            .field(
                AuditField::SourcesRenewed,
                "",
                titles(learned, forgotten, true),
            )
            .field(
                AuditField::SourcesAdded,
                "",
                titles(learned, forgotten, false),
            )
            .done();
        if changes.is_empty() {
            return Ok(());
        }
        let chatbot = chatbots::Entity::find_by_id(self.chatbot.0).one(tx).await?;
        let name = chatbot.map(|chatbot| chatbot.name).unwrap_or_default();
        let subject = (AuditSubject::Chatbot, self.chatbot.0, name.as_str());
        let deed = Deed::new(self.workspace, AuditKind::Knowledge, subject);
        record(tx, &self.by, deed.with(changes)).await
    }

    async fn learn(&self, tx: &DatabaseTransaction, source: &NewSource) -> Result<(), StoreError> {
        let row = knowledge_sources::ActiveModel {
            id: NotSet,
            workspace_id: Set(self.workspace.0),
            chatbot_id: Set(self.chatbot.0),
            title: Set(source.title.clone()),
            url: Set(source.url.clone()),
            digest: Set(source.digest.to_vec()),
            created_at: Set(self.at.0),
        };
        let source_id = row.insert(tx).await?.id;
        let rows =
            source
                .passages
                .iter()
                .zip(0..)
                .map(|(passage, position)| passages::ActiveModel {
                    id: NotSet,
                    workspace_id: Set(self.workspace.0),
                    chatbot_id: Set(self.chatbot.0),
                    source_id: Set(source_id),
                    position: Set(position),
                    heading: Set(passage.heading.clone()),
                    text: Set(passage.text.clone()),
                    url: Set(passage.url.clone()),
                });
        insert(tx, rows.collect()).await?;
        Ok(())
    }
}
