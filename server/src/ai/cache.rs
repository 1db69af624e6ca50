//! What chatbots know, ready to be searched: a bounded number of indexes in memory.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use protocol::{ChatbotId, WorkspaceId};

use super::AiError;
use super::index::Index;
use super::knowledge::Passage;

/// Passages in memory over all chatbots; about 60 MB.
const PASSAGES: usize = 20_000;

/// Where a chatbot's passages are kept.
#[async_trait]
pub(crate) trait Passages: Send + Sync {
    /// Everything that the chatbot was trained on.
    ///
    /// # Errors
    /// When it cannot be read.
    async fn passages(
        &self,
        workspace: WorkspaceId,
        chatbot: ChatbotId,
    ) -> anyhow::Result<Vec<Passage>>;
}

/// What chatbots know. Cheap to clone: all clones know the same.
#[derive(Clone, Default)]
pub(crate) struct Knowledge(Arc<Mutex<Known>>);

#[derive(Default)]
struct Known {
    indexes: HashMap<ChatbotId, Held>,
    /// Counts questions, so that the index which was not used for longest is known.
    asked: u64,
    /// Counts trainings, so that what was read before one is not kept after it.
    trained: u64,
}

struct Held {
    index: Arc<Index>,
    used: u64,
}

impl Knowledge {
    /// The chatbot was trained anew: what it knows is read again with the next question.
    pub(crate) fn forget(&self, chatbot: ChatbotId) {
        let mut known = self.known();
        known.indexes.remove(&chatbot);
        known.trained += 1;
    }

    /// What the chatbot knows, read from `passages` if it is not in memory.
    pub(super) async fn index(
        &self,
        passages: &dyn Passages,
        (workspace, chatbot): (WorkspaceId, ChatbotId),
    ) -> Result<Arc<Index>, AiError> {
        let (index, trained) = self.known().find(chatbot);
        if let Some(index) = index {
            return Ok(index);
        }
        let index = load(passages, workspace, chatbot)
            .await
            .map_err(AiError::Knowledge)?;
        let mut known = self.known();
        if known.trained == trained {
            known.keep(chatbot, index.clone());
        }
        Ok(index)
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    /// The chatbot's index, if it is here, and how many trainings there were so far.
    fn find(&mut self, chatbot: ChatbotId) -> (Option<Arc<Index>>, u64) {
        self.asked += 1;
        let index = self.indexes.get_mut(&chatbot).map(|held| {
            held.used = self.asked;
            held.index.clone()
        });
        (index, self.trained)
    }

    /// Keeps an index, and drops those that were not used for longest until all fit.
    fn keep(&mut self, chatbot: ChatbotId, index: Arc<Index>) {
        self.indexes.insert(
            chatbot,
            Held {
                index,
                used: self.asked,
            },
        );
        while self.indexes.len() > 1 && self.passages() > PASSAGES {
            let oldest = self.indexes.iter().filter(|(id, _)| **id != chatbot);
            let Some(id) = oldest.min_by_key(|(_, held)| held.used).map(|(id, _)| *id) else {
                return;
            };
            self.indexes.remove(&id);
        }
    }

    fn passages(&self) -> usize {
        // An empty index takes room as well.
        self.indexes
            .values()
            .map(|held| held.index.len().max(1))
            .sum()
    }
}

/// Reads and indexes; the indexing may take a while and must not keep others waiting.
async fn load(
    passages: &dyn Passages,
    workspace: WorkspaceId,
    chatbot: ChatbotId,
) -> anyhow::Result<Arc<Index>> {
    let passages = passages.passages(workspace, chatbot).await?;
    Ok(Arc::new(
        tokio::task::spawn_blocking(|| Index::new(passages)).await?,
    ))
}
