//! The first steps of a workspace: how far they are.

use protocol::forms::{BeginView, EmbedView};
use protocol::{AgentId, Refusal};

use super::teach::keeper;
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

fn unreadable(error: StoreError) -> Refusal {
    tracing::error!(%error, "the first steps could not be read");
    Refusal::Unavailable
}
