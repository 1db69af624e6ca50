//! What the AI was trained on.

use protocol::{ChatbotId, WorkspaceId};

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
    pub async fn passages(&self, chatbot: ChatbotId) -> Result<Vec<Passage>, StoreError> {
        todo!()
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
        todo!()
    }
}
