//! Who changes settings looks at what was mailed, tries it once more, and asks for a test.

use app::Language;
use domain::Agent;
use domain::permissions::Permission;
use protocol::delivery::DeliveriesView;
use protocol::{AgentId, DeliveryId, Refusal};

use crate::desk::Desk;
use crate::mail::Mailer;
use crate::random::fresh;
use crate::store::{Mail, NewDelivery, StoreError};

/// What was mailed, the newest first.
///
/// # Errors
/// [`Refusal::NotAllowed`], [`Refusal::NotFound`] or [`Refusal::Unavailable`].
pub(crate) async fn load_deliveries(desk: &Desk, by: AgentId) -> Result<DeliveriesView, Refusal> {
    let (by, me) = keeper(desk, by).await?;
    let deliveries = desk.store.deliveries(by.workspace).await;
    Ok(DeliveriesView {
        from: desk.mailer.as_ref().map(Mailer::from),
        me,
        deliveries: deliveries.map_err(|error| unreadable(&error))?,
    })
}

/// Tries a mail once more that was given up.
///
/// # Errors
/// [`Refusal::NoMail`], [`Refusal::NotAllowed`], [`Refusal::NotFound`] or [`Refusal::Unavailable`].
pub(crate) async fn send_again(
    desk: &Desk,
    by: AgentId,
    delivery: DeliveryId,
) -> Result<(), Refusal> {
    let (by, _) = keeper(desk, by).await?;
    mails(desk)?;
    desk.store
        .send_delivery_again(by.workspace, delivery, desk.now())
        .await?;
    desk.deliveries.wake();
    Ok(())
}

/// Mails a test to whoever asks for it.
///
/// # Errors
/// [`Refusal::NoMail`], [`Refusal::NotAllowed`], [`Refusal::NotFound`], [`Refusal::TooFast`] or
/// [`Refusal::Unavailable`].
pub(crate) async fn send_test(desk: &Desk, by: AgentId, language: Language) -> Result<(), Refusal> {
    let (by, me) = keeper(desk, by).await?;
    mails(desk)?;
    let at = desk.now();
    let mail = NewDelivery {
        id: fresh!(DeliveryId, at),
        workspace: Some(by.workspace),
        recipient: me,
        mail: Mail::Test {
            language: language.tag.to_owned(),
        },
        // One a second, however often the button is pressed.
        key: Some(format!("test {} {}", by.id, at.millis() / 1000)),
        at,
    };
    desk.store.enqueue_delivery(mail).await?;
    desk.deliveries.wake();
    Ok(())
}

/// An agent who may change settings, and the address they sign in with.
async fn keeper(desk: &Desk, by: AgentId) -> Result<(Agent, String), Refusal> {
    let found = desk.store.agent(by).await;
    let found = found.map_err(|error| unreadable(&error))?;
    let found = found.ok_or(Refusal::NotFound)?;
    found.may(Permission::SaveSettings)?;
    let me = desk
        .store
        .me(by)
        .await
        .map_err(|error| unreadable(&error))?;
    let me = me.ok_or(Refusal::NotFound)?;
    Ok((found, me.email))
}

fn mails(desk: &Desk) -> Result<(), Refusal> {
    desk.mailer.as_ref().map(drop).ok_or(Refusal::NoMail)
}

fn unreadable(error: &StoreError) -> Refusal {
    tracing::error!(%error, "mails could not be read");
    Refusal::Unavailable
}
