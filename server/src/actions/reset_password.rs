//! A new password by a link: asked for by mail, or made by an admin, and used once.

use std::net::IpAddr;

use app::Language;
use domain::delivery;
use domain::forms::{check_email, check_password};
use protocol::delivery::{DeliveryKind, ResetForm, ResetView};
use protocol::team::InviteLink;
use protocol::{AgentId, DeliveryId, Refusal, close};

use super::save_member::keeper;
use crate::auth::token;
use crate::desk::Desk;
use crate::random::fresh;
use crate::store::{Mail, NewDelivery, NewPassword, ResetOf};

/// Asks for a link to be mailed. The answer is the same for everybody, and takes the same time: one
/// row is written, whoever it is about, and only when it is sent is looked up whether they exist.
///
/// # Errors
/// [`Refusal::NoMail`], [`Refusal::FieldInvalid`], [`Refusal::TooFast`] or [`Refusal::Unavailable`].
pub(crate) async fn ask_reset(
    desk: &Desk,
    email: &str,
    language: Language,
    from: IpAddr,
) -> Result<(), Refusal> {
    if desk.mailer.is_none() {
        return Err(Refusal::NoMail);
    }
    desk.limits.reset(from)?;
    check_email(email)?;
    let (email, at) = (email.trim().to_lowercase(), desk.now());
    // Said to nobody: strangers could ask until the owner of an account may not any more, and there
    // are enough links in their box by then.
    if !desk.limits.reset_of(&email) {
        return Ok(());
    }
    let mail = NewDelivery {
        id: fresh!(DeliveryId, at),
        workspace: None,
        recipient: email,
        mail: Mail::Reset {
            language: language.tag.to_owned(),
        },
        key: None,
        at,
    };
    desk.store.enqueue_delivery(mail).await?;
    desk.deliveries.wake();
    Ok(())
}

/// Makes a link for a member, to be handed over by whoever keeps the team.
///
/// # Errors
/// [`Refusal::NotAllowed`], [`Refusal::NotFound`] or [`Refusal::Unavailable`].
pub(crate) async fn make_reset(
    desk: &Desk,
    by: AgentId,
    agent: AgentId,
    base: &str,
) -> Result<InviteLink, Refusal> {
    let by = keeper(desk, by).await?;
    let token = token::fresh();
    let expires_at = desk.now().after(delivery::lasts(DeliveryKind::Reset));
    let email = desk
        .store
        .make_reset(
            (by.workspace, by.id),
            agent,
            token::hash(&token),
            expires_at,
        )
        .await?;
    Ok(InviteLink {
        email,
        link: Some(format!("{base}/reset#{token}")),
    })
}

/// Whose password a link is for.
///
/// # Errors
/// [`Refusal::ResetOver`] or [`Refusal::Unavailable`].
pub(crate) async fn load_reset(desk: &Desk, token: &str) -> Result<ResetView, Refusal> {
    let of = found(desk, token).await?;
    Ok(ResetView {
        workspace: of.workspace_name,
        email: of.email,
    })
}

/// Keeps a new password. All links to one, all sign-ins and all tokens for programs end; nobody is let in by it, so that
/// whatever else signing in asks for is asked for.
///
/// # Errors
/// [`Refusal::ResetOver`], [`Refusal::FieldInvalid`] or [`Refusal::Unavailable`].
pub(crate) async fn reset_password(
    desk: &Desk,
    form: ResetForm,
    language: Language,
) -> Result<(), Refusal> {
    let of = found(desk, &form.token).await?;
    check_password(&form.password)?;
    let password_hash = desk.passwords.hash(form.password).await.map_err(|error| {
        tracing::error!(%error, "a password could not be hashed");
        Refusal::Unavailable
    })?;
    let at = desk.now();
    let mail = NewDelivery {
        id: fresh!(DeliveryId, at),
        workspace: Some(of.workspace),
        recipient: of.email,
        mail: Mail::PasswordChanged {
            language: language.tag.to_owned(),
        },
        key: None,
        at,
    };
    let new = NewPassword {
        token_hash: token::hash(form.token.trim()),
        password_hash,
        at,
        mail: desk.mailer.is_some().then_some(mail),
    };
    let agent = desk.store.reset_password(new).await?;
    desk.hub.close_agent(agent, close::REVOKED);
    desk.deliveries.wake();
    Ok(())
}

async fn found(desk: &Desk, token: &str) -> Result<ResetOf, Refusal> {
    let hash = token::hash(token.trim());
    let found = desk.store.reset_by_token(&hash, desk.now()).await;
    found
        .map_err(|error| {
            tracing::error!(%error, "a link to a new password could not be read");
            Refusal::Unavailable
        })?
        .ok_or(Refusal::ResetOver)
}
