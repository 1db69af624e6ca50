//! Who may change whom on the team.

use protocol::person::Role;
use protocol::refusal::{Field, Problem};
use protocol::team::MemberForm;
use protocol::{Refusal, limits};

use crate::permissions::Permission;
use crate::{forms, text};

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

/// A member as they are kept.
///
/// # Errors
/// [`Refusal::FieldInvalid`] or [`Refusal::SettingInvalid`] for the first that is not as it has to be.
pub fn checked(form: MemberForm) -> Result<MemberForm, Refusal> {
    forms::check_name(Field::Name, &form.name)?;
    within("chat_limit", form.chat_limit, 1, limits::CHAT_LIMIT)?;
    within("priority", form.priority, 0, limits::PRIORITY)?;
    Ok(MemberForm {
        name: text::name(&form.name),
        ..form
    })
}

fn within(setting: &str, number: u32, least: u32, most: u32) -> Result<(), Refusal> {
    if (least..=most).contains(&number) {
        return Ok(());
    }
    Err(Refusal::SettingInvalid {
        setting: setting.to_owned(),
        problem: Problem::OutOfRange { least, most },
    })
}
