//! Somebody who was invited joins the team.

use domain::agent::Assigned;
use domain::{forms, team, text};
use protocol::refusal::Field;
use protocol::team::{InvitedView, JoinForm};
use protocol::{AgentId, Refusal, WorkspaceId};

use super::add_agent::CHAT_LIMIT;
use super::save_member::would_be;
use crate::auth::token;
use crate::desk::Desk;
use crate::jobs::routing::Why;
use crate::random::fresh;
use crate::store::{InviteRow, NewAgent, StoreError};

/// What the holder of a link is asked to join.
///
/// # Errors
/// [`Refusal::InviteOver`] or [`Refusal::Unavailable`].
pub(crate) async fn load_invite(desk: &Desk, token: &str) -> Result<InvitedView, Refusal> {
    let invite = found(desk, token).await?;
    let by = desk.store.me(invite.by).await;
    // It is worth what who gave it may give now.
    let by = by.map_err(|error| unreadable(&error))?;
    let by = by.ok_or(Refusal::InviteOver)?;
    let becomes = would_be(desk, by.workspace, (invite.role, invite.custom)).await;
    let (becomes, called) = becomes.map_err(|refusal| match refusal {
        // Its role was deleted just now, and it with that.
        Refusal::NotFound => Refusal::InviteOver,
        other => other,
    })?;
    team::may_let_in(by.rights(), becomes).map_err(|_| Refusal::InviteOver)?;
    Ok(InvitedView {
        workspace: by.workspace_name,
        email: invite.email,
        role: invite.role,
        called,
        by: by.name,
    })
}

/// Makes the agent. The link works once.
///
/// # Errors
/// [`Refusal::InviteOver`], [`Refusal::EmailTaken`], the first field that is not as it has to be, or
/// [`Refusal::Unavailable`].
pub(crate) async fn accept_invite(
    desk: &Desk,
    form: JoinForm,
) -> Result<(WorkspaceId, AgentId), Refusal> {
    let invite = found(desk, &form.token).await?;
    forms::check_name(Field::Name, &form.name)?;
    let about = vec![form.name.clone(), invite.email.clone()];
    let password_hash = desk.passwords.choose(form.password, about).await?;
    let now = desk.now();
    let agent = NewAgent {
        id: fresh!(AgentId, now),
        workspace: invite.workspace,
        name: text::name(&form.name),
        email: invite.email,
        password_hash,
        role: invite.role,
        custom: invite.custom,
        assigned: Assigned::All,
        chat_limit: CHAT_LIMIT,
        mails: desk.mailer.is_some(),
    };
    let (id, name) = (agent.id, agent.name.clone());
    let hash = token::hash(form.token.trim());
    desk.store.accept_invite(hash, agent, now).await?;
    desk.faces.insert(id, &name);
    desk.tell_team(invite.workspace).await;
    desk.routing.changed(invite.workspace, Why::Team);
    Ok((invite.workspace, id))
}

async fn found(desk: &Desk, token: &str) -> Result<InviteRow, Refusal> {
    let hash = token::hash(token.trim());
    let found = desk.store.invite_by_token(&hash, desk.now()).await;
    found
        .map_err(|error| unreadable(&error))?
        .ok_or(Refusal::InviteOver)
}

fn unreadable(error: &StoreError) -> Refusal {
    tracing::error!(%error, "an invitation could not be read");
    Refusal::Unavailable
}
