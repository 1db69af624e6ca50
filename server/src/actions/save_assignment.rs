//! An admin says of which chatbots an agent sees and gets conversations.

use std::collections::BTreeSet;

use domain::permissions::Permission;
use domain::team;
use protocol::person::Assigned;
use protocol::{AgentId, ChatbotId, Refusal, WorkspaceId, close};

use super::look_after::look_after;
use crate::desk::Desk;
use crate::jobs::routing::Why;
use crate::store::StoreError;

/// Saves what an agent is assigned to. Their connections come back with the new rights at once, the
/// chats that they may not see any more go back to the queue, and requests look for an agent again.
///
/// # Errors
/// [`Refusal::NotAllowed`], [`Refusal::NotFound`] or [`Refusal::Unavailable`].
pub(crate) async fn save_assignment(
    desk: &Desk,
    by: AgentId,
    agent: AgentId,
    assigned: Assigned,
) -> Result<(), Refusal> {
    let found = desk.store.agent(by).await;
    let by = found.map_err(|error| unreadable(&error))?;
    let by = by.ok_or(Refusal::NotFound)?;
    by.may(Permission::SaveTeam)?;
    let workspace = by.workspace;
    let found = desk.store.agent(agent).await;
    let found = found.map_err(|error| unreadable(&error))?;
    let found = found.filter(|found| found.workspace == workspace);
    let was = found.ok_or(Refusal::NotFound)?.rights();
    team::may_change(by.rights(), was, was)?;
    let assigned = known(desk, workspace, assigned).await?;
    // A connection that begins meanwhile has either read what is saved here or is there to be closed.
    let turn = desk.choices.turn(agent).await;
    desk.store
        .save_assignment(workspace, agent, assigned)
        .await?;
    desk.hub.close_agent(agent, close::RESUME);
    drop(turn);
    // What cannot be looked after now the scheduler finds.
    drop(look_after(desk, agent).await);
    desk.routing.changed(workspace, Why::Team);
    desk.queue_news.changed(workspace);
    Ok(())
}

/// What somebody can be assigned to: chatbots of the workspace, each once.
pub(super) async fn known(
    desk: &Desk,
    workspace: WorkspaceId,
    assigned: Assigned,
) -> Result<Assigned, Refusal> {
    let Assigned::Only(chatbots) = assigned else {
        return Ok(Assigned::All);
    };
    let known = desk.store.chatbots(workspace).await;
    let known: BTreeSet<ChatbotId> = known
        .map_err(|error| unreadable(&error))?
        .iter()
        .map(|chatbot| chatbot.id)
        .collect();
    let chatbots: BTreeSet<ChatbotId> = chatbots.into_iter().collect();
    if !chatbots.is_subset(&known) {
        return Err(Refusal::NotFound);
    }
    Ok(Assigned::Only(chatbots.into_iter().collect()))
}

fn unreadable(error: &StoreError) -> Refusal {
    tracing::error!(%error, "the team could not be read");
    Refusal::Unavailable
}
