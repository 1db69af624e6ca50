//! Whoever asks the API: from the token to the agent it acts as, and from what came of it to the answer.

use std::convert::Infallible;
use std::net::IpAddr;

use axum::Json;
use axum::body::Body;
use axum::extract::{FromRef, FromRequestParts};
use axum::http::header::{AUTHORIZATION, CACHE_CONTROL};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName};
use axum::response::{IntoResponse as _, Response};
use domain::{Agent, Conversation, Refusal, api_token};
use protocol::api_token::Scope;
use protocol::profile::NoApi;
use protocol::{ConversationId, Key};
use serde::Serialize;

use super::denied::Denied;
use super::sent::{self, Sent};
use crate::actions::begin_visit::user_agent;
use crate::actions::no_api::no_api;
use crate::actions::see;
use crate::auth::token;
use crate::desk::Desk;
use crate::faults::{self, Fault};
use crate::http::attachments::bearer;
use crate::http::body::{self, Broken};
use crate::store::{ApiTokenRow, Doer, StoreError};

/// What the client names a command with, so that it can be sent again.
const KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// A request, before anybody knows whose it is.
pub(crate) struct Asker {
    desk: Desk,
    from: IpAddr,
    headers: HeaderMap,
}

impl<S> FromRequestParts<S> for Asker
where
    Desk: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let from = parts.extensions.get::<IpAddr>().copied();
        Ok(Self {
            desk: Desk::from_ref(state),
            from: from.unwrap_or(IpAddr::V4(std::net::Ipv4Addr::UNSPECIFIED)),
            headers: parts.headers.clone(),
        })
    }
}

/// An agent, as a token acts for them.
pub(super) struct Caller {
    /// What they change here is written down as theirs.
    pub(super) desk: Desk,
    /// As they are at this moment.
    pub(super) agent: Agent,
    pub(super) token: ApiTokenRow,
}

impl Asker {
    /// Lets in who has a token that holds and allows this.
    pub(super) async fn enters(&self, scope: Option<Scope>) -> Result<Caller, Denied> {
        let desk = &self.desk;
        desk.limits.api_from(self.from)?;
        let Some(secret) = bearer(&self.headers).filter(|secret| !secret.trim().is_empty()) else {
            let sent = self.headers.contains_key(AUTHORIZATION);
            return Err(Denied::TokenMissing { sent });
        };
        let now = desk.now();
        let found = desk.store.api_token(&token::hash(secret), now).await;
        let token = found.map_err(unreadable)?.ok_or(Denied::TokenUnknown)?;
        desk.limits.api_request(token.id)?;
        let agent = desk.store.agent(token.agent).await.map_err(unreadable)?;
        let agent = agent.ok_or(Denied::TokenUnknown)?;
        if api_token::tells_use(token.last_used_at, now) {
            desk.store.touch_api_token(token.workspace, token.id, now);
        }
        may_use(desk, &agent).await?;
        let missing = scope.filter(|scope| !token.scopes.contains(scope));
        if let Some(scope) = missing.filter(|_| !faults::on(Fault::TokenScope)) {
            return Err(Denied::ScopeMissing(scope));
        }
        let desk = desk.clone().on_behalf(Doer {
            agent: Some(agent.id),
            ip: self.from,
            user_agent: user_agent(&self.headers),
        });
        Ok(Caller { desk, agent, token })
    }

    /// The same for who sends something: it is read first, because a token that is revoked while it comes
    /// holds no more.
    pub(super) async fn enters_with<T: Sent>(
        &self,
        scope: Scope,
        body: Body,
    ) -> Result<(Caller, T), Denied> {
        let read = self.reads(body).await;
        let caller = self.enters(Some(scope)).await?;
        Ok((caller, read?))
    }

    /// What was sent, as JSON.
    async fn reads<T: Sent>(&self, body: Body) -> Result<T, Denied> {
        let bytes =
            body::taken(&self.desk, body, body::FORM)
                .await
                .map_err(|broken| match broken {
                    Broken::TooSlow => Denied::TooSlow,
                    Broken::TooLong => Denied::TooLong,
                    Broken::Off => Denied::Malformed("the body broke off".to_owned()),
                })?;
        sent::object(&bytes)
    }

    /// The key that the client gave; none without one.
    pub(super) fn key(&self) -> Result<Option<Key>, Denied> {
        let Some(given) = self.headers.get(&KEY) else {
            return Ok(None);
        };
        let key = given.to_str().ok().and_then(|key| key.parse().ok());
        key.map(Some).ok_or(Denied::KeyInvalid)
    }

    /// The answer.
    pub(super) fn answers<T: Serialize>(&self, given: Result<T, Denied>) -> Response {
        match given {
            Ok(given) => ([(CACHE_CONTROL, "no-store")], Json(given)).into_response(),
            Err(denied) => denied.response(self.desk.now()),
        }
    }
}

impl Caller {
    /// A conversation that the agent sees.
    pub(super) async fn sees(
        &self,
        named: Result<ConversationId, Denied>,
    ) -> Result<Conversation, Denied> {
        let found = see::see(&self.desk, self.agent.id, named?).await;
        let found = found.map_err(unreadable)?;
        Ok(found.ok_or(Refusal::NotFound)?)
    }
}

/// Refuses where programs may not act as this agent at all.
async fn may_use(desk: &Desk, agent: &Agent) -> Result<(), Denied> {
    match no_api(desk, agent).await? {
        None => Ok(()),
        Some(NoApi::SwitchedOff(off)) => Err(Denied::SwitchedOff(off)),
        Some(NoApi::Role) => Err(Denied::Refused(Refusal::NotAllowed)),
    }
}

/// The database could not be read.
pub(super) fn unreadable(error: StoreError) -> Denied {
    tracing::error!(%error, "what a program asks for could not be read");
    Denied::Refused(Refusal::Unavailable)
}
