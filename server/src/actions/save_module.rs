//! Who keeps the team switches modules, for the workspace and for roles; whoever is without one is told
//! why.

use domain::modules;
use domain::permissions::{Permission, has};
use protocol::module::{Module, ModuleRule, ModulesView, SwitchedOff};
use protocol::{AgentId, Refusal, WorkspaceId, close};

use super::look_after::look_after;
use super::save_member::keeper;
use crate::desk::Desk;
use crate::jobs::routing::Why;
use crate::store::StoreError;

/// How many are named who can switch something on.
const NAMED: usize = 3;

/// The modules, for who keeps the team.
///
/// # Errors
/// [`Refusal::NotAllowed`], [`Refusal::NotFound`] or [`Refusal::Unavailable`].
pub(crate) async fn load_modules(desk: &Desk, by: AgentId) -> Result<ModulesView, Refusal> {
    let by = keeper(desk, by).await?;
    let rules = desk.store.module_rules(by.workspace).await;
    let roles = desk.store.team_roles(by.workspace).await;
    Ok(ModulesView {
        rules: rules.map_err(|error| unreadable(&error))?,
        roles: roles.map_err(|error| unreadable(&error))?,
        keeps_owners: by.may(Permission::SaveOwners).is_ok(),
    })
}

/// Switches a module. Open widgets and the connections of whoever it concerns follow at once.
///
/// # Errors
/// As [`load_modules`], and [`Refusal::SettingInvalid`].
pub(crate) async fn save_module(
    desk: &Desk,
    by: AgentId,
    rule: ModuleRule,
) -> Result<ModulesView, Refusal> {
    let by = keeper(desk, by).await?;
    let members = desk.store.save_module((by.workspace, by.id), rule).await?;
    reach(desk, by.workspace, members).await;
    let chatbots = desk.store.chatbots(by.workspace).await;
    for chatbot in chatbots.map_err(|error| unreadable(&error))? {
        desk.hub.publish_widget(&chatbot);
    }
    load_modules(desk, by.id).await
}

/// The connections of members come back with the rights that they have now.
pub(super) async fn reach(desk: &Desk, workspace: WorkspaceId, members: Vec<AgentId>) {
    welcome_again(desk, &members).await;
    for agent in members {
        // What cannot be looked after now the scheduler finds.
        drop(look_after(desk, agent).await);
    }
    desk.tell_team(workspace).await;
    desk.routing.changed(workspace, Why::Team);
    desk.queue_news.changed(workspace);
}

/// The connections of members come back, with what is saved now in their welcome.
pub(super) async fn welcome_again(desk: &Desk, members: &[AgentId]) {
    for agent in members {
        // A connection that began before this turn is there to be closed; one that begins after it
        // reads what is saved.
        let turn = desk.choices.turn(*agent).await;
        desk.hub.close_agent(*agent, close::RESUME);
        drop(turn);
    }
}

/// Why this agent does not get what belongs to a module; none when that is on for them.
///
/// # Errors
/// [`Refusal::NotFound`] or [`Refusal::Unavailable`].
pub(crate) async fn why_off(
    desk: &Desk,
    agent: AgentId,
    module: Module,
) -> Result<Option<SwitchedOff>, Refusal> {
    let found = desk.store.agent(agent).await;
    let found = found.map_err(|error| unreadable(&error))?;
    let me = found.ok_or(Refusal::NotFound)?;
    let rules = desk.store.module_rules(me.workspace).await;
    let rules = rules.map_err(|error| unreadable(&error))?;
    let members = desk.store.members(me.workspace).await;
    let members = members.map_err(|error| unreadable(&error))?;
    let own = members.iter().find(|one| one.id == agent);
    let own = own.and_then(|one| one.custom);
    let lacks = modules::taken(&rules, me.role, own);
    let preset = me.role.into();
    let mut given = modules::permissions(module).iter();
    if !given.any(|one| lacks.contains(*one) && has(preset, *one)) {
        return Ok(None);
    }
    Ok(Some(SwitchedOff {
        module,
        everywhere: !modules::is_on(&rules, module),
        by: able(desk, me.workspace).await?,
    }))
}

/// The modules that are off for everybody.
///
/// # Errors
/// [`Refusal::Unavailable`].
pub(super) async fn all_off(
    desk: &Desk,
    workspace: WorkspaceId,
) -> Result<Vec<SwitchedOff>, Refusal> {
    let rules = desk.store.module_rules(workspace).await;
    let rules = rules.map_err(|error| unreadable(&error))?;
    let off: Vec<_> = rules.iter().filter(|rule| !rule.on).collect();
    if off.is_empty() {
        return Ok(Vec::new());
    }
    let by = able(desk, workspace).await?;
    let off = off.into_iter().map(|rule| SwitchedOff {
        module: rule.module,
        everywhere: true,
        by: by.clone(),
    });
    Ok(off.collect())
}

/// Who can switch a module on, by name; a few of them.
async fn able(desk: &Desk, workspace: WorkspaceId) -> Result<Vec<String>, Refusal> {
    let team = desk.store.team(workspace).await;
    let team = team.map_err(|error| unreadable(&error))?.into_iter();
    let able = team.filter(|one| has(one.rights(), Permission::SaveTeam));
    Ok(able.map(|one| one.name).take(NAMED).collect())
}

fn unreadable(error: &StoreError) -> Refusal {
    tracing::error!(%error, "modules could not be read");
    Refusal::Unavailable
}
