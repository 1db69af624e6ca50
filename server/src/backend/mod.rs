//! The server's side of the app's pages, bound to one request.

mod audit;
mod chatbots;
mod data;
mod doctor;
mod erasures;
mod identity;
mod knowledge;
mod labels;
mod mail;
mod modules;
mod playground;
mod profile;
mod replies;
mod settings;
mod setup;
mod sign_in;
mod targets;
mod team;

use std::net::IpAddr;
use std::sync::Arc;

use app::Language;
use app::api::ApiError;
use app::backend::Backend;
use axum::http::request::Parts;
use leptos::prelude::provide_context;
use protocol::AgentId;

use crate::actions::begin_visit;
use crate::actions::sign_in::{self as signing_in, SignedIn};
use crate::desk::Desk;
use crate::http::pages;
use crate::store::Doer;

/// One request of a page: who asks, and from where.
pub(crate) struct RequestBackend {
    desk: Desk,
    signed_in: Option<SignedIn>,
    from: IpAddr,
    user_agent: String,
    /// Scheme and host as the browser knows them.
    base: String,
    /// In which its reader is mailed.
    language: Language,
}

impl RequestBackend {
    /// Reads who asks.
    pub(crate) async fn of(desk: Desk, parts: &Parts) -> Self {
        let from = parts.extensions.get::<IpAddr>().copied();
        let from = from.unwrap_or(IpAddr::V4(std::net::Ipv4Addr::UNSPECIFIED));
        let signed_in = signing_in::of_request(&desk, &parts.headers).await;
        let user_agent = begin_visit::user_agent(&parts.headers);
        Self {
            signed_in,
            from,
            base: base(&desk, parts),
            language: pages::language(&parts.headers),
            desk: desk.on_behalf(Doer {
                agent: signed_in.map(|signed_in| signed_in.agent),
                ip: from,
                user_agent: user_agent.clone(),
            }),
            user_agent,
        }
    }

    /// The agent who asks.
    fn agent(&self) -> Result<AgentId, ApiError> {
        let signed_in = self.signed_in.ok_or(ApiError::SignInNeeded)?;
        Ok(signed_in.agent)
    }

    /// The sign-in that asks.
    fn by(&self) -> Result<SignedIn, ApiError> {
        self.signed_in.ok_or(ApiError::SignInNeeded)
    }

    /// Makes it what `app::backend::backend()` finds.
    pub(crate) fn provide(self: Arc<Self>) {
        provide_context::<Arc<dyn Backend>>(self);
    }
}

/// The configured address, else the one the browser asked for.
fn base(desk: &Desk, parts: &Parts) -> String {
    desk.config.server.public_url.base().unwrap_or_else(|| {
        let host = parts.headers.get(axum::http::header::HOST);
        let host = host
            .and_then(|host| host.to_str().ok())
            .unwrap_or("localhost");
        format!("http://{host}")
    })
}
