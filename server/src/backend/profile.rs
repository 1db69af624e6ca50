//! The profile's side of the server.

use app::api::ApiError;
use app::api::profile::Profile;
use async_trait::async_trait;
use protocol::module::Module;
use protocol::profile::{ProfileDone, ProfileEdit, ProfileView};

use super::RequestBackend;
use crate::actions::{api_tokens, change_password, picture, profile, save_notices, two_steps};
use crate::store::Which;

#[async_trait]
impl Profile for RequestBackend {
    async fn profile(&self) -> Result<ProfileView, ApiError> {
        Ok(profile::load_profile(&self.desk, self.by()?).await?)
    }

    async fn edit_profile(&self, edit: ProfileEdit) -> Result<ProfileDone, ApiError> {
        let (desk, by, from) = (&self.desk, self.by()?, self.from);
        Ok(match edit {
            ProfileEdit::Save(form) => {
                profile::save_profile(desk, by, form).await?;
                ProfileDone::Saved
            }
            ProfileEdit::Notices(form) => {
                save_notices::save_notices(desk, by, form).await?;
                ProfileDone::Saved
            }
            ProfileEdit::RemovePicture => {
                picture::remove_picture(desk, by).await?;
                ProfileDone::Saved
            }
            ProfileEdit::Password(form) => {
                let ended = change_password::change_password(desk, by, from, form).await?;
                ProfileDone::Ended(ended)
            }
            ProfileEdit::EndSignIns(only) => {
                let which = only.map_or(Which::AllBut(by.sign_in), Which::Only);
                ProfileDone::Ended(profile::end_sign_ins(desk, by, which).await?)
            }
            ProfileEdit::BeginTwoSteps(password) => {
                let offer = two_steps::begin_two_steps(desk, by, from, password).await?;
                ProfileDone::Offered(offer)
            }
            ProfileEdit::ConfirmTwoSteps(code) => {
                let codes = two_steps::confirm_two_steps(desk, by, from, &code).await?;
                ProfileDone::Confirmed(codes)
            }
            ProfileEdit::NewRecovery(password) => {
                let codes = two_steps::renew_recovery(desk, by, from, password).await?;
                ProfileDone::Confirmed(codes)
            }
            ProfileEdit::EndTwoSteps(password) => {
                two_steps::end_two_steps(desk, by, from, password).await?;
                ProfileDone::Saved
            }
            ProfileEdit::EndTwoStepsOf(agent) => {
                two_steps::end_two_steps_of(desk, by.agent, agent).await?;
                ProfileDone::Saved
            }
            ProfileEdit::MakeToken(form) => {
                let made = api_tokens::make_token(desk, by, from, form).await;
                ProfileDone::Token(self.of_module(Module::Api, made).await?)
            }
            ProfileEdit::RevokeToken(id) => {
                api_tokens::revoke_token(desk, by, id).await?;
                ProfileDone::Saved
            }
            ProfileEdit::RevokeTokenOf(id) => {
                api_tokens::revoke_token_of(desk, by.agent, id).await?;
                ProfileDone::Saved
            }
        })
    }
}
