//! An agent makes a token for a program, and takes it back, or who keeps the team does.

use std::net::IpAddr;

use domain::api_token;
use domain::permissions::Permission;
use protocol::api_token::TokenForm;
use protocol::{AgentId, ApiTokenId, Refusal};

use super::change_password::prove;
use super::save_member::keeper;
use super::sign_in::SignedIn;
use crate::auth::token;
use crate::desk::Desk;
use crate::random::fresh;
use crate::store::{NewApiToken, Whose};

/// Makes a token and returns it, which is the only time that it is told.
///
/// # Errors
/// [`Refusal::NotAllowed`], [`Refusal::FieldInvalid`], [`Refusal::SettingInvalid`],
/// [`Refusal::PasswordWrong`], [`Refusal::SignInOver`], [`Refusal::TooFast`] or
/// [`Refusal::Unavailable`].
pub(crate) async fn make_token(
    desk: &Desk,
    by: SignedIn,
    from: IpAddr,
    form: TokenForm,
) -> Result<String, Refusal> {
    let agent = desk.store.agent(by.agent).await.map_err(|error| {
        tracing::error!(%error, "an agent could not be read");
        Refusal::Unavailable
    })?;
    agent.ok_or(Refusal::NotFound)?.may(Permission::UseApi)?;
    let (name, scopes) = api_token::checked(&form.name, &form.scopes)?;
    let proven = prove(desk, by, from, form.password).await?;
    let now = desk.now();
    let secret = format!("{}{}", api_token::PREFIX, token::fresh());
    let made = NewApiToken {
        id: fresh!(ApiTokenId, now),
        workspace: by.workspace,
        agent: by.agent,
        sign_in: by.sign_in,
        password_hash: proven.password_hash,
        name,
        token_hash: token::hash(&secret),
        beginning: secret.chars().take(api_token::SHOWN).collect(),
        scopes,
        created_at: now,
        expires_at: api_token::expires_at(form.lasts, now),
    };
    desk.store.make_api_token(made).await?;
    Ok(secret)
}

/// Takes a token of one's own back: what asks with it is refused from now on.
///
/// # Errors
/// [`Refusal::NotFound`] or [`Refusal::Unavailable`].
pub(crate) async fn revoke_token(desk: &Desk, by: SignedIn, id: ApiTokenId) -> Result<(), Refusal> {
    let whose = Whose::Own(by.agent);
    let revoked = desk.store.revoke_api_token(by.workspace, whose, id);
    Ok(revoked.await?)
}

/// Takes a member's token back, by who keeps the team.
///
/// # Errors
/// [`Refusal::NotAllowed`], [`Refusal::NotFound`] or [`Refusal::Unavailable`].
pub(crate) async fn revoke_token_of(
    desk: &Desk,
    by: AgentId,
    id: ApiTokenId,
) -> Result<(), Refusal> {
    let by = keeper(desk, by).await?;
    let whose = Whose::OfTeam(by.id);
    let revoked = desk.store.revoke_api_token(by.workspace, whose, id);
    Ok(revoked.await?)
}
