//! What a visitor agrees to: asked for before their first words where the owner wants it, and kept.

use std::time::Duration;

use protocol::refusal::{Field, Problem};
use protocol::{ChatbotId, ConversationId, Key, Refusal, VisitorId, WorkspaceId};

use crate::desk::Desk;
use crate::store::{AgreedIn, Consented, StoreError};

/// The form before the chat and the first words go two ways, and the words may be the faster.
const PATIENCE: [Duration; 4] = [
    Duration::from_millis(150),
    Duration::from_millis(350),
    Duration::from_millis(700),
    Duration::from_millis(1_300),
];

/// What whoever did not agree is told.
pub(crate) const MISSING: Refusal = Refusal::FieldInvalid {
    field: Field::Consent,
    problem: Problem::Missing,
};

/// Whether a visitor may say their first words: nothing is asked for, they have said some already, or they
/// agreed.
///
/// # Errors
/// [`Refusal::Unavailable`].
pub(crate) async fn before(
    desk: &Desk,
    (workspace, visitor, chatbot): (WorkspaceId, VisitorId, ChatbotId),
    conversation: ConversationId,
) -> Result<bool, Refusal> {
    // What holds now, and not when the visitor connected.
    let chatbot = desk.store.chatbot(chatbot).await.map_err(unreadable)?;
    let asks = chatbot.is_some_and(|one| domain::before::asks_consent(&one.settings.before));
    if !asks || is_known(desk, workspace, visitor, conversation).await? {
        return Ok(true);
    }
    for wait in PATIENCE {
        tokio::time::sleep(wait).await;
        if has_agreed(desk, visitor).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a visitor is not asked any more: they have begun to speak, or agreed.
///
/// # Errors
/// [`Refusal::Unavailable`].
pub(crate) async fn is_known(
    desk: &Desk,
    workspace: WorkspaceId,
    visitor: VisitorId,
    conversation: ConversationId,
) -> Result<bool, Refusal> {
    let begun = desk.store.conversation(workspace, conversation).await;
    Ok(begun.map_err(unreadable)?.is_some() || has_agreed(desk, visitor).await?)
}

async fn has_agreed(desk: &Desk, visitor: VisitorId) -> Result<bool, Refusal> {
    let agreed = desk.store.consented(visitor, AgreedIn::Before).await;
    Ok(agreed.map_err(unreadable)?.is_some())
}

/// Keeps what a visitor agreed to in the form for details, once for each time it was sent.
///
/// # Errors
/// [`Refusal::Unavailable`].
pub(crate) async fn to_details(
    desk: &Desk,
    (workspace, visitor, chatbot): (WorkspaceId, VisitorId, ChatbotId),
    key: Key,
) -> Result<(), Refusal> {
    let chatbot = desk.store.chatbot(chatbot).await.map_err(unreadable)?;
    let Some(text) = chatbot.and_then(|one| one.settings.form.consent.clone()) else {
        return Ok(());
    };
    let consented = Consented {
        id: key.0,
        form: AgreedIn::Details,
        text,
        url: None,
        at: desk.now(),
    };
    Ok(desk
        .store
        .keep_consent(workspace, visitor, consented)
        .await?)
}

fn unreadable(error: StoreError) -> Refusal {
    tracing::error!(%error, "what a visitor agreed to could not be read");
    Refusal::Unavailable
}
