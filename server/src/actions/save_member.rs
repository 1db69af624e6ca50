//! Who keeps the team changes a member: name, role, limits, chatbots, and whether they may sign in.

use domain::permissions::{Permission, Rights};
use domain::{Agent, team};
use protocol::person::{Availability, Role};
use protocol::team::{InviteView, MemberForm, MemberNow, MemberPresence, MemberView, TeamView};
use protocol::{AgentId, Refusal, RoleId, Timestamp, WorkspaceId, close};

use super::look_after::look_after;
use super::save_assignment::known;
use crate::desk::Desk;
use crate::faults::{self, Fault};
use crate::jobs::routing::Why;
use crate::store::StoreError;

/// The team, and who is invited.
///
/// # Errors
/// [`Refusal::NotAllowed`], [`Refusal::NotFound`] or [`Refusal::Unavailable`].
pub(crate) async fn load_team(desk: &Desk, by: AgentId) -> Result<TeamView, Refusal> {
    let by = keeper(desk, by).await?;
    let members = desk.store.members(by.workspace).await;
    let members = members.map_err(|error| unreadable(&error))?;
    let invites = desk.store.invites(by.workspace).await;
    let invites = invites.map_err(|error| unreadable(&error))?;
    let chatbots = desk.store.chatbots(by.workspace).await;
    let chatbots = chatbots.map_err(|error| unreadable(&error))?;
    let groups = desk.store.team_groups(by.workspace).await;
    let groups = groups.map_err(|error| unreadable(&error))?;
    let roles = desk.store.team_roles(by.workspace).await;
    let roles = roles.map_err(|error| unreadable(&error))?;
    let rules = desk.store.module_rules(by.workspace).await;
    let rules = rules.map_err(|error| unreadable(&error))?;
    let staff = desk.store.staff(by.workspace).await;
    let staff = staff.map_err(|error| unreadable(&error))?;
    let chosen = desk.store.chosen_since(by.workspace).await;
    let chosen = chosen.map_err(|error| unreadable(&error))?;
    let now = desk.now();
    let tokens = desk.store.api_tokens_in(by.workspace, now).await;
    let mut tokens = tokens.map_err(|error| unreadable(&error))?;
    let keeps_owners = by.may(Permission::SaveOwners).is_ok();
    // Whoever may not change an owner has nothing to do with their programs either.
    tokens.retain(|(agent, _)| {
        let of_owner = |member: &MemberView| member.id == *agent && member.role == Role::Owner;
        keeps_owners || !members.iter().any(of_owner)
    });
    let invites = invites.into_iter().map(|invite| {
        let by = members.iter().find(|member| member.id == invite.by);
        InviteView {
            id: invite.id,
            email: invite.email,
            role: invite.role,
            custom: invite.custom,
            by: by.map(|by| by.name.clone()).unwrap_or_default(),
            expires_at: invite.expires_at,
            expired: invite.expires_at <= now,
        }
    });
    let chatbots = chatbots.iter();
    let at_the_moment = staff.iter().map(|one| MemberNow {
        agent: one.id,
        presence: presence(desk, one, chosen.get(&one.id).copied(), now),
        load: one.load,
    });
    Ok(TeamView {
        me: by.id,
        now: at_the_moment.collect(),
        mails: desk.mailer.is_some(),
        keeps_owners,
        tokens,
        invites: invites.collect(),
        members,
        groups,
        roles,
        rules,
        chatbots: chatbots.map(|one| (one.id, one.name.clone())).collect(),
    })
}

/// Whether they are there, as their colleagues see it in the inbox; `chosen` is when they last chose.
fn presence(desk: &Desk, of: &Agent, chosen: Option<Timestamp>, now: Timestamp) -> MemberPresence {
    if !of.works(now) {
        return MemberPresence::OutOfHours;
    }
    match desk.hub.availability(of.id) {
        Availability::Online => MemberPresence::Online,
        Availability::Away => MemberPresence::Away { since: chosen },
        Availability::Offline if of.chosen == Availability::Offline => {
            MemberPresence::Offline { since: chosen }
        }
        Availability::Offline => {
            // Some never came.
            let gone = of.unconnected_since().filter(|at| at.millis() > 0);
            let since = gone.filter(|_| !desk.hub.is_agent_connected(of.id));
            MemberPresence::Offline { since }
        }
    }
}

/// Saves a member on the version that was looked at. Their connections come back with the new rights
/// at once, and the chats that they may not see any more go back to the queue.
///
/// # Errors
/// [`Refusal::NotAllowed`], [`Refusal::NotFound`], [`Refusal::FieldInvalid`],
/// [`Refusal::MemberChanged`], [`Refusal::LastOwner`] or [`Refusal::Unavailable`].
pub(crate) async fn save_member(desk: &Desk, by: AgentId, form: MemberForm) -> Result<(), Refusal> {
    let by = keeper(desk, by).await?;
    let form = team::checked(form)?;
    let form = MemberForm {
        assigned: known(desk, by.workspace, form.assigned).await?,
        ..form
    };
    let (agent, name) = (form.agent, form.name.clone());
    // A connection that begins meanwhile has either read what is saved here or is there to be closed.
    let turn = desk.choices.turn(agent).await;
    let mails = desk.mailer.is_some();
    desk.store
        .save_member(by.workspace, by.id, form, mails)
        .await?;
    desk.faces.insert(agent, &name);
    desk.hub.close_agent(agent, close::RESUME);
    drop(turn);
    follow(desk, &by, agent).await;
    Ok(())
}

/// Lets a member in again, or no more: then their connections end and their chats go back to the
/// queue.
///
/// # Errors
/// As [`save_member`].
pub(crate) async fn set_active(
    desk: &Desk,
    by: AgentId,
    (agent, version): (AgentId, u64),
    active: bool,
) -> Result<(), Refusal> {
    let by = keeper(desk, by).await?;
    let turn = desk.choices.turn(agent).await;
    desk.store
        .set_active((by.workspace, by.id), (agent, version), active, desk.now())
        .await?;
    if !faults::on(Fault::OpenStays) {
        desk.hub.close_agent(agent, close::REVOKED);
    }
    drop(turn);
    follow(desk, &by, agent).await;
    Ok(())
}

/// What follows a change of a member.
pub(super) async fn follow(desk: &Desk, by: &Agent, agent: AgentId) {
    // What cannot be looked after now the scheduler finds.
    drop(look_after(desk, agent).await);
    desk.tell_team(by.workspace).await;
    desk.routing.changed(by.workspace, Why::Team);
    desk.queue_news.changed(by.workspace);
}

/// What somebody would be who joined with a preset, or with a role of the workspace's own that is like
/// it, and what that is called.
pub(super) async fn would_be(
    desk: &Desk,
    workspace: WorkspaceId,
    role: (Role, Option<RoleId>),
) -> Result<(Rights, Option<String>), Refusal> {
    let found = desk.store.would_be(workspace, role).await;
    found
        .map_err(|error| unreadable(&error))?
        .ok_or(Refusal::NotFound)
}

/// An agent who keeps the team.
pub(super) async fn keeper(desk: &Desk, by: AgentId) -> Result<Agent, Refusal> {
    let found = desk.store.agent(by).await;
    let by = found.map_err(|error| unreadable(&error))?;
    let by = by.ok_or(Refusal::NotFound)?;
    if !faults::on(Fault::TeamByAll) {
        by.may(Permission::SaveTeam)?;
    }
    Ok(by)
}

fn unreadable(error: &StoreError) -> Refusal {
    tracing::error!(%error, "the team could not be read");
    Refusal::Unavailable
}
