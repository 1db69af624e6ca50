//! An owner hands the workspace over to somebody on the team, and is an admin from then on.

use std::net::IpAddr;

use domain::permissions::Permission;
use protocol::team::HandOverForm;
use protocol::{Refusal, close};

use super::change_password::prove;
use super::save_member::{follow, keeper};
use super::sign_in::SignedIn;
use crate::desk::Desk;

/// Hands the workspace over, for who proves that they are the owner. Both come back with what they may
/// now, at once.
///
/// # Errors
/// [`Refusal::NotAllowed`], [`Refusal::PasswordWrong`], [`Refusal::TooFast`], [`Refusal::NotFound`],
/// [`Refusal::MemberChanged`] or [`Refusal::Unavailable`].
pub(crate) async fn hand_over(
    desk: &Desk,
    by: SignedIn,
    from: IpAddr,
    form: HandOverForm,
) -> Result<(), Refusal> {
    let owner = keeper(desk, by.agent).await?;
    owner.may(Permission::SaveOwners)?;
    prove(desk, by, from, form.password).await?;
    // A connection that begins meanwhile has either read what is saved here or is there to be closed.
    // One after the other in one order, so that no two wait for each other.
    let (first, second) = (owner.id.min(form.to), owner.id.max(form.to));
    let turns = (
        desk.choices.turn(first).await,
        match first == second {
            true => None,
            false => Some(desk.choices.turn(second).await),
        },
    );
    desk.store
        .hand_over(owner.workspace, owner.id, (form.to, form.version))
        .await?;
    desk.hub.close_agent(form.to, close::RESUME);
    desk.hub.close_agent(owner.id, close::RESUME);
    drop(turns);
    follow(desk, &owner, form.to).await;
    Ok(())
}
