//! Who may change whom on the team.

use protocol::person::Role;
use protocol::refusal::{Field, Problem};
use protocol::team::{MemberForm, TeamGroup, TeamRole};
use protocol::{Refusal, limits};

use crate::permissions::{self, Permission, Rights};
use crate::settings::check::is_language;
use crate::{forms, hours, text};

/// Refuses a change of a member by somebody who may not make it. Owners are changed and made by
/// owners alone, and nobody gives what they do not have themselves.
///
/// # Errors
/// [`Refusal::NotAllowed`].
pub fn may_change(by: Rights, was: Rights, becomes: Rights) -> Result<(), Refusal> {
    let concerns_owners = was.role == Role::Owner || becomes.role == Role::Owner;
    let may = permissions::has(by, Permission::SaveTeam)
        && (!concerns_owners || permissions::has(by, Permission::SaveOwners))
        && gives_what_they_have(by, was, becomes);
    may.then_some(()).ok_or(Refusal::NotAllowed)
}

/// Refuses to open a way into the account of somebody who may do more: an invitation, a new password,
/// signing in without a code.
///
/// # Errors
/// [`Refusal::NotAllowed`].
pub fn may_let_in(by: Rights, whom: Rights) -> Result<(), Refusal> {
    may_change(by, whom, whom)?;
    let may = permissions::covers(by, whom);
    may.then_some(()).ok_or(Refusal::NotAllowed)
}

/// Whether whatever is new in these rights is something that the giver has.
fn gives_what_they_have(by: Rights, was: Rights, becomes: Rights) -> bool {
    let mut all = Permission::ALL.into_iter();
    all.all(|permission| {
        let is_new = permissions::has(becomes, permission) && !permissions::has(was, permission);
        !is_new || permissions::has(by, permission)
    })
}

/// What the presets are called, in small letters and every language of the pages: a role of the
/// workspace's own by such a name would stand twice in every list.
pub const PRESETS: [&str; 10] = [
    "support agent",
    "agent",
    "account manager",
    "supervisor",
    "admin",
    "owner",
    "support",
    "kundenbetreuung",
    "leitung",
    "inhaber",
];

/// A custom role as it is kept. Names are unlike each other and those of presets, however they are
/// written; what the preset
/// does not give anyway need not be taken away.
///
/// # Errors
/// [`Refusal::FieldInvalid`] for its name, or [`Refusal::SettingInvalid`] for its preset or one too many
/// of them.
pub fn checked_role(role: TeamRole, others: &[TeamRole]) -> Result<TeamRole, Refusal> {
    forms::check_name(Field::Name, &role.name)?;
    let name = text::name(&role.name);
    let field = Field::Name;
    if name.chars().count() > limits::ROLE_NAME {
        let limit = limits::ROLE_NAME as u32;
        let problem = Problem::TooLong { limit };
        return Err(Refusal::FieldInvalid { field, problem });
    }
    if role.like == Role::Owner {
        return wrong("like", Problem::Unknown);
    }
    let mut others = others.iter().filter(|other| other.id != role.id);
    if others.clone().count() >= limits::ROLES {
        let limit = limits::ROLES as u32;
        return wrong("roles", Problem::TooMany { limit });
    }
    let folded = name.to_lowercase();
    if PRESETS.contains(&&*folded) || others.any(|other| other.name.to_lowercase() == folded) {
        let problem = Problem::Twice;
        return Err(Refusal::FieldInvalid { field, problem });
    }
    let preset = Rights::from(role.like);
    let without = role.without.iter();
    let without =
        without.filter(|taken| taken.can_be_taken_away() && permissions::has(preset, *taken));
    Ok(TeamRole {
        name,
        without: without.collect(),
        ..role
    })
}

/// Refuses to take the last owner away.
///
/// # Errors
/// [`Refusal::LastOwner`].
pub fn keeps_an_owner(was: Role, stays_owner: bool, active_owners: u64) -> Result<(), Refusal> {
    if was == Role::Owner && !stays_owner && active_owners <= 1 {
        return Err(Refusal::LastOwner);
    }
    Ok(())
}

/// Refuses what is plainly wrong with a form: everything but the hours, which take a table of time zones
/// to judge that is too much to load for a page.
///
/// # Errors
/// [`Refusal::FieldInvalid`] or [`Refusal::SettingInvalid`] for the first that is not as it has to be.
pub fn check(form: &MemberForm) -> Result<(), Refusal> {
    forms::check_name(Field::Name, &form.name)?;
    within("chat_limit", form.chat_limit, 1, limits::CHAT_LIMIT)?;
    within("priority", form.priority, 0, limits::PRIORITY)?;
    if form.languages.len() > limits::LANGUAGES {
        let limit = limits::LANGUAGES as u32;
        return wrong("languages", Problem::TooMany { limit });
    }
    if !form.languages.iter().all(|tag| is_language(tag)) {
        return wrong("languages", Problem::NotALanguage);
    }
    Ok(())
}

/// A member as they are kept.
///
/// # Errors
/// As [`check`], and [`Refusal::SettingInvalid`] for the hours.
pub fn checked(form: MemberForm) -> Result<MemberForm, Refusal> {
    check(&form)?;
    if let Some(times) = &form.hours {
        hours::check("hours.times", times)?;
    }
    let mut languages = form.languages;
    languages.sort();
    languages.dedup();
    Ok(MemberForm {
        name: text::name(&form.name),
        languages,
        ..form
    })
}

/// A group as it is kept. Names are unlike each other, however they are written.
///
/// # Errors
/// [`Refusal::FieldInvalid`] for its name, or [`Refusal::SettingInvalid`] for one too many of them.
pub fn checked_group(group: TeamGroup, others: &[TeamGroup]) -> Result<TeamGroup, Refusal> {
    forms::check_name(Field::Name, &group.name)?;
    let name = text::name(&group.name);
    let mut others = others.iter().filter(|other| other.id != group.id);
    if others.clone().count() >= limits::GROUPS {
        let limit = limits::GROUPS as u32;
        return wrong("groups", Problem::TooMany { limit });
    }
    if others.any(|other| other.name.to_lowercase() == name.to_lowercase()) {
        return Err(Refusal::FieldInvalid {
            field: Field::Name,
            problem: Problem::Twice,
        });
    }
    Ok(TeamGroup { name, ..group })
}

fn within(setting: &str, number: u32, least: u32, most: u32) -> Result<(), Refusal> {
    if (least..=most).contains(&number) {
        return Ok(());
    }
    wrong(setting, Problem::OutOfRange { least, most })
}

fn wrong<T>(setting: &str, problem: Problem) -> Result<T, Refusal> {
    Err(Refusal::SettingInvalid {
        setting: setting.to_owned(),
        problem,
    })
}
