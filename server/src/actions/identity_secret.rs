//! An admin sees or renews the secret with which a site proves who its visitors are.

use domain::permissions::Permission;
use protocol::{AgentId, ChatbotId, Refusal, WorkspaceId};

use crate::auth::token;
use crate::desk::Desk;
use crate::faults::{self, Fault};
use crate::store::StoreError;

/// The secret of a chatbot; none until one was made.
///
/// # Errors
/// [`Refusal::NotAllowed`], [`Refusal::NotFound`] or [`Refusal::Unavailable`].
pub(crate) async fn load(
    desk: &Desk,
    agent: AgentId,
    chatbot: ChatbotId,
) -> Result<Option<String>, Refusal> {
    let workspace = allowed(desk, agent, chatbot).await?;
    let secret = desk.store.identity_secret(workspace, chatbot).await;
    secret.map_err(|error| unreadable(&error))
}

/// Makes a secret; a former one proves nothing from then on.
///
/// # Errors
/// As [`load`].
pub(crate) async fn renew(
    desk: &Desk,
    agent: AgentId,
    chatbot: ChatbotId,
) -> Result<String, Refusal> {
    let workspace = allowed(desk, agent, chatbot).await?;
    let (secret, now) = (token::fresh(), desk.now());
    let kept = secret.clone();
    desk.store
        .save_identity_secret(workspace, chatbot, kept, now)
        .await?;
    Ok(secret)
}

async fn allowed(desk: &Desk, agent: AgentId, chatbot: ChatbotId) -> Result<WorkspaceId, Refusal> {
    let found = desk.store.agent(agent).await;
    let found = found.map_err(|error| unreadable(&error))?;
    let found = found.ok_or(Refusal::NotFound)?;
    if !faults::on(Fault::SecretsByAll) {
        found.may(Permission::SeeIdentitySecrets)?;
    }
    let known = desk.store.chatbot(chatbot).await;
    let known = known.map_err(|error| unreadable(&error))?;
    // Somebody else's chatbot does not exist.
    let known = known.filter(|known| found.sees(known.workspace, known.id));
    Ok(known.ok_or(Refusal::NotFound)?.workspace)
}

fn unreadable(error: &StoreError) -> Refusal {
    tracing::error!(%error, "a secret could not be read");
    Refusal::Unavailable
}
