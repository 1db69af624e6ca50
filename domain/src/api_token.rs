//! Tokens for programs: what they may be called, how many there may be, and how long they hold.

use core::time::Duration;

use protocol::api_token::{Lasts, Scope};
use protocol::refusal::{Field, Problem};
use protocol::{Refusal, Timestamp};

use crate::forms::check_name;
use crate::text;

/// So many tokens one agent may have and no more, expired ones too.
pub const LIMIT: u32 = 20;
/// How every token begins, so that whoever looks for secrets that were published finds it.
pub const PREFIX: &str = "baton_";
/// What its agent sees of a token afterwards: the prefix and four characters of 64.
pub const SHOWN: usize = PREFIX.len() + 4;
/// Until when a token was used is kept to the minute.
pub const USED: Duration = Duration::from_secs(60);

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A name and scopes as they are kept.
///
/// # Errors
/// [`Refusal::FieldInvalid`] for the name, [`Refusal::SettingInvalid`] without a scope.
pub fn checked(name: &str, scopes: &[Scope]) -> Result<(String, Vec<Scope>), Refusal> {
    check_name(Field::Name, name)?;
    let has = |scope: &Scope| scopes.contains(scope);
    let scopes: Vec<_> = Scope::ALL.into_iter().filter(has).collect();
    if scopes.is_empty() {
        return Err(Refusal::SettingInvalid {
            setting: "scopes".to_owned(),
            problem: Problem::Missing,
        });
    }
    Ok((text::name(name), scopes))
}

/// Refuses another token to who has so many.
///
/// # Errors
/// [`Refusal::SettingInvalid`].
pub fn check_room(has: u64) -> Result<(), Refusal> {
    if has < u64::from(LIMIT) {
        return Ok(());
    }
    Err(Refusal::SettingInvalid {
        setting: "tokens".to_owned(),
        problem: Problem::TooMany { limit: LIMIT },
    })
}

/// When a token ends that is made now.
pub fn expires_at(lasts: Lasts, now: Timestamp) -> Option<Timestamp> {
    let days = u32::try_from(lasts.days()?).ok()?;
    Some(now.after(DAY * days))
}

/// Whether it is over.
pub fn is_over(expires_at: Option<Timestamp>, now: Timestamp) -> bool {
    expires_at.is_some_and(|end| now >= end)
}

/// Whether it is time to write down again that a token is used.
pub fn tells_use(last_used_at: Option<Timestamp>, now: Timestamp) -> bool {
    last_used_at.is_none_or(|last| now >= last.after(USED))
}
