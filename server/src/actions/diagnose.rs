//! Asks the doctor why a chat did not reach its agents.

use domain::permissions::Permission;
use domain::{Agent, Controller, Conversation, doctor, routing};
use protocol::doctor::{AgentChecks, CheckKind, Diagnosis, Standing};
use protocol::{AgentId, ConversationId, Refusal};

use crate::desk::Desk;
use crate::store::StoreError;

/// The checks of everybody for who may assign chats, of oneself for all others.
///
/// A conversation of another workspace does not exist. One of a chatbot that the agent is not
/// assigned to does exist here, and here alone: "not assigned" is the answer they came for.
///
/// # Errors
/// [`Refusal::NotFound`] or [`Refusal::Unavailable`].
pub(crate) async fn diagnose(
    desk: &Desk,
    agent: AgentId,
    conversation: ConversationId,
) -> Result<Diagnosis, Refusal> {
    let asks = desk
        .store
        .agent(agent)
        .await
        .map_err(|error| unreadable(&error))?;
    let asks = asks.ok_or(Refusal::NotFound)?;
    let all = asks.may(Permission::AssignChats).is_ok();
    let diagnosed = examine(desk, asks.workspace, conversation, |one| {
        all || one.id == agent
    });
    let mut diagnosis = diagnosed.await?;
    // What they may not see they learn nothing else about, whoever they may ask about.
    let own = diagnosis.agents.iter().find(|one| one.agent == agent);
    let sees = own.is_some_and(|own| {
        own.checks
            .iter()
            .all(|check| check.passed || check.kind != CheckKind::Assigned)
    });
    if !sees {
        diagnosis.visitor = String::new();
        diagnosis.standing = None;
    }
    Ok(diagnosis)
}

/// The checks of the agents of a workspace who are asked about.
///
/// # Errors
/// [`Refusal::NotFound`] or [`Refusal::Unavailable`].
pub(crate) async fn examine(
    desk: &Desk,
    workspace: protocol::WorkspaceId,
    conversation: ConversationId,
    asked: impl Fn(&Agent) -> bool,
) -> Result<Diagnosis, Refusal> {
    let found = desk.store.conversation(workspace, conversation).await;
    let found = found
        .map_err(|error| unreadable(&error))?
        .ok_or(Refusal::NotFound)?;
    let chatbot = desk.store.chatbot(found.chatbot).await;
    let chatbot = chatbot.map_err(|error| unreadable(&error))?;
    let mut staff = desk
        .store
        .staff(workspace)
        .await
        .map_err(|error| unreadable(&error))?;
    staff.sort_by(|one, other| one.name.cmp(&other.name));
    let now = desk.now();
    let group = routing::group(&staff, &found, now);
    let refused = desk.store.refused_lately(workspace, now).await;
    let refused = refused.map_err(|error| unreadable(&error))?;
    let agents = staff
        .iter()
        .filter(|one| asked(one))
        .map(|one| AgentChecks {
            agent: one.id,
            face: desk.faces.get(one.id),
            checks: doctor::examine(one, &found, group, now),
            listed: doctor::listed(one, &found),
            sign_ins: doctor::sign_ins(refused.get(&one.id).copied().unwrap_or_default()),
        });
    Ok(Diagnosis {
        conversation,
        visitor: found.visitor_name.clone(),
        standing: Some(standing(desk, &found)),
        routing: chatbot
            .as_ref()
            .map(|chatbot| chatbot.settings.routing.mode),
        chatbot: chatbot.map_or_else(String::new, |chatbot| chatbot.name.clone()),
        agents: agents.collect(),
    })
}

fn standing(desk: &Desk, conversation: &Conversation) -> Standing {
    let name = |agent| desk.faces.get(agent).name;
    match conversation.controller() {
        Controller::Human(agent) => Standing::Held { by: name(agent) },
        Controller::Waiting => {
            let handoff = conversation.open_handoff();
            let since = handoff.map_or(conversation.created_at, domain::Handoff::waiting_since);
            let offer = handoff.and_then(|handoff| handoff.waiting()?.offer);
            Standing::Waiting {
                minutes: desk.now().millis_since(since) / 60_000,
                offered_to: offer.map(|offer| name(offer.agent)),
            }
        }
        Controller::Closed => Standing::Closed,
        Controller::Ai => Standing::Assistant,
    }
}

fn unreadable(error: &StoreError) -> Refusal {
    tracing::error!(%error, "a diagnosis could not be made");
    Refusal::Unavailable
}
