//! Mail that leaves: its log, and a new password by a link.

use async_trait::async_trait;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use protocol::delivery::{DeliveriesView, ForgotForm, ResetForm, ResetView};
use protocol::team::InviteLink;
use protocol::{AgentId, DeliveryId};

use super::ApiError;

/// What the pages about mail ask of the server.
#[async_trait]
pub trait Mail: Send + Sync {
    /// What was mailed.
    async fn deliveries(&self) -> Result<DeliveriesView, ApiError>;

    /// Tries a mail once more that was given up.
    async fn send_again(&self, delivery: DeliveryId) -> Result<(), ApiError>;

    /// Mails a test to whoever asks.
    async fn send_test(&self) -> Result<(), ApiError>;

    /// Whether mail leaves from here.
    async fn mails(&self) -> Result<bool, ApiError>;

    /// Mails a link to a new password, if there is such an account.
    async fn ask_reset(&self, form: ForgotForm) -> Result<(), ApiError>;

    /// Makes such a link for a member.
    async fn make_reset(&self, agent: AgentId) -> Result<InviteLink, ApiError>;

    /// Whose password a link is for.
    async fn reset_of(&self, token: String) -> Result<ResetView, ApiError>;

    /// Keeps a new password.
    async fn reset_password(&self, form: ResetForm) -> Result<(), ApiError>;
}

/// Loads what was mailed.
#[server(prefix = "/pages", endpoint = "load_deliveries")]
pub async fn load_deliveries() -> Result<DeliveriesView, ApiError> {
    crate::backend::backend().deliveries().await
}

/// Tries a mail once more.
#[server(prefix = "/pages", endpoint = "send_again", input = Json)]
pub async fn send_again(delivery: DeliveryId) -> Result<(), ApiError> {
    crate::backend::backend().send_again(delivery).await
}

/// Mails a test.
#[server(prefix = "/pages", endpoint = "send_test", input = Json)]
pub async fn send_test() -> Result<(), ApiError> {
    crate::backend::backend().send_test().await
}

/// Loads whether mail leaves from here.
#[server(prefix = "/pages", endpoint = "load_mails")]
pub async fn load_mails() -> Result<bool, ApiError> {
    crate::backend::backend().mails().await
}

/// Asks for a link to a new password.
#[server(prefix = "/pages", endpoint = "ask_reset", input = Json)]
pub async fn ask_reset(form: ForgotForm) -> Result<(), ApiError> {
    crate::backend::backend().ask_reset(form).await
}

/// Makes a link to a new password.
#[server(prefix = "/pages", endpoint = "make_reset", input = Json)]
pub async fn make_reset(agent: AgentId) -> Result<InviteLink, ApiError> {
    crate::backend::backend().make_reset(agent).await
}

/// Loads whose password a link is for.
#[server(prefix = "/pages", endpoint = "load_reset", input = Json)]
pub async fn load_reset(token: String) -> Result<ResetView, ApiError> {
    crate::backend::backend().reset_of(token).await
}

/// Keeps a new password.
#[server(name = ResetPasswordNow, prefix = "/pages", endpoint = "reset_password", input = Json)]
pub async fn reset_password(form: ResetForm) -> Result<(), ApiError> {
    crate::backend::backend().reset_password(form).await
}
