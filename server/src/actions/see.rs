//! What an agent sees: conversations of their own workspace and chatbots, and who else sees them.

use domain::Conversation;
use domain::mentions::{self, Named};
use protocol::agent::AgentCommand;
use protocol::{AgentId, ConversationId};

use crate::desk::Desk;
use crate::faults::{self, Fault};
use crate::store::StoreError;

/// A conversation of the agent's own workspace and chatbots; anything else does not exist.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn see(
    desk: &Desk,
    agent: AgentId,
    id: ConversationId,
) -> Result<Option<Conversation>, StoreError> {
    let Some(agent) = desk.store.agent(agent).await? else {
        return Ok(None);
    };
    if faults::on(Fault::AnyThread) {
        return Ok(desk.store.conversations([id].into()).await?.remove(&id));
    }
    let found = desk.store.conversation(agent.workspace, id).await?;
    Ok(found.filter(|found| agent.sees(found.workspace, found.chatbot)))
}

/// The colleagues whom a note names and who see the conversation. When they cannot be read, nobody
/// is named: the note itself matters more.
pub(crate) async fn named(desk: &Desk, agent: AgentId, command: &AgentCommand) -> Vec<Named> {
    let (AgentCommand::AddNote {
        conversation, text, ..
    }
    | AgentCommand::EditNote {
        conversation, text, ..
    }) = command
    else {
        return Vec::new();
    };
    if !text.contains('@') {
        return Vec::new();
    }
    let team = who_sees(desk, agent, *conversation).await;
    mentions::named(text, &team.unwrap_or_default())
}

async fn who_sees(
    desk: &Desk,
    agent: AgentId,
    conversation: ConversationId,
) -> Result<Vec<Named>, StoreError> {
    let Some(found) = see(desk, agent, conversation).await? else {
        return Ok(Vec::new());
    };
    let team = desk.store.staff(found.workspace).await?;
    let sees = team
        .into_iter()
        .filter(|agent| agent.sees(found.workspace, found.chatbot));
    let named = sees.map(|agent| Named {
        agent: agent.id,
        name: agent.name,
    });
    Ok(named.collect())
}
