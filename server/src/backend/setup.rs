//! The first-run page's side of the server.

use app::api::ApiError;
use app::api::setup::Setup;
use async_trait::async_trait;
use domain::permissions::Permission;
use protocol::Refusal;
use protocol::forms::{BeginView, EmbedView, SetupForm, SignInForm};
use protocol::module::Module;

use super::RequestBackend;
use super::sign_in::set_cookie;
use crate::actions::sign_in::{self, First};
use crate::actions::{begin, set_up};
use crate::auth::cookie;
use crate::store::StoreError;

#[async_trait]
impl Setup for RequestBackend {
    async fn workspace(&self) -> Result<Option<String>, ApiError> {
        let workspace = self
            .desk
            .store
            .first_workspace()
            .await
            .map_err(unreadable)?;
        Ok(workspace.map(|workspace| workspace.name))
    }

    async fn set_up(&self, form: SetupForm) -> Result<(), ApiError> {
        // The token can be guessed at no faster than a password.
        self.desk.limits.sign_in(self.from, "setup")?;
        let owner = SignInForm {
            email: form.email.clone(),
            password: form.password.clone(),
            token: String::new(),
            code: String::new(),
        };
        set_up::set_up(&self.desk, form).await?;
        let user_agent = self.user_agent.clone();
        match sign_in::sign_in(&self.desk, owner, self.from, user_agent).await? {
            First::In(token) => {
                set_cookie(cookie::set(&token, &self.desk.config.server.public_url))
            }
            // Nobody who is made here has a second step yet.
            First::CodeAsked(_) => Ok(()),
        }
    }

    async fn embed(&self) -> Result<Vec<EmbedView>, ApiError> {
        let signed_in = self.signed_in.ok_or(ApiError::SignInNeeded)?;
        let agent = self
            .desk
            .store
            .agent(signed_in.agent)
            .await
            .map_err(unreadable)?;
        let agent = agent.ok_or(ApiError::SignInNeeded)?;
        let may = agent.may(Permission::SeeEmbedding);
        self.of_module(Module::Embedding, may).await?;
        let chatbots = self
            .desk
            .store
            .chatbots(agent.workspace)
            .await
            .map_err(unreadable)?;
        let proves = agent.may(Permission::SeeIdentitySecrets).is_ok();
        let visible = chatbots
            .into_iter()
            .filter(|chatbot| !chatbot.archived && agent.assigned.includes(chatbot.id));
        Ok(visible
            .map(|chatbot| begin::embed(chatbot.id, &chatbot.name, &self.base, proves))
            .collect())
    }

    async fn begin(&self) -> Result<Option<BeginView>, ApiError> {
        Ok(begin::load_begin(&self.desk, self.agent()?, &self.base).await?)
    }
}

fn unreadable(error: StoreError) -> ApiError {
    tracing::error!(%error, "a page could not be read");
    ApiError::from(Refusal::Unavailable)
}
