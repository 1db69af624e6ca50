//! The team: who is on it, what they may do and are assigned to, and who is invited.

use async_trait::async_trait;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use protocol::person::Assigned;
use protocol::team::{
    GroupEdit, HandOverForm, InviteForm, InviteLink, InvitedView, JoinForm, MemberForm, RoleEdit,
    TeamView,
};
use protocol::{AgentId, InviteId};

use super::ApiError;

/// What the team's pages ask of the server.
#[async_trait]
pub trait Team: Send + Sync {
    /// Says of which chatbots an agent sees and gets conversations.
    async fn save_assignment(&self, agent: AgentId, assigned: Assigned) -> Result<(), ApiError>;

    /// The team, and who is invited.
    async fn team(&self) -> Result<TeamView, ApiError>;

    /// Saves a member on the version that was looked at.
    async fn save_member(&self, form: MemberForm) -> Result<(), ApiError>;

    /// Lets a member in again, or no more.
    async fn set_active(&self, agent: AgentId, version: u64, active: bool) -> Result<(), ApiError>;

    /// Adds, changes or deletes a group.
    async fn save_group(&self, edit: GroupEdit) -> Result<(), ApiError>;

    /// Adds, changes or deletes a role of the workspace's own.
    async fn save_role(&self, edit: RoleEdit) -> Result<(), ApiError>;

    /// Makes somebody else the owner in one's own place.
    async fn hand_over(&self, form: HandOverForm) -> Result<(), ApiError>;

    /// Invites somebody.
    async fn invite(&self, form: InviteForm) -> Result<InviteLink, ApiError>;

    /// Makes a new link; the former one works no more.
    async fn renew_invite(&self, invite: InviteId) -> Result<InviteLink, ApiError>;

    /// Mails an invitation once more; former links work no more.
    async fn mail_invite(&self, invite: InviteId) -> Result<InviteLink, ApiError>;

    /// Takes an invitation back.
    async fn revoke_invite(&self, invite: InviteId) -> Result<(), ApiError>;

    /// What the holder of a link is asked to join.
    async fn invited(&self, token: String) -> Result<InvitedView, ApiError>;

    /// Joins, and signs the new agent in.
    async fn join(&self, form: JoinForm) -> Result<(), ApiError>;
}

/// Saves which chatbots an agent is assigned to.
#[server(prefix = "/pages", endpoint = "save_assignment", input = Json)]
pub async fn save_assignment(agent: AgentId, assigned: Assigned) -> Result<(), ApiError> {
    crate::backend::backend()
        .save_assignment(agent, assigned)
        .await
}

/// Loads the team.
#[server(prefix = "/pages", endpoint = "load_team")]
pub async fn load_team() -> Result<TeamView, ApiError> {
    crate::backend::backend().team().await
}

/// Saves a member.
#[server(prefix = "/pages", endpoint = "save_member", input = Json)]
pub async fn save_member(form: MemberForm) -> Result<(), ApiError> {
    crate::backend::backend().save_member(form).await
}

/// Lets a member in again, or no more.
#[server(prefix = "/pages", endpoint = "set_active", input = Json)]
pub async fn set_active(agent: AgentId, version: u64, active: bool) -> Result<(), ApiError> {
    crate::backend::backend()
        .set_active(agent, version, active)
        .await
}

/// Adds, changes or deletes a group.
#[server(prefix = "/pages", endpoint = "save_group", input = Json)]
pub async fn save_group(edit: GroupEdit) -> Result<(), ApiError> {
    crate::backend::backend().save_group(edit).await
}

/// Adds, changes or deletes a role of the workspace's own.
#[server(prefix = "/pages", endpoint = "save_role", input = Json)]
pub async fn save_role(edit: RoleEdit) -> Result<(), ApiError> {
    crate::backend::backend().save_role(edit).await
}

/// Hands the workspace over.
#[server(prefix = "/pages", endpoint = "hand_over", input = Json)]
pub async fn hand_over(form: HandOverForm) -> Result<(), ApiError> {
    crate::backend::backend().hand_over(form).await
}

/// Invites somebody.
#[server(prefix = "/pages", endpoint = "invite", input = Json)]
pub async fn invite(form: InviteForm) -> Result<InviteLink, ApiError> {
    crate::backend::backend().invite(form).await
}

/// Makes a new link.
#[server(prefix = "/pages", endpoint = "renew_invite", input = Json)]
pub async fn renew_invite(invite: InviteId) -> Result<InviteLink, ApiError> {
    crate::backend::backend().renew_invite(invite).await
}

/// Mails an invitation once more.
#[server(prefix = "/pages", endpoint = "mail_invite", input = Json)]
pub async fn mail_invite(invite: InviteId) -> Result<InviteLink, ApiError> {
    crate::backend::backend().mail_invite(invite).await
}

/// Takes an invitation back.
#[server(prefix = "/pages", endpoint = "revoke_invite", input = Json)]
pub async fn revoke_invite(invite: InviteId) -> Result<(), ApiError> {
    crate::backend::backend().revoke_invite(invite).await
}

/// Loads an invitation by its secret.
#[server(prefix = "/pages", endpoint = "load_invite", input = Json)]
pub async fn load_invite(token: String) -> Result<InvitedView, ApiError> {
    crate::backend::backend().invited(token).await
}

/// Joins the team.
#[server(prefix = "/pages", endpoint = "join", input = Json)]
pub async fn join(form: JoinForm) -> Result<(), ApiError> {
    crate::backend::backend().join(form).await
}
