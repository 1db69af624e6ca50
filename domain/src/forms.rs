//! Checks of what people type into forms; the pages use them while typing, the server decides by them.

use protocol::forms::SetupForm;
use protocol::refusal::{Field, Problem};
use protocol::{Refusal, limits};

use crate::text;

/// Passwords that are tried first and long enough to pass (from public lists of leaked passwords).
const COMMON: &[&str] = &[
    "123456789012345",
    "1234567890123456",
    "111111111111111",
    "passwordpassword",
    "password1234567",
    "qwertyuiopasdfgh",
    "qwertyuiopasdfghjkl",
    "iloveyouiloveyou",
    "correcthorsebatterystaple",
    "letmeinletmeinletmein",
];

/// Checks the first-run form, less its token.
///
/// # Errors
/// [`Refusal::FieldInvalid`] for the first field that is not as it has to be.
pub fn check_setup(form: &SetupForm) -> Result<(), Refusal> {
    check_name(Field::Workspace, &form.workspace)?;
    check_name(Field::Name, &form.name)?;
    check_email(&form.email)?;
    check_password(&form.password)?;
    check_name(Field::Chatbot, &form.chatbot)
}

/// A name of a person, workspace or chatbot.
///
/// # Errors
/// [`Refusal::FieldInvalid`].
pub fn check_name(field: Field, name: &str) -> Result<(), Refusal> {
    let name = text::name(name);
    if name.is_empty() {
        return invalid(field, Problem::Missing);
    }
    if name.chars().count() > limits::NAME {
        return invalid(
            field,
            Problem::TooLong {
                limit: limits::NAME as u32,
            },
        );
    }
    Ok(())
}

/// An e-mail address: something before one `@`, a name with an ending after it, no spaces. Whether
/// it exists only a mail can tell.
///
/// # Errors
/// [`Refusal::FieldInvalid`].
pub fn check_email(email: &str) -> Result<(), Refusal> {
    let email = email.trim();
    if email.is_empty() {
        return invalid(Field::Email, Problem::Missing);
    }
    if email.chars().count() > limits::EMAIL {
        return invalid(
            Field::Email,
            Problem::TooLong {
                limit: limits::EMAIL as u32,
            },
        );
    }
    let plain = !email.chars().any(|c| c.is_whitespace() || c.is_control());
    let whole = email.split_once('@').is_some_and(|(local, host)| {
        let ends = host
            .rsplit_once('.')
            .is_some_and(|(name, ending)| !name.is_empty() && ending.chars().count() >= 2);
        !local.is_empty() && !host.contains('@') && ends
    });
    if plain && whole {
        Ok(())
    } else {
        invalid(Field::Email, Problem::NotAnAddress)
    }
}

/// A new password: length is all that is asked for, and not being among the first that are tried.
///
/// # Errors
/// [`Refusal::FieldInvalid`].
pub fn check_password(password: &str) -> Result<(), Refusal> {
    let characters = password.chars().count();
    if characters < limits::PASSWORD_LEAST {
        let least = limits::PASSWORD_LEAST as u32;
        return invalid(Field::Password, Problem::TooShort { least });
    }
    if characters > limits::PASSWORD {
        return invalid(
            Field::Password,
            Problem::TooLong {
                limit: limits::PASSWORD as u32,
            },
        );
    }
    if COMMON
        .iter()
        .any(|common| common.eq_ignore_ascii_case(password))
    {
        return invalid(Field::Password, Problem::TooCommon);
    }
    Ok(())
}

fn invalid(field: Field, problem: Problem) -> Result<(), Refusal> {
    Err(Refusal::FieldInvalid { field, problem })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_needs_a_name_an_at_and_an_ending() {
        for good in ["ana@example.org", " ana.b+c@mail.example.co.uk "] {
            assert_eq!(Ok(()), check_email(good), "{good}");
        }
        for bad in [
            "ana",
            "ana@",
            "@example.org",
            "ana@example",
            "a b@example.org",
            "a@b@c.de",
        ] {
            assert_eq!(
                invalid(Field::Email, Problem::NotAnAddress),
                check_email(bad),
                "{bad}"
            );
        }
    }

    #[test]
    fn a_password_is_long_and_not_a_common_one() {
        assert_eq!(
            invalid(Field::Password, Problem::TooShort { least: 15 }),
            check_password("fourteen chars")
        );
        assert_eq!(
            invalid(Field::Password, Problem::TooCommon),
            check_password("PasswordPassword")
        );
        assert_eq!(Ok(()), check_password("a small boat in the fog"));
    }
}
