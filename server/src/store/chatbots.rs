//! The chatbots, kept in memory because every command asks for one and hardly anybody changes one.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::Chatbot;
use protocol::{ChatbotId, WorkspaceId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::chatbot_pictures;
use super::pad::pad;
use super::tables::chatbots::{Column, Entity, Model};
use super::tables::workspaces;
use super::{Store, StoreError};

/// The chatbots that were asked for before.
#[derive(Default)]
pub(super) struct Chatbots {
    memory: Mutex<Memory>,
}

#[derive(Default)]
struct Memory {
    /// Raised by every forgetting: what was read before is not remembered after.
    generation: u64,
    known: HashMap<ChatbotId, Arc<Chatbot>>,
}

impl Chatbots {
    /// These chatbots, less those that do not exist.
    pub(super) async fn load(
        &self,
        db: &impl ConnectionTrait,
        ids: BTreeSet<ChatbotId>,
    ) -> Result<HashMap<ChatbotId, Arc<Chatbot>>, StoreError> {
        let (generation, mut found, missing) = self.recall(ids);
        if missing.is_empty() {
            return Ok(found);
        }
        let rows = Entity::find()
            .filter(Column::Id.is_in(pad(missing.into_iter().map(|id| id.0).collect())))
            .all(db)
            .await?;
        for chatbot in with_workspaces(db, rows).await? {
            let mut memory = self.memory();
            if memory.generation == generation {
                memory.known.insert(chatbot.id, Arc::clone(&chatbot));
            }
            drop(memory);
            found.insert(chatbot.id, chatbot);
        }
        Ok(found)
    }

    /// Forgets all of them: after one was saved, and after an error of the database.
    pub(super) fn forget(&self) {
        let mut memory = self.memory();
        memory.generation += 1;
        memory.known.clear();
    }

    fn recall(
        &self,
        ids: BTreeSet<ChatbotId>,
    ) -> (u64, HashMap<ChatbotId, Arc<Chatbot>>, Vec<ChatbotId>) {
        let memory = self.memory();
        let mut found = HashMap::new();
        let mut missing = Vec::new();
        for id in ids {
            match memory.known.get(&id) {
                Some(chatbot) => {
                    found.insert(id, Arc::clone(chatbot));
                }
                None => missing.push(id),
            }
        }
        (memory.generation, found, missing)
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Adds to rows of chatbots what their workspaces set, and which pictures they have.
async fn with_workspaces(
    db: &impl ConnectionTrait,
    rows: Vec<Model>,
) -> Result<Vec<Arc<Chatbot>>, StoreError> {
    let ids: BTreeSet<_> = rows.iter().map(|row| row.workspace_id).collect();
    let mut layers = HashMap::new();
    if !ids.is_empty() {
        let found = workspaces::Entity::find()
            .filter(workspaces::Column::Id.is_in(pad(ids.into_iter().collect())))
            .all(db)
            .await?;
        for row in found {
            layers.insert(row.id, (row.layer()?, row.rules()?));
        }
    }
    let pictures = rows.iter().map(|row| row.id).collect();
    let pictures = chatbot_pictures::of_chatbots(db, pictures).await?;
    let default = Default::default();
    rows.into_iter()
        .map(|row| {
            let layer = layers.get(&row.workspace_id).unwrap_or(&default);
            let picture = pictures.get(&row.id).copied();
            row.chatbot(layer, picture).map(Arc::new)
        })
        .collect()
}

impl Store {
    /// Every chatbot of every workspace, archived ones too: for jobs, which see no workspace.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn every_chatbot(&self) -> Result<Vec<Arc<Chatbot>>, StoreError> {
        let rows = Entity::find().all(self.readers()).await?;
        with_workspaces(self.readers(), rows).await
    }

    /// The chatbots of a workspace, by name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn chatbots(&self, workspace: WorkspaceId) -> Result<Vec<Arc<Chatbot>>, StoreError> {
        let rows = Entity::find()
            .filter(Column::WorkspaceId.eq(workspace.0))
            .order_by_asc(Column::Name)
            .order_by_asc(Column::Id)
            .all(self.readers())
            .await?;
        with_workspaces(self.readers(), rows).await
    }

    /// One chatbot. Takes no workspace: visitors name a chatbot and nothing else.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn chatbot(&self, id: ChatbotId) -> Result<Option<Arc<Chatbot>>, StoreError> {
        let asked = BTreeSet::from([id]);
        let mut found = self.inner.chatbots.load(self.readers(), asked).await?;
        Ok(found.remove(&id))
    }
}
