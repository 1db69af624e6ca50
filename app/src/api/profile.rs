//! An agent's own page: who they are, their password, their sign-ins and the second step.

use async_trait::async_trait;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use protocol::profile::{ProfileDone, ProfileEdit, ProfileView};

use super::ApiError;

/// What the profile asks of the server.
#[async_trait]
pub trait Profile: Send + Sync {
    /// The profile of the agent who asks.
    async fn profile(&self) -> Result<ProfileView, ApiError>;

    /// Changes something of it.
    async fn edit_profile(&self, edit: ProfileEdit) -> Result<ProfileDone, ApiError>;
}

/// Loads the profile.
#[server(prefix = "/pages", endpoint = "load_profile")]
pub async fn load_profile() -> Result<ProfileView, ApiError> {
    crate::backend::backend().profile().await
}

/// Changes something of the profile. One function for all of it: each weighs kilobytes in the browser.
#[server(prefix = "/pages", endpoint = "edit_profile", input = Json)]
pub async fn edit_profile(edit: ProfileEdit) -> Result<ProfileDone, ApiError> {
    crate::backend::backend().edit_profile(edit).await
}
