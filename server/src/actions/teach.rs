//! Who keeps the settings teaches chatbots texts, sees what they know, and takes it from them again.

use domain::permissions::Permission;
use domain::{Agent, text};
use protocol::forms::TeachForm;
use protocol::knowledge::{ForgetForm, KnowledgeView, SourceId};
use protocol::refusal::{Field, Problem};
use protocol::{AgentId, ChatbotId, Refusal, limits};

use super::train::{Document, source};
use crate::desk::Desk;
use crate::store::StoreError;

/// What a chatbot learned, from the newest on or from before a source.
///
/// # Errors
/// [`Refusal::NotAllowed`], [`Refusal::NotFound`] or [`Refusal::Unavailable`].
pub(crate) async fn load_knowledge(
    desk: &Desk,
    by: AgentId,
    chatbot: ChatbotId,
    before: Option<SourceId>,
) -> Result<KnowledgeView, Refusal> {
    let by = keeper(desk, by).await?;
    let found = desk.store.sources(by.workspace, chatbot, before).await;
    found.map_err(unreadable)?.ok_or(Refusal::NotFound)
}

/// Teaches a chatbot a text, beside what it knows already.
///
/// # Errors
/// [`Refusal::FieldInvalid`], [`Refusal::NotAllowed`], [`Refusal::NotFound`] or [`Refusal::Unavailable`].
pub(crate) async fn teach(desk: &Desk, by: AgentId, form: TeachForm) -> Result<(), Refusal> {
    let by = keeper(desk, by).await?;
    let invalid = |problem| Refusal::FieldInvalid {
        field: Field::Message,
        problem,
    };
    let markdown = text::lines(&form.text);
    if markdown.chars().count() > limits::TAUGHT_TEXT {
        let limit = u32::try_from(limits::TAUGHT_TEXT).unwrap_or(u32::MAX);
        return Err(invalid(Problem::TooLong { limit }));
    }
    let document = Document {
        url: None,
        markdown,
    };
    let source = source(&document);
    // Headings and lines alone answer nothing.
    if !source.passages.iter().any(|one| text::shows(&one.text)) {
        return Err(invalid(Problem::Missing));
    }
    let taught = desk.store.teach(by.workspace, form.chatbot, source);
    taught.await?;
    desk.knowledge.forget(form.chatbot);
    Ok(())
}

/// Takes a source from what a chatbot answers from.
///
/// # Errors
/// [`Refusal::NotAllowed`], [`Refusal::NotFound`] or [`Refusal::Unavailable`].
pub(crate) async fn forget(desk: &Desk, by: AgentId, form: ForgetForm) -> Result<(), Refusal> {
    let by = keeper(desk, by).await?;
    desk.store.forget_source(by.workspace, form).await?;
    desk.knowledge.forget(form.chatbot);
    Ok(())
}

/// An agent who may change settings.
///
/// # Errors
/// [`Refusal::NotAllowed`], [`Refusal::NotFound`] or [`Refusal::Unavailable`].
pub(super) async fn keeper(desk: &Desk, by: AgentId) -> Result<Agent, Refusal> {
    let found = desk.store.agent(by).await;
    let found = found.map_err(unreadable)?.ok_or(Refusal::NotFound)?;
    found.may(Permission::SaveSettings)?;
    Ok(found)
}

fn unreadable(error: StoreError) -> Refusal {
    tracing::error!(%error, "what a chatbot knows could not be read");
    Refusal::Unavailable
}
