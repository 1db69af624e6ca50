//! Modules that can be switched off, and which permissions go with each.

use protocol::module::{Module, ModuleRule};
use protocol::person::Role;
use protocol::refusal::Problem;
use protocol::team::TeamRole;
use protocol::{Refusal, RoleId};

use crate::permissions::{self, Permission, PermissionSet, Rights};

/// What nobody may do without a module.
pub const fn permissions(module: Module) -> &'static [Permission] {
    match module {
        Module::LiveChat => &[Permission::TakeChats, Permission::AssignChats],
        Module::Assistant => &[],
        Module::Contacts => &[
            Permission::EditContacts,
            Permission::SeeAddresses,
            Permission::BlockVisitors,
        ],
        Module::Sharing => &[Permission::ShareReplies, Permission::ShareViews],
        Module::Embedding => &[Permission::SeeEmbedding, Permission::SeeIdentitySecrets],
        Module::Erasing => &[Permission::EraseData],
        Module::Audit => &[Permission::SeeAudit],
        Module::Api => &[Permission::UseApi],
    }
}

/// One rule for each module, in the order in which they are shown; those that nobody changed are on.
pub fn all(known: &[ModuleRule]) -> Vec<ModuleRule> {
    let all = Module::ALL.into_iter();
    all.map(|module| {
        let known = known.iter().find(|rule| rule.module == module);
        known.cloned().unwrap_or_else(|| ModuleRule::new(module))
    })
    .collect()
}

/// Whether a module is on for the workspace.
pub fn is_on(rules: &[ModuleRule], module: Module) -> bool {
    let mut rules = rules.iter();
    rules.all(|rule| rule.module != module || rule.on)
}

/// Whether a role is without a module. One of the workspace's own has no more than the preset that it
/// is like.
pub fn lacks(rule: &ModuleRule, preset: Role, own: Option<RoleId>) -> bool {
    rule.presets.contains(&preset) || own.is_some_and(|own| rule.roles.contains(&own))
}

/// What the modules that are off take away from a role.
pub fn taken(rules: &[ModuleRule], preset: Role, own: Option<RoleId>) -> PermissionSet {
    let off = rules.iter().filter(|rule| {
        // Chats that are open when people are switched off are brought to their end.
        lacks(rule, preset, own) || (!rule.on && rule.module != Module::LiveChat)
    });
    off.flat_map(|rule| permissions(rule.module))
        .copied()
        .collect()
}

/// Refuses roles that cannot be without a module: owners, and anybody without one that gives nobody
/// anything. `own` says whether there are any of the workspace's own.
///
/// # Errors
/// [`Refusal::SettingInvalid`].
pub fn check_lacking(module: Module, presets: &[Role], own: bool) -> Result<(), Refusal> {
    let of_roles = own || !presets.is_empty();
    if of_roles && permissions(module).is_empty() || presets.contains(&Role::Owner) {
        return Err(Refusal::SettingInvalid {
            setting: "modules".to_owned(),
            problem: Problem::NotAllowedHere,
        });
    }
    Ok(())
}

/// A rule as it is kept. What admins are without, owners say.
///
/// # Errors
/// [`Refusal::NotAllowed`], or [`Refusal::SettingInvalid`] for a role that cannot be without it.
pub fn checked(
    by: Rights,
    was: &ModuleRule,
    mut rule: ModuleRule,
    roles: &[TeamRole],
) -> Result<ModuleRule, Refusal> {
    check_lacking(rule.module, &rule.presets, !rule.roles.is_empty())?;
    rule.presets.sort_unstable();
    rule.presets.dedup();
    // What was deleted meanwhile is not kept.
    rule.roles
        .retain(|id| roles.iter().any(|role| role.id == *id));
    rule.roles.sort_unstable();
    rule.roles.dedup();
    let admins = |rule: &ModuleRule| {
        let own = roles.iter().filter(|role| role.like == Role::Admin);
        let own = own.filter(|role| rule.roles.contains(&role.id));
        (rule.presets.contains(&Role::Admin), own.count())
    };
    let owner = permissions::has(by, Permission::SaveOwners);
    if !permissions::has(by, Permission::SaveTeam) || (!owner && admins(was) != admins(&rule)) {
        return Err(Refusal::NotAllowed);
    }
    Ok(rule)
}
