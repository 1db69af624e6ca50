//! The side of the server of pages about mail: its log, and a new password by a link.

use app::api::ApiError;
use app::api::mail::Mail;
use async_trait::async_trait;
use protocol::delivery::{DeliveriesView, ForgotForm, ResetForm, ResetView};
use protocol::team::InviteLink;
use protocol::{AgentId, DeliveryId};

use super::RequestBackend;
use crate::actions::{deliveries, reset_password};

#[async_trait]
impl Mail for RequestBackend {
    async fn deliveries(&self) -> Result<DeliveriesView, ApiError> {
        Ok(deliveries::load_deliveries(&self.desk, self.agent()?).await?)
    }

    async fn send_again(&self, delivery: DeliveryId) -> Result<(), ApiError> {
        Ok(deliveries::send_again(&self.desk, self.agent()?, delivery).await?)
    }

    async fn send_test(&self) -> Result<(), ApiError> {
        Ok(deliveries::send_test(&self.desk, self.agent()?, self.language).await?)
    }

    async fn mails(&self) -> Result<bool, ApiError> {
        Ok(self.desk.mailer.is_some())
    }

    async fn ask_reset(&self, form: ForgotForm) -> Result<(), ApiError> {
        let asked =
            reset_password::ask_reset(&self.desk, &form.email, self.language, self.from).await;
        Ok(asked?)
    }

    async fn make_reset(&self, agent: AgentId) -> Result<InviteLink, ApiError> {
        let by = self.agent()?;
        Ok(reset_password::make_reset(&self.desk, by, agent, &self.base).await?)
    }

    async fn reset_of(&self, token: String) -> Result<ResetView, ApiError> {
        // A secret can be guessed at no faster than a password.
        self.desk.limits.sign_in(self.from, &token)?;
        Ok(reset_password::load_reset(&self.desk, &token).await?)
    }

    async fn reset_password(&self, form: ResetForm) -> Result<(), ApiError> {
        self.desk.limits.sign_in(self.from, &form.token)?;
        Ok(reset_password::reset_password(&self.desk, form, self.language).await?)
    }
}
