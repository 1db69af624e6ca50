//! Who may change whom on the team.

use protocol::person::Role;
use protocol::refusal::{Field, Problem};
use protocol::team::{MemberForm, TeamGroup};
use protocol::{Refusal, limits};

use crate::permissions::Permission;
use crate::settings::check::is_language;
use crate::{forms, hours, text};

/// Refuses a change of a member by somebody who may not make it. Owners are changed and made by
/// owners alone.
///
/// # Errors
/// [`Refusal::NotAllowed`].
pub fn may_change(by: Role, was: Role, becomes: Role) -> Result<(), Refusal> {
    let concerns_owners = was == Role::Owner || becomes == Role::Owner;
    let may = Permission::SaveTeam.is_given_to(by)
        && (!concerns_owners || Permission::SaveOwners.is_given_to(by));
    may.then_some(()).ok_or(Refusal::NotAllowed)
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
