//! Signing in and out.

use async_trait::async_trait;
use leptos::prelude::*;
use protocol::forms::{FirstStep, Me, SignInForm};

use super::ApiError;

/// What the sign-in page and the head of every page ask of the server.
#[async_trait]
pub trait SignIn: Send + Sync {
    /// The agent whose browser this is; none without a sign-in.
    async fn me(&self) -> Result<Option<Me>, ApiError>;

    /// Checks e-mail and password, or the code of the second step, and sets the cookie unless a code
    /// is asked for as well.
    async fn sign_in(&self, form: SignInForm) -> Result<FirstStep, ApiError>;

    /// Ends this browser's sign-in and its connections.
    async fn sign_out(&self) -> Result<(), ApiError>;
}

/// Loads the agent who is signed in.
#[server(prefix = "/pages", endpoint = "load_me")]
pub async fn load_me() -> Result<Option<Me>, ApiError> {
    crate::backend::backend().me().await
}

/// Signs in with e-mail and password.
#[server(name = SignInNow, prefix = "/pages", endpoint = "sign_in")]
pub async fn sign_in(form: SignInForm) -> Result<FirstStep, ApiError> {
    crate::backend::backend().sign_in(form).await
}

/// Signs out.
#[server(name = SignOutNow, prefix = "/pages", endpoint = "sign_out")]
pub async fn sign_out() -> Result<(), ApiError> {
    crate::backend::backend().sign_out().await
}
