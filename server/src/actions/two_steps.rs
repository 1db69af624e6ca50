//! An agent lets signing in ask for a code as well, or no more.

use std::net::IpAddr;

use anyhow::Context as _;
use protocol::profile::KeyOffer;
use protocol::{AgentId, Refusal};

use super::change_password::prove;
use super::save_member::keeper;
use super::sign_in::SignedIn;
use crate::auth::codes;
use crate::desk::Desk;
use crate::store::Which;

/// Makes a key, which counts once a first code has confirmed it.
///
/// # Errors
/// [`Refusal::PasswordWrong`], [`Refusal::TooFast`], [`Refusal::NotAllowed`] while a code is asked for
/// already, or [`Refusal::Unavailable`].
pub(crate) async fn begin_two_steps(
    desk: &Desk,
    by: SignedIn,
    from: IpAddr,
    password: String,
) -> Result<KeyOffer, Refusal> {
    let known = prove(desk, by, from, password).await?;
    let key = codes::fresh_key();
    let offer = codes::offer(&key, &known.email)?;
    desk.store
        .offer_second_step(by.workspace, by.agent, key)
        .await?;
    Ok(offer)
}

/// Confirms the key by a code of it: from now on signing in asks for one. Returns the recovery codes,
/// which are shown once.
///
/// # Errors
/// [`Refusal::CodeWrong`], [`Refusal::TooFast`] or [`Refusal::Unavailable`].
pub(crate) async fn confirm_two_steps(
    desk: &Desk,
    by: SignedIn,
    from: IpAddr,
    code: &str,
) -> Result<Vec<String>, Refusal> {
    desk.limits.code_here(from, by.agent)?;
    let found = desk.store.second_step(by.agent).await;
    let found = found.map_err(|error| {
        tracing::error!(%error, "a second step could not be read");
        Refusal::Unavailable
    })?;
    let found = found.filter(|found| !found.confirmed);
    let key = found.ok_or(Refusal::CodeWrong)?.secret;
    let now = desk.now();
    let step = codes::step(&key, code, now).ok_or(Refusal::CodeWrong)?;
    let (recovery, hashes) = codes::fresh_recovery();
    let of = (by.workspace, by.agent);
    desk.store
        .confirm_second_step(of, (key, step), hashes, now)
        .await?;
    Ok(recovery)
}

/// Makes new recovery codes, which are shown once; those there were let nobody in any more.
///
/// # Errors
/// [`Refusal::PasswordWrong`], [`Refusal::TooFast`], [`Refusal::NotAllowed`] while no code is asked for,
/// or [`Refusal::Unavailable`].
pub(crate) async fn renew_recovery(
    desk: &Desk,
    by: SignedIn,
    from: IpAddr,
    password: String,
) -> Result<Vec<String>, Refusal> {
    prove(desk, by, from, password).await?;
    let (recovery, hashes) = codes::fresh_recovery();
    desk.store
        .renew_recovery((by.workspace, by.agent), hashes)
        .await?;
    Ok(recovery)
}

/// Signing in asks for no code any more.
///
/// # Errors
/// [`Refusal::PasswordWrong`], [`Refusal::TooFast`] or [`Refusal::Unavailable`].
pub(crate) async fn end_two_steps(
    desk: &Desk,
    by: SignedIn,
    from: IpAddr,
    password: String,
) -> Result<(), Refusal> {
    prove(desk, by, from, password).await?;
    Ok(desk
        .store
        .end_second_step(by.workspace, by.agent, None)
        .await?)
}

/// The same for a member who lost what makes the codes, by somebody who keeps the team.
///
/// # Errors
/// [`Refusal::NotAllowed`], also for oneself, who has to give the password; [`Refusal::NotFound`] or
/// [`Refusal::Unavailable`].
pub(crate) async fn end_two_steps_of(
    desk: &Desk,
    by: AgentId,
    agent: AgentId,
) -> Result<(), Refusal> {
    let by = keeper(desk, by).await?;
    if by.id == agent {
        return Err(Refusal::NotAllowed);
    }
    let ended = desk.store.end_second_step(by.workspace, agent, Some(by.id));
    Ok(ended.await?)
}

/// The same by whoever keeps the server, for an owner whom nobody else may let in: whoever is signed in
/// as them is out as well, and so is every program with a token of theirs. False when no code was asked for; then nothing is changed.
///
/// # Errors
/// When nobody signs in with this address, or the database fails.
pub(crate) async fn end_two_steps_at(desk: &Desk, email: &str) -> anyhow::Result<bool> {
    let found = desk.store.agent_by_email(email).await?;
    let found = found.with_context(|| format!("nobody signs in with {email}"))?;
    let step = desk.store.second_step(found.id).await?;
    if !step.is_some_and(|step| step.confirmed) {
        return Ok(false);
    }
    let of = (found.workspace, found.id);
    // In this order: who dies in between asks again, and finds a step to switch off.
    desk.store.end_sign_ins(of, Which::All, desk.now()).await?;
    desk.store.end_second_step(of.0, of.1, None).await?;
    Ok(true)
}
