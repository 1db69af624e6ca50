//! Who keeps the team asks somebody to join: by a link with a secret that works once, for a day, which
//! is mailed, or shown where no mail leaves.

use app::Language;
use domain::forms::check_email;
use domain::{Agent, team};
use protocol::team::{InviteForm, InviteLink};
use protocol::{AgentId, DeliveryId, InviteId, Refusal, Timestamp};

use super::save_member::{keeper, would_be};
use crate::auth::token;
use crate::desk::Desk;
use crate::random::fresh;
use crate::store::{InviteRow, Mail, NewDelivery, NewInvite};

/// For how long a link works.
const LASTS_MILLIS: i64 = 24 * 60 * 60 * 1000;

/// Invites somebody. An earlier invitation to the same address works no more.
///
/// # Errors
/// [`Refusal::NotAllowed`], [`Refusal::NotFound`] without such a role, [`Refusal::FieldInvalid`],
/// [`Refusal::EmailTaken`], [`Refusal::TooManyInvites`] or [`Refusal::Unavailable`].
pub(crate) async fn invite(
    desk: &Desk,
    by: AgentId,
    form: InviteForm,
    (base, language): (&str, Language),
) -> Result<InviteLink, Refusal> {
    let by = keeper(desk, by).await?;
    let (becomes, _) = would_be(desk, by.workspace, (form.role, form.custom)).await?;
    team::may_let_in(by.rights(), becomes)?;
    check_email(&form.email)?;
    let email = form.email.trim().to_lowercase();
    let (token, at) = (token::fresh(), desk.now());
    let id = fresh!(InviteId, at);
    let mail = desk.mailer.is_some();
    let mail = mail.then(|| mail_of(&by, (id, &email), language, at));
    let mailed = mail.is_some();
    let new = NewInvite {
        id,
        workspace: by.workspace,
        email: email.clone(),
        role: form.role,
        custom: form.custom,
        token_hash: token::hash(&token),
        by: by.id,
        at,
        expires_at: expires_at(at),
        mail,
    };
    desk.store.add_invite(new).await?;
    if mailed {
        desk.deliveries.wake();
        // The secret above is nobody's then: each mail has one of its own.
        return Ok(InviteLink { email, link: None });
    }
    Ok(link(base, email, &token))
}

/// Makes a new link for somebody who was invited; the former one works no more.
///
/// # Errors
/// [`Refusal::NotAllowed`], [`Refusal::NotFound`] or [`Refusal::Unavailable`].
pub(crate) async fn renew_invite(
    desk: &Desk,
    by: AgentId,
    invite: InviteId,
    base: &str,
) -> Result<InviteLink, Refusal> {
    let by = keeper(desk, by).await?;
    let found = open(desk, &by, invite).await?;
    let token = token::fresh();
    desk.store
        .renew_invite(
            by.workspace,
            invite,
            token::hash(&token),
            expires_at(desk.now()),
            None,
        )
        .await?;
    Ok(link(base, found.email, &token))
}

/// Mails somebody once more who was invited; former links work no more.
///
/// # Errors
/// [`Refusal::NoMail`], and as [`renew_invite`].
pub(crate) async fn mail_invite(
    desk: &Desk,
    by: AgentId,
    invite: InviteId,
    language: Language,
) -> Result<InviteLink, Refusal> {
    let by = keeper(desk, by).await?;
    let found = open(desk, &by, invite).await?;
    if desk.mailer.is_none() {
        return Err(Refusal::NoMail);
    }
    let at = desk.now();
    let mail = mail_of(&by, (invite, &found.email), language, at);
    // Nobody's secret: the mail has one of its own.
    let unknown = token::hash(&token::fresh());
    desk.store
        .renew_invite(by.workspace, invite, unknown, expires_at(at), Some(mail))
        .await?;
    desk.deliveries.wake();
    Ok(InviteLink {
        email: found.email,
        link: None,
    })
}

/// What takes an invitation to whom it is for.
fn mail_of(
    by: &Agent,
    (invite, email): (InviteId, &str),
    language: Language,
    at: Timestamp,
) -> NewDelivery {
    NewDelivery {
        id: fresh!(DeliveryId, at),
        workspace: Some(by.workspace),
        recipient: email.to_owned(),
        mail: Mail::Invite {
            invite,
            language: language.tag.to_owned(),
        },
        key: None,
        at,
    }
}

/// Takes an invitation back: its link works no more.
///
/// # Errors
/// [`Refusal::NotAllowed`], [`Refusal::NotFound`] or [`Refusal::Unavailable`].
pub(crate) async fn revoke_invite(
    desk: &Desk,
    by: AgentId,
    invite: InviteId,
) -> Result<(), Refusal> {
    let by = keeper(desk, by).await?;
    open(desk, &by, invite).await?;
    Ok(desk.store.revoke_invite(by.workspace, invite).await?)
}

/// An invitation that this agent may change.
async fn open(desk: &Desk, by: &Agent, invite: InviteId) -> Result<InviteRow, Refusal> {
    let all = desk.store.invites(by.workspace).await.map_err(|error| {
        tracing::error!(%error, "invitations could not be read");
        Refusal::Unavailable
    })?;
    let found = all.into_iter().find(|one| one.id == invite);
    let found = found.ok_or(Refusal::NotFound)?;
    let (becomes, _) = would_be(desk, by.workspace, (found.role, found.custom)).await?;
    team::may_let_in(by.rights(), becomes)?;
    Ok(found)
}

fn expires_at(now: Timestamp) -> Timestamp {
    Timestamp(now.millis() + LASTS_MILLIS)
}

fn link(base: &str, email: String, token: &str) -> InviteLink {
    let link = Some(format!("{base}/join#{token}"));
    InviteLink { email, link }
}
