//! The first steps of a workspace: how far they are, and teaching the first text.

use domain::permissions::Permission;
use domain::{Agent, text};
use protocol::forms::{BeginView, EmbedView, TeachForm};
use protocol::refusal::{Field, Problem};
use protocol::{AgentId, Refusal, limits};

use super::train::{Document, source};
use crate::desk::Desk;
use crate::store::StoreError;

/// How far the workspace is, by its oldest chatbot. None when there is no chatbot.
///
/// # Errors
/// [`Refusal::NotAllowed`], [`Refusal::NotFound`] or [`Refusal::Unavailable`].
pub(crate) async fn load_begin(
    desk: &Desk,
    by: AgentId,
    base: &str,
) -> Result<Option<BeginView>, Refusal> {
    let by = keeper(desk, by).await?;
    let chatbots = desk.store.chatbots(by.workspace).await;
    let chatbots = chatbots.map_err(unreadable)?.into_iter();
    let oldest = chatbots
        .filter(|chatbot| !chatbot.archived)
        .min_by_key(|chatbot| chatbot.id);
    let Some(chatbot) = oldest else {
        return Ok(None);
    };
    let happened = desk.store.beginnings(by.workspace, chatbot.id, base);
    let happened = happened.await.map_err(unreadable)?;
    Ok(Some(BeginView {
        embed: embed(chatbot.id, &chatbot.name, base, false),
        taught: happened.taught,
        tested: happened.tested,
        answered: happened.answered,
        embedded: happened.embedded,
    }))
}

/// The lines that put a chatbot on a site.
pub(crate) fn embed(
    chatbot: protocol::ChatbotId,
    name: &str,
    base: &str,
    proves: bool,
) -> EmbedView {
    EmbedView {
        chatbot,
        name: name.to_owned(),
        snippet: format!(
            "<script src=\"{base}/widget/{chatbot}.js\" data-chatbot=\"{chatbot}\" async></script>"
        ),
        link: format!("{base}/c/{chatbot}"),
        proves,
    }
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
    if markdown.is_empty() {
        return Err(invalid(Problem::Missing));
    }
    if markdown.chars().count() > limits::TAUGHT_TEXT {
        let limit = u32::try_from(limits::TAUGHT_TEXT).unwrap_or(u32::MAX);
        return Err(invalid(Problem::TooLong { limit }));
    }
    let document = Document {
        url: None,
        markdown,
    };
    let taught = desk
        .store
        .teach(by.workspace, form.chatbot, source(&document));
    taught.await?;
    desk.knowledge.forget(form.chatbot);
    Ok(())
}

async fn keeper(desk: &Desk, by: AgentId) -> Result<Agent, Refusal> {
    let found = desk.store.agent(by).await;
    let found = found.map_err(unreadable)?.ok_or(Refusal::NotFound)?;
    found.may(Permission::SaveSettings)?;
    Ok(found)
}

fn unreadable(error: StoreError) -> Refusal {
    tracing::error!(%error, "the first steps could not be read");
    Refusal::Unavailable
}
