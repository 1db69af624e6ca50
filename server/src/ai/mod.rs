//! The AI: what answers before and after people, behind one trait.
//!
//! [`Embedded`] is the default: it needs no network and no key, and quotes trained content.

mod answerer;
mod asking;
mod cache;
mod index;
mod judge;
pub(crate) mod knowledge;
mod query;
mod quote;
mod several;
mod small_talk;
mod synonyms;
#[cfg(test)]
mod tests;
mod vocabulary;
mod words;

use async_trait::async_trait;
use protocol::entry::Source;
use protocol::{ChatbotId, WorkspaceId};
use tokio::sync::mpsc;

pub(crate) use answerer::Embedded;
pub(crate) use cache::{Knowledge, Passages};
pub(crate) use knowledge::Passage;

/// Whatever can answer a visitor.
#[async_trait]
pub(crate) trait Ai: Send + Sync {
    /// Answers a question; what it has ready meanwhile may go to `drafts`.
    ///
    /// # Errors
    /// When it could not even look for an answer. Not knowing one is [`Answer::Unknown`].
    async fn answer(&self, question: &Question, drafts: &Drafts) -> Result<Answer, AiError>;
}

/// What waits for an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Question {
    pub(crate) workspace: WorkspaceId,
    pub(crate) chatbot: ChatbotId,
    /// All that the visitor wrote since somebody last answered, oldest first; one message at least.
    pub(crate) asked: Vec<String>,
    /// What was said before, oldest first, from where the AI may know.
    pub(crate) history: Vec<Turn>,
}

/// One message of a conversation, in its author's Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Turn {
    pub(crate) speaker: Speaker,
    pub(crate) text: String,
}

/// Who said something to whom the AI listens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Speaker {
    Visitor,
    Ai,
    Person,
}

/// What the AI came to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Answer {
    Answered {
        markdown: String,
        /// Where the words come from; none for small talk.
        sources: Vec<Source>,
        /// How likely the answer is the right one, from 0 to 1.
        confidence: f32,
    },
    /// Several things may have been meant; each choice can be sent as the visitor's own words.
    DidYouMean {
        markdown: String,
        choices: Vec<String>,
    },
    Unknown,
}

/// Why the AI could not look for an answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AiError {
    #[error("what the chatbot was trained on could not be read")]
    Knowledge(#[source] anyhow::Error),
    #[error("the search for an answer broke off")]
    Search(#[source] anyhow::Error),
}

/// Takes checked sentences while an answer is being made. Bounded: a slow listener slows the AI.
#[derive(Debug, Clone)]
pub(crate) struct Drafts(Option<mpsc::Sender<String>>);

/// Nobody waits for this answer any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Withdrawn;

impl Drafts {
    /// Drafts that `listener` receives.
    #[cfg(test)]
    pub(crate) fn to(listener: mpsc::Sender<String>) -> Self {
        Self(Some(listener))
    }

    /// Drafts that nobody listens to.
    pub(crate) fn none() -> Self {
        Self(None)
    }

    /// Shows what is certain so far.
    ///
    /// # Errors
    /// [`Withdrawn`] when the listener is gone: the answer need not be finished.
    pub(crate) async fn add(&self, sentence: String) -> Result<(), Withdrawn> {
        match &self.0 {
            Some(listener) => listener.send(sentence).await.map_err(|_| Withdrawn),
            None => Ok(()),
        }
    }
}
