//! The team pages' side of the server.

use app::api::ApiError;
use app::api::team::Team;
use async_trait::async_trait;
use protocol::person::Assigned;
use protocol::team::{
    GroupEdit, HandOverForm, InviteForm, InviteLink, InvitedView, JoinForm, MemberForm, RoleEdit,
    TeamView,
};
use protocol::{AgentId, InviteId};

use super::RequestBackend;
use crate::actions::{
    accept_invite, hand_over, invite, save_assignment, save_group, save_member, save_role, sign_in,
};

#[async_trait]
impl Team for RequestBackend {
    async fn save_assignment(&self, agent: AgentId, assigned: Assigned) -> Result<(), ApiError> {
        let by = self.agent()?;
        Ok(save_assignment::save_assignment(&self.desk, by, agent, assigned).await?)
    }

    async fn team(&self) -> Result<TeamView, ApiError> {
        Ok(save_member::load_team(&self.desk, self.agent()?).await?)
    }

    async fn save_member(&self, form: MemberForm) -> Result<(), ApiError> {
        Ok(save_member::save_member(&self.desk, self.agent()?, form).await?)
    }

    async fn set_active(&self, agent: AgentId, version: u64, active: bool) -> Result<(), ApiError> {
        let by = self.agent()?;
        Ok(save_member::set_active(&self.desk, by, (agent, version), active).await?)
    }

    async fn save_group(&self, edit: GroupEdit) -> Result<(), ApiError> {
        Ok(save_group::save_group(&self.desk, self.agent()?, edit).await?)
    }

    async fn save_role(&self, edit: RoleEdit) -> Result<(), ApiError> {
        Ok(save_role::save_role(&self.desk, self.agent()?, edit).await?)
    }

    async fn hand_over(&self, form: HandOverForm) -> Result<(), ApiError> {
        Ok(hand_over::hand_over(&self.desk, self.by()?, self.from, form).await?)
    }

    async fn invite(&self, form: InviteForm) -> Result<InviteLink, ApiError> {
        let to = (self.base.as_str(), self.language);
        Ok(invite::invite(&self.desk, self.agent()?, form, to).await?)
    }

    async fn renew_invite(&self, invite: InviteId) -> Result<InviteLink, ApiError> {
        Ok(invite::renew_invite(&self.desk, self.agent()?, invite, &self.base).await?)
    }

    async fn mail_invite(&self, invite: InviteId) -> Result<InviteLink, ApiError> {
        let by = self.agent()?;
        Ok(invite::mail_invite(&self.desk, by, invite, self.language).await?)
    }

    async fn revoke_invite(&self, invite: InviteId) -> Result<(), ApiError> {
        Ok(invite::revoke_invite(&self.desk, self.agent()?, invite).await?)
    }

    async fn invited(&self, token: String) -> Result<InvitedView, ApiError> {
        // A secret can be guessed at no faster than a password.
        self.desk.limits.sign_in(self.from, &token)?;
        Ok(accept_invite::load_invite(&self.desk, &token).await?)
    }

    async fn join(&self, form: JoinForm) -> Result<(), ApiError> {
        self.desk.limits.sign_in(self.from, &form.token)?;
        let joined = accept_invite::accept_invite(&self.desk, form).await?;
        let token = sign_in::let_in(&self.desk, joined, self.from, self.user_agent.clone()).await?;
        // A browser in which somebody else was signed in belongs to the new agent now.
        self.is_in(&token).await
    }
}
