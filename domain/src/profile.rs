//! What agents may say of themselves.

use protocol::Refusal;
use protocol::person::Notices;
use protocol::profile::ProfileForm;
use protocol::refusal::{Field, Problem};

use crate::{forms, hours, text};

/// Digits of a phone number with its country code, at most (ITU-T E.164 (11/2010), 6.1).
const DIGITS: usize = 15;
/// And at least: three of the country, and the four of its shortest numbers.
const DIGITS_LEAST: usize = 7;

/// A profile as it is kept.
///
/// # Errors
/// [`Refusal::FieldInvalid`] for the first that is not as it has to be.
pub fn checked(form: ProfileForm) -> Result<ProfileForm, Refusal> {
    forms::check_name(Field::Name, &form.name)?;
    Ok(ProfileForm {
        version: form.version,
        name: text::name(&form.name),
        phone: international(&form.phone)?,
    })
}

/// Refuses quiet hours that cannot be: at an unknown place, on no day at all, or twice at a time.
///
/// # Errors
/// [`Refusal::SettingInvalid`]; its path begins with `quiet`.
pub fn check_notices(notices: &Notices) -> Result<(), Refusal> {
    let Some(quiet) = &notices.quiet else {
        return Ok(());
    };
    if quiet.open.is_empty() {
        return Err(Refusal::SettingInvalid {
            setting: "quiet.open".to_owned(),
            problem: Problem::Missing,
        });
    }
    hours::check("quiet", quiet)
}

/// A phone number as `+` and digits, which says the same everywhere (E.164); nothing stays nothing.
/// No country code begins with 0, so a number with its national 0 in front is not taken for one.
///
/// # Errors
/// [`Refusal::FieldInvalid`].
pub fn international(phone: &str) -> Result<String, Refusal> {
    let phone = phone.trim();
    if phone.is_empty() {
        return Ok(String::new());
    }
    let wrong = Refusal::FieldInvalid {
        field: Field::Phone,
        problem: Problem::NotAPhoneNumber,
    };
    let Some(rest) = phone.strip_prefix('+') else {
        return Err(wrong);
    };
    // Whatever people put in between; "(0)" is a digit that is not dialled from abroad.
    let rest = rest.replace("(0)", "");
    let digits: String = rest.chars().filter(char::is_ascii_digit).collect();
    let plain = rest
        .chars()
        .all(|c| c.is_ascii_digit() || " -./()\u{a0}".contains(c));
    let whole = (DIGITS_LEAST..=DIGITS).contains(&digits.len()) && !digits.starts_with('0');
    if plain && whole {
        Ok(format!("+{digits}"))
    } else {
        Err(wrong)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_its_country_code_and_at_most_fifteen_digits() {
        for (typed, kept) in [
            ("", ""),
            (" +49 (0)30 / 901820-0 ", "+49309018200"),
            ("+1 (212) 555-0123", "+12125550123"),
            ("+290 2345", "+2902345"),
            ("+123456789012345", "+123456789012345"),
        ] {
            assert_eq!(Ok(kept.to_owned()), international(typed), "{typed}");
        }
        for typed in [
            "030 901820",
            "0049 30 901820",
            "+049 30 901820",
            "+1234567890123456",
            "+49 30",
            "+49 30 ABC 1820",
            "+",
        ] {
            assert!(international(typed).is_err(), "{typed}");
        }
    }
}
