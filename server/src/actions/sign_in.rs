//! An agent signs in and out.

use std::net::IpAddr;
use std::time::Duration;

use axum::http::HeaderMap;
use protocol::forms::SignInForm;
use protocol::{AgentId, Refusal, Timestamp, WorkspaceId, close, limits};

use crate::auth::half_way::Half;
use crate::auth::{codes, cookie, token};
use crate::desk::Desk;
use crate::limits::network;
use crate::random;
use crate::store::{NewSignIn, Proof, RefusedSignIn, SignInId, SignInRow, StoreError};

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

/// What a right password came to.
pub(crate) enum First {
    /// The token for the cookie.
    In(String),
    /// The secret that a code is to be sent with.
    CodeAsked(String),
}

/// Checks e-mail and password.
///
/// # Errors
/// [`Refusal::SignInFailed`], the same for an unknown agent and a wrong password;
/// [`Refusal::TooFast`]; [`Refusal::Unavailable`].
pub(crate) async fn sign_in(
    desk: &Desk,
    form: SignInForm,
    from: IpAddr,
    user_agent: String,
) -> Result<First, Refusal> {
    desk.limits.sign_in_here(from, &form.email)?;
    if let Err(refusal) = desk.limits.sign_in_anywhere(&form.email)
        && !is_known_place(desk, &form.email, from).await
    {
        return Err(refusal);
    }
    // Nothing longer than a password may be is worth hashing.
    if form.password.chars().count() > limits::PASSWORD || form.email.len() > limits::EMAIL * 4 {
        return Err(Refusal::SignInFailed);
    }
    let found = desk.store.agent_by_email(form.email.trim()).await;
    let found = found.map_err(|error| unreadable(&error))?;
    let stored = found.as_ref().map(|found| found.password_hash.clone());
    let right = desk
        .passwords
        .check(form.password, stored)
        .await
        .map_err(|error| {
            tracing::error!(%error, "a password could not be checked");
            Refusal::Unavailable
        })?;
    let tried = found.as_ref().map(|found| RefusedSignIn {
        workspace: found.workspace,
        agent: found.id,
    });
    let Some(found) = found.filter(|_| right) else {
        tell_refused(desk, tried);
        return Err(Refusal::SignInFailed);
    };
    let step = desk.store.second_step(found.id).await;
    let step = step.map_err(|error| unreadable(&error))?;
    if step.is_some_and(|step| step.confirmed) {
        let half = Half {
            from: network(from),
            workspace: found.workspace,
            agent: found.id,
            password_hash: found.password_hash,
        };
        return Ok(First::CodeAsked(desk.half_way.begin(half, desk.now())));
    }
    let (row, token) = fresh(desk, (found.workspace, found.id), from, user_agent);
    let (hash, proof) = (found.password_hash, Proof::None);
    desk.store.begin_proven_sign_in(row, hash, proof).await?;
    Ok(First::In(token))
}

/// Checks the code of somebody whose password was right, and returns the token for the cookie.
///
/// # Errors
/// [`Refusal::CodeWrong`], also for one that was used before; [`Refusal::SignInOver`];
/// [`Refusal::TooFast`]; [`Refusal::Unavailable`].
pub(crate) async fn sign_in_with_code(
    desk: &Desk,
    form: SignInForm,
    from: IpAddr,
    user_agent: String,
) -> Result<String, Refusal> {
    let half = desk.half_way.try_on(&form.token, desk.now());
    let half = half.ok_or(Refusal::SignInOver)?;
    let agent = half.agent;
    desk.limits.code_here(from, agent)?;
    let secret = desk.store.agent_secret(agent).await;
    let secret = secret.map_err(|error| unreadable(&error))?;
    let secret = secret.ok_or(Refusal::SignInOver)?;
    if let Err(refusal) = desk.limits.code_anywhere(agent)
        && !is_known_place(desk, &secret.email, from).await
    {
        return Err(refusal);
    }
    let found = desk.store.second_step(agent).await;
    let found = found.map_err(|error| unreadable(&error))?;
    let found = found.filter(|found| found.confirmed);
    let found = found.ok_or(Refusal::SignInOver)?;
    let proof = codes::step(&found.secret, &form.code, desk.now()).map(Proof::Step);
    let proof = proof.or_else(|| codes::recovery(&form.code).map(Proof::Recovery));
    let tried = RefusedSignIn {
        workspace: half.workspace,
        agent,
    };
    let Some(proof) = proof else {
        tell_refused(desk, Some(tried));
        return Err(Refusal::CodeWrong);
    };
    let (row, token) = fresh(desk, (half.workspace, agent), from, user_agent);
    let begun = desk
        .store
        .begin_proven_sign_in(row, half.password_hash, proof)
        .await;
    if let Err(failed) = begun {
        let refusal = failed.into();
        if refusal == Refusal::CodeWrong {
            tell_refused(desk, Some(tried));
        }
        return Err(refusal);
    }
    desk.half_way.spend(&form.token);
    Ok(token)
}

/// Counts that somebody was refused. Nobody waits for it: who guesses at an account that exists is
/// answered as fast as who guesses at one that does not.
fn tell_refused(desk: &Desk, tried: Option<RefusedSignIn>) {
    let Some(tried) = tried else { return };
    let store = desk.store.clone();
    tokio::spawn(async move {
        // The store has said in the log what went wrong.
        drop(store.refused_sign_in(tried).await);
    });
}

/// Whether somebody was let in with this address from this network before.
async fn is_known_place(desk: &Desk, email: &str, from: IpAddr) -> bool {
    let places = desk.store.places_of(&email.trim().to_lowercase()).await;
    let places = places.unwrap_or_else(|error| {
        tracing::error!(%error, "earlier sign-ins could not be read");
        Vec::new()
    });
    let mut places = places.iter().filter_map(|ip| ip.parse().ok());
    places.any(|place| network(place) == network(from))
}

fn unreadable(error: &StoreError) -> Refusal {
    tracing::error!(%error, "an agent could not be read");
    Refusal::Unavailable
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
    let (row, token) = fresh(desk, (workspace, agent), from, user_agent);
    desk.store.begin_sign_in(row).await?;
    Ok(token)
}

/// A sign-in that begins now, and its token.
fn fresh(
    desk: &Desk,
    (workspace, agent): (WorkspaceId, AgentId),
    from: IpAddr,
    user_agent: String,
) -> (NewSignIn, String) {
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
    (row, token)
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
