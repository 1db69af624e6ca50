//! The profile's side of the server.

use app::api::ApiError;
use app::api::profile::Profile;
use async_trait::async_trait;
use protocol::SignInId;
use protocol::profile::{KeyOffer, PasswordForm, ProfileForm, ProfileView};

use super::RequestBackend;
use crate::actions::{change_password, picture, profile, two_steps};
use crate::store::Which;

#[async_trait]
impl Profile for RequestBackend {
    async fn profile(&self) -> Result<ProfileView, ApiError> {
        Ok(profile::load_profile(&self.desk, self.by()?).await?)
    }

    async fn save_profile(&self, form: ProfileForm) -> Result<(), ApiError> {
        Ok(profile::save_profile(&self.desk, self.by()?, form).await?)
    }

    async fn remove_picture(&self) -> Result<(), ApiError> {
        Ok(picture::remove_picture(&self.desk, self.by()?).await?)
    }

    async fn change_password(&self, form: PasswordForm) -> Result<u32, ApiError> {
        let by = self.by()?;
        Ok(change_password::change_password(&self.desk, by, self.from, form).await?)
    }

    async fn end_sign_ins(&self, only: Option<SignInId>) -> Result<u32, ApiError> {
        let by = self.by()?;
        let which = only.map_or(Which::AllBut(by.sign_in), Which::Only);
        Ok(profile::end_sign_ins(&self.desk, by, which).await?)
    }

    async fn begin_two_steps(&self, password: String) -> Result<KeyOffer, ApiError> {
        let by = self.by()?;
        Ok(two_steps::begin_two_steps(&self.desk, by, self.from, password).await?)
    }

    async fn confirm_two_steps(&self, code: String) -> Result<Vec<String>, ApiError> {
        let by = self.by()?;
        Ok(two_steps::confirm_two_steps(&self.desk, by, self.from, &code).await?)
    }

    async fn end_two_steps(&self, password: String) -> Result<(), ApiError> {
        let by = self.by()?;
        Ok(two_steps::end_two_steps(&self.desk, by, self.from, password).await?)
    }
}
