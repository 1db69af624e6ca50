//! An agent reads and changes saved replies: everybody their own, who may save settings those that
//! others use too.

use domain::Agent;
use domain::permissions::Permission;
use domain::reply::checked;
use protocol::agent::{ChatbotView, GroupView};
use protocol::forms::{RepliesView, ReplyForm};
use protocol::reply::Share;
use protocol::{AgentId, Refusal, ReplyId};

use crate::desk::Desk;
use crate::random::fresh;
use crate::store::{SavedForm, StoreError};

/// The replies that this agent may use.
///
/// # Errors
/// [`Refusal::NotFound`] or [`Refusal::Unavailable`].
pub(crate) async fn load_replies(desk: &Desk, agent: AgentId) -> Result<RepliesView, Refusal> {
    let agent = read(desk, agent).await?;
    let replies = desk.store.replies(&agent).await;
    let chatbots = desk.store.chatbots(agent.workspace).await;
    let chatbots = chatbots.map_err(|error| unreadable(&error))?;
    let seen = chatbots
        .iter()
        .filter(|chatbot| agent.assigned.includes(chatbot.id));
    let view = seen.map(|chatbot| ChatbotView {
        id: chatbot.id,
        name: chatbot.name.clone(),
        file_limit: chatbot.settings.files.limit_mebibytes,
    });
    let labels = desk.store.labels(agent.workspace).await;
    let groups = desk.store.groups(agent.workspace).await;
    let groups = groups.map_err(|error| unreadable(&error))?.into_iter();
    let team = desk.store.staff(agent.workspace).await;
    let team = team.map_err(|error| unreadable(&error))?.into_iter();
    Ok(RepliesView {
        labels: labels.map_err(|error| unreadable(&error))?,
        groups: groups
            .map(|group| GroupView {
                id: group.id,
                name: group.name,
            })
            .collect(),
        team: team.map(|one| (one.id, one.name)).collect(),
        replies: replies.map_err(|error| unreadable(&error))?,
        chatbots: view.collect(),
        may_share: may_share(&agent).is_ok(),
    })
}

/// Saves a reply on the version that was looked at, or a new one. Open inboxes follow at once.
///
/// # Errors
/// [`Refusal::FieldInvalid`], [`Refusal::VariableUnknown`], [`Refusal::ReplyChanged`],
/// [`Refusal::TooManyReplies`], [`Refusal::NotAllowed`], [`Refusal::NotFound`] or
/// [`Refusal::Unavailable`].
pub(crate) async fn save_reply(
    desk: &Desk,
    agent: AgentId,
    form: ReplyForm,
) -> Result<ReplyId, Refusal> {
    let agent = read(desk, agent).await?;
    let before = match form.id {
        Some(id) => Some(share_of(desk, &agent, id).await?),
        None => None,
    };
    may(&agent, form.share)?;
    if let Share::Chatbot(chatbot) = form.share {
        let known = desk.store.chatbot(chatbot).await;
        let known = known.map_err(|error| unreadable(&error))?;
        known
            .filter(|known| agent.sees(known.workspace, known.id))
            .ok_or(Refusal::NotFound)?;
    }
    let form = checked(form)?;
    let share = form.share;
    let saved = SavedForm {
        workspace: agent.workspace,
        agent: agent.id,
        fresh: fresh!(ReplyId, desk.now()),
        form,
    };
    let id = desk.store.save_reply(saved).await?;
    tell(desk, &agent, [Some(share), before]);
    Ok(id)
}

/// Deletes a reply that nobody has changed since it was looked at.
///
/// # Errors
/// [`Refusal::ReplyChanged`], [`Refusal::NotAllowed`], [`Refusal::NotFound`] or
/// [`Refusal::Unavailable`].
pub(crate) async fn delete_reply(
    desk: &Desk,
    agent: AgentId,
    reply: ReplyId,
    version: u64,
) -> Result<(), Refusal> {
    let agent = read(desk, agent).await?;
    let share = share_of(desk, &agent, reply).await?;
    desk.store
        .delete_reply(agent.workspace, reply, version)
        .await?;
    tell(desk, &agent, [Some(share), None]);
    Ok(())
}

/// Puts a reply before another of its list, or at the end.
///
/// # Errors
/// [`Refusal::NotAllowed`], [`Refusal::NotFound`] or [`Refusal::Unavailable`].
pub(crate) async fn place_reply(
    desk: &Desk,
    agent: AgentId,
    reply: ReplyId,
    before: Option<ReplyId>,
) -> Result<(), Refusal> {
    let agent = read(desk, agent).await?;
    let share = share_of(desk, &agent, reply).await?;
    desk.store
        .place_reply(agent.workspace, reply, before)
        .await?;
    tell(desk, &agent, [Some(share), None]);
    Ok(())
}

/// Who has a reply that this agent may change.
async fn share_of(desk: &Desk, agent: &Agent, reply: ReplyId) -> Result<Share, Refusal> {
    let found = desk.store.reply_share(agent.workspace, agent.id, reply);
    let found = found.await.map_err(|error| unreadable(&error))?;
    let share = found.ok_or(Refusal::NotFound)?;
    if let Share::Chatbot(chatbot) = share
        && !agent.assigned.includes(chatbot)
    {
        return Err(Refusal::NotFound);
    }
    may(agent, share)?;
    Ok(share)
}

fn may(agent: &Agent, share: Share) -> Result<(), Refusal> {
    match share {
        Share::Own => Ok(()),
        Share::Workspace | Share::Chatbot(_) => may_share(agent),
    }
}

fn may_share(agent: &Agent) -> Result<(), Refusal> {
    agent.may(Permission::ShareReplies)
}

/// Tells those who may hold it that it changed.
fn tell(desk: &Desk, agent: &Agent, shares: [Option<Share>; 2]) {
    let is_own = shares
        .into_iter()
        .flatten()
        .all(|share| share == Share::Own);
    if is_own {
        desk.hub.tell_own_replies_changed(agent.id);
    } else {
        desk.hub.tell_replies_changed(agent.workspace);
    }
}

async fn read(desk: &Desk, agent: AgentId) -> Result<Agent, Refusal> {
    let found = desk.store.agent(agent).await;
    found
        .map_err(|error| unreadable(&error))?
        .ok_or(Refusal::NotFound)
}

fn unreadable(error: &StoreError) -> Refusal {
    tracing::error!(%error, "saved replies could not be read");
    Refusal::Unavailable
}
