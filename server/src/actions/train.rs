//! Teaches a chatbot documents: cut into passages, kept, and known to the AI from then on.

use async_trait::async_trait;
use domain::text;
use protocol::{ChatbotId, WorkspaceId, limits};
use sha2::{Digest as _, Sha256};

use crate::ai::{Passage, Passages, knowledge};
use crate::desk::Desk;
use crate::store::{NewPassage, NewSource, Store};

/// A document in Markdown.
#[derive(Debug, Clone)]
pub struct Document {
    /// Where people can read it.
    pub url: Option<String>,
    pub markdown: String,
}

#[async_trait]
impl Passages for Store {
    async fn passages(
        &self,
        workspace: WorkspaceId,
        chatbot: ChatbotId,
    ) -> anyhow::Result<Vec<Passage>> {
        let kept = Self::passages(self, workspace, chatbot).await?;
        Ok(kept
            .into_iter()
            .map(|passage| Passage {
                title: passage.title,
                heading: passage.heading,
                text: passage.text,
                url: passage.url,
            })
            .collect())
    }
}

/// Replaces what the chatbot knew by these documents.
///
/// # Errors
/// When the store cannot write.
pub(crate) async fn train(
    desk: &Desk,
    workspace: WorkspaceId,
    chatbot: ChatbotId,
    documents: Vec<Document>,
) -> anyhow::Result<()> {
    let sources = documents.iter().map(source).collect();
    desk.store.train(workspace, chatbot, sources).await?;
    desk.knowledge.forget(chatbot);
    Ok(())
}

/// A document as it is kept.
pub(super) fn source(document: &Document) -> NewSource {
    let cut = knowledge::cut(&document.markdown, document.url.as_deref());
    NewSource {
        title: text::cut(&cut.title, limits::SOURCE_TITLE),
        url: document.url.clone(),
        digest: Sha256::digest(document.markdown.as_bytes()).into(),
        passages: cut
            .passages
            .into_iter()
            .map(|passage| NewPassage {
                heading: passage.heading,
                text: passage.text,
                url: passage.url,
            })
            .collect(),
    }
}
