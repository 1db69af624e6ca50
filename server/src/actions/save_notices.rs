//! An agent says what they want to be told of, and when not.

use domain::profile;
use protocol::profile::NoticesForm;
use protocol::{Refusal, close};

use super::sign_in::SignedIn;
use crate::desk::Desk;
use crate::jobs::routing::Why;

/// Saves it. Their inboxes come back at once and obey, and routing knows whom mail reaches.
///
/// # Errors
/// [`Refusal::SettingInvalid`], [`Refusal::MemberChanged`] or [`Refusal::Unavailable`].
pub(crate) async fn save_notices(
    desk: &Desk,
    by: SignedIn,
    form: NoticesForm,
) -> Result<(), Refusal> {
    profile::check_notices(&form.notices)?;
    let mails = desk.mailer.is_some();
    // A connection that begins meanwhile has either read what is saved here or is there to be closed.
    let turn = desk.choices.turn(by.agent).await;
    desk.store
        .save_notices(by.workspace, by.agent, form, mails)
        .await?;
    desk.hub.close_agent(by.agent, close::RESUME);
    drop(turn);
    desk.routing.changed(by.workspace, Why::Team);
    desk.queue_news.changed(by.workspace);
    Ok(())
}
