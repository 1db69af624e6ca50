//! An agent changes their password, which ends their other sign-ins and their tokens for programs.

use std::net::IpAddr;

use protocol::profile::PasswordForm;
use protocol::{Refusal, close, limits};

use super::sign_in::SignedIn;
use crate::desk::Desk;
use crate::store::AgentSecret;

/// Changes the password and ends all other sign-ins, and all tokens for programs: somebody else may have
/// made one. Returns how many sign-ins it were.
///
/// # Errors
/// [`Refusal::PasswordWrong`], [`Refusal::TooFast`], [`Refusal::FieldInvalid`] for the new one, or
/// [`Refusal::Unavailable`].
pub(crate) async fn change_password(
    desk: &Desk,
    by: SignedIn,
    from: IpAddr,
    form: PasswordForm,
) -> Result<u32, Refusal> {
    let known = prove(desk, by, from, form.current).await?;
    let about = vec![known.name, known.email];
    let fresh = desk.passwords.choose(form.new, about).await?;
    let of = (by.workspace, by.agent);
    let hashes = (known.password_hash, fresh);
    let ended = desk
        .store
        .change_password(of, hashes, by.sign_in, desk.now())
        .await?;
    for sign_in in &ended {
        desk.hub.close_sign_in(*sign_in, close::REVOKED);
    }
    Ok(u32::try_from(ended.len()).unwrap_or(u32::MAX))
}

/// Asks somebody who is signed in for their password: an open browser is not yet its owner.
///
/// # Errors
/// [`Refusal::PasswordWrong`], [`Refusal::TooFast`] or [`Refusal::Unavailable`].
pub(super) async fn prove(
    desk: &Desk,
    by: SignedIn,
    from: IpAddr,
    password: String,
) -> Result<AgentSecret, Refusal> {
    // By the id and not by the address: who guesses here does not use up the owner's tries at the door.
    desk.limits.sign_in_here(from, &by.agent.to_string())?;
    if password.chars().count() > limits::PASSWORD {
        return Err(Refusal::PasswordWrong);
    }
    let found = desk.store.agent_secret(by.agent).await.map_err(|error| {
        tracing::error!(%error, "an agent could not be read");
        Refusal::Unavailable
    })?;
    let found = found.ok_or(Refusal::NotFound)?;
    let stored = Some(found.password_hash.clone());
    let right = desk.passwords.check(password, stored).await;
    let right = right.map_err(|error| {
        tracing::error!(%error, "a password could not be checked");
        Refusal::Unavailable
    })?;
    right.then_some(found).ok_or(Refusal::PasswordWrong)
}
