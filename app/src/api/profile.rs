//! An agent's own page: who they are, their password, their sign-ins and the second step.

use async_trait::async_trait;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use protocol::SignInId;
use protocol::profile::{KeyOffer, PasswordForm, ProfileForm, ProfileView};

use super::ApiError;

/// What the profile asks of the server; all of it is about the agent who asks.
#[async_trait]
pub trait Profile: Send + Sync {
    /// The profile.
    async fn profile(&self) -> Result<ProfileView, ApiError>;

    /// Saves name and phone number, on the version that was looked at.
    async fn save_profile(&self, form: ProfileForm) -> Result<(), ApiError>;

    /// Takes the picture out.
    async fn remove_picture(&self) -> Result<(), ApiError>;

    /// Changes the password and ends the other sign-ins; how many it were.
    async fn change_password(&self, form: PasswordForm) -> Result<u32, ApiError>;

    /// Ends one sign-in, or with none all but this; how many it were.
    async fn end_sign_ins(&self, only: Option<SignInId>) -> Result<u32, ApiError>;

    /// Makes a key of one-time codes. Asks for the password.
    async fn begin_two_steps(&self, password: String) -> Result<KeyOffer, ApiError>;

    /// Confirms the key by a code; the recovery codes.
    async fn confirm_two_steps(&self, code: String) -> Result<Vec<String>, ApiError>;

    /// Signing in asks for no code any more. Asks for the password.
    async fn end_two_steps(&self, password: String) -> Result<(), ApiError>;
}

/// Loads the profile.
#[server(prefix = "/pages", endpoint = "load_profile")]
pub async fn load_profile() -> Result<ProfileView, ApiError> {
    crate::backend::backend().profile().await
}

/// Saves name and phone number.
#[server(prefix = "/pages", endpoint = "save_profile", input = Json)]
pub async fn save_profile(form: ProfileForm) -> Result<(), ApiError> {
    crate::backend::backend().save_profile(form).await
}

/// Takes the picture out.
#[server(prefix = "/pages", endpoint = "remove_picture", input = Json)]
pub async fn remove_picture() -> Result<(), ApiError> {
    crate::backend::backend().remove_picture().await
}

/// Changes the password.
#[server(prefix = "/pages", endpoint = "change_password", input = Json)]
pub async fn change_password(form: PasswordForm) -> Result<u32, ApiError> {
    crate::backend::backend().change_password(form).await
}

/// Ends one sign-in, or with none all but this.
#[server(prefix = "/pages", endpoint = "end_sign_ins", input = Json)]
pub async fn end_sign_ins(only: Option<SignInId>) -> Result<u32, ApiError> {
    crate::backend::backend().end_sign_ins(only).await
}

/// Makes a key of one-time codes.
#[server(prefix = "/pages", endpoint = "begin_two_steps", input = Json)]
pub async fn begin_two_steps(password: String) -> Result<KeyOffer, ApiError> {
    crate::backend::backend().begin_two_steps(password).await
}

/// Confirms the key by a code.
#[server(prefix = "/pages", endpoint = "confirm_two_steps", input = Json)]
pub async fn confirm_two_steps(code: String) -> Result<Vec<String>, ApiError> {
    crate::backend::backend().confirm_two_steps(code).await
}

/// Signing in asks for no code any more.
#[server(prefix = "/pages", endpoint = "end_two_steps", input = Json)]
pub async fn end_two_steps(password: String) -> Result<(), ApiError> {
    crate::backend::backend().end_two_steps(password).await
}
