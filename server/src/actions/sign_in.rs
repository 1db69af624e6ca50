//! An agent signs in and out.

use std::net::IpAddr;
use std::time::Duration;

use axum::http::HeaderMap;
use protocol::forms::SignInForm;
use protocol::{AgentId, Refusal, Timestamp, WorkspaceId, close, limits};

use crate::auth::{cookie, token};
use crate::desk::Desk;
use crate::random;
use crate::store::{NewSignIn, SignInId, SignInRow, StoreError};

/// An agent's browser login.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SignedIn {
    pub(crate) sign_in: SignInId,
    pub(crate) agent: AgentId,
    pub(crate) workspace: WorkspaceId,
    expires_at: Timestamp,
}

impl SignedIn {
    /// How long it still lasts.
    pub(crate) fn lasts(self, now: Timestamp) -> Duration {
        Duration::from_millis(self.expires_at.millis_since(now))
    }
}

/// The sign-in that a request's cookie stands for.
pub(crate) async fn of_request(desk: &Desk, headers: &HeaderMap) -> Option<SignedIn> {
    let token = cookie::token(headers, &desk.config.server.public_url)?;
    let found = desk
        .store
        .sign_in_by_token(&token::hash(&token), desk.now())
        .await;
    named(found)
}

fn named(found: Result<Option<SignInRow>, StoreError>) -> Option<SignedIn> {
    let found = found.inspect_err(|error| tracing::error!(%error, "a sign-in could not be read"));
    let found = found.ok()??;
    Some(SignedIn {
        sign_in: found.id,
        agent: found.agent,
        workspace: found.workspace,
        expires_at: found.expires_at,
    })
}

/// The sign-in that a socket's cookie stood for when it was looked up last. It opens the door and no
/// more: behind it, `jobs/arrivals.rs` asks whether it still holds.
pub(crate) async fn of_socket(desk: &Desk, headers: &HeaderMap) -> Option<SignedIn> {
    let token = cookie::token(headers, &desk.config.server.public_url)?;
    let hash = token::hash(&token);
    named(desk.store.recall_sign_in(&hash, desk.now()).await)
}

/// Checks e-mail and password and returns the token for the cookie.
///
/// # Errors
/// [`Refusal::SignInFailed`], the same for an unknown agent and a wrong password;
/// [`Refusal::TooFast`]; [`Refusal::Unavailable`].
pub(crate) async fn sign_in(
    desk: &Desk,
    form: SignInForm,
    from: IpAddr,
    user_agent: String,
) -> Result<String, Refusal> {
    desk.limits.sign_in(from, &form.email)?;
    // Nothing longer than a password may be is worth hashing.
    if form.password.chars().count() > limits::PASSWORD || form.email.len() > limits::EMAIL * 4 {
        return Err(Refusal::SignInFailed);
    }
    let found = desk
        .store
        .agent_by_email(form.email.trim())
        .await
        .map_err(|error| {
            tracing::error!(%error, "an agent could not be read");
            Refusal::Unavailable
        })?;
    let stored = found.as_ref().map(|found| found.password_hash.clone());
    let right = desk
        .passwords
        .check(form.password, stored)
        .await
        .map_err(|error| {
            tracing::error!(%error, "a password could not be checked");
            Refusal::Unavailable
        })?;
    let Some(found) = found.filter(|_| right) else {
        return Err(Refusal::SignInFailed);
    };

    let_in(desk, (found.workspace, found.id), from, user_agent).await
}

/// Lets an agent's browser in, and returns the token for the cookie.
///
/// # Errors
/// [`Refusal::Unavailable`].
pub(crate) async fn let_in(
    desk: &Desk,
    (workspace, agent): (WorkspaceId, AgentId),
    from: IpAddr,
    user_agent: String,
) -> Result<String, Refusal> {
    let token = token::fresh();
    let now = desk.now();
    let row = NewSignIn {
        id: SignInId(random::uuid(now)),
        workspace,
        agent,
        token_hash: token::hash(&token),
        created_at: now,
        expires_at: Timestamp(now.millis() + cookie::LASTS_MILLIS),
        user_agent,
        ip: from.to_string(),
    };
    desk.store.begin_sign_in(row).await?;
    Ok(token)
}

/// Ends a sign-in everywhere: the token stops working and its connections close.
///
/// # Errors
/// [`Refusal::Unavailable`].
pub(crate) async fn sign_out(desk: &Desk, signed_in: SignedIn) -> Result<(), Refusal> {
    desk.store
        .end_sign_in(signed_in.workspace, signed_in.sign_in, desk.now())
        .await?;
    desk.hub.close_sign_in(signed_in.sign_in, close::REVOKED);
    Ok(())
}
