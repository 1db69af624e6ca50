//! The sign-in page's side of the server.

use app::api::ApiError;
use app::api::sign_in::SignIn;
use async_trait::async_trait;
use axum::http::HeaderValue;
use axum::http::header::SET_COOKIE;
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use protocol::Refusal;
use protocol::forms::{FirstStep, Me, SignInForm};

use super::RequestBackend;
use crate::actions::sign_in::{self, First};
use crate::auth::cookie;
use crate::store::StoreError;
use crate::wire::face::face;

#[async_trait]
impl SignIn for RequestBackend {
    async fn me(&self) -> Result<Option<Me>, ApiError> {
        let Some(signed_in) = self.signed_in else {
            return Ok(None);
        };
        let unreadable = |error: StoreError| {
            tracing::error!(%error, "an agent could not be read");
            ApiError::Unavailable
        };
        let me = self.desk.store.me(signed_in.agent).await;
        let Some(me) = me.map_err(unreadable)? else {
            return Ok(None);
        };
        let picture = self.desk.store.picture_id(me.workspace, me.id).await;
        Ok(Some(Me {
            id: me.id,
            face: face(&me.name, me.id.0),
            picture: picture.map_err(unreadable)?,
            email: me.email,
            role: me.role,
            without: me.without,
            workspace: me.workspace_name,
        }))
    }

    async fn sign_in(&self, form: SignInForm) -> Result<FirstStep, ApiError> {
        let user_agent = self.user_agent.clone();
        let token = if form.token.is_empty() {
            match sign_in::sign_in(&self.desk, form, self.from, user_agent).await? {
                First::CodeAsked(token) => return Ok(FirstStep::CodeAsked(token)),
                First::In(token) => token,
            }
        } else {
            sign_in::sign_in_with_code(&self.desk, form, self.from, user_agent).await?
        };
        self.is_in(&token).await?;
        Ok(FirstStep::In)
    }

    async fn sign_out(&self) -> Result<(), ApiError> {
        if let Some(signed_in) = self.signed_in {
            sign_in::sign_out(&self.desk, signed_in).await?;
        }
        set_cookie(cookie::clear(&self.desk.config.server.public_url))
    }
}

impl RequestBackend {
    /// Gives the browser its cookie. One that signs in again gives its earlier sign-in up.
    pub(super) async fn is_in(&self, token: &str) -> Result<(), ApiError> {
        if let Some(earlier) = self.signed_in {
            sign_in::sign_out(&self.desk, earlier).await?;
        }
        set_cookie(cookie::set(token, &self.desk.config.server.public_url))
    }
}

pub(super) fn set_cookie(cookie: HeaderValue) -> Result<(), ApiError> {
    let response = use_context::<ResponseOptions>().ok_or(Refusal::Unavailable)?;
    response.append_header(SET_COOKIE, cookie);
    Ok(())
}
