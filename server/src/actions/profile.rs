//! An agent looks after themselves: who they are to others, and where they are signed in.

use domain::profile;
use protocol::profile::{MailOfWaits, ProfileForm, ProfileView, SignInView};
use protocol::{Refusal, close};

use super::no_api::no_api;
use super::sign_in::SignedIn;
use crate::desk::Desk;
use crate::store::{StoreError, Which};
use crate::wire::face::face;

/// The agent's own page.
///
/// # Errors
/// [`Refusal::NotFound`] or [`Refusal::Unavailable`].
pub(crate) async fn load_profile(desk: &Desk, by: SignedIn) -> Result<ProfileView, Refusal> {
    let row = desk.store.profile(by.agent).await;
    let row = row.map_err(|error| unreadable(&error))?;
    let row = row.ok_or(Refusal::NotFound)?;
    let sign_ins = desk.store.sign_ins_of(by.workspace, by.agent, desk.now());
    let sign_ins = sign_ins.await.map_err(|error| unreadable(&error))?;
    let tokens = desk.store.api_tokens_of(by.workspace, by.agent, desk.now());
    let tokens = tokens.await.map_err(|error| unreadable(&error))?;
    let me = desk.store.agent(by.agent).await;
    let me = me.map_err(|error| unreadable(&error))?;
    let api_off = no_api(desk, &me.ok_or(Refusal::NotFound)?).await?;
    let step = desk.store.second_step(by.agent).await;
    let step = step.map_err(|error| unreadable(&error))?;
    let recovery_codes = match step.filter(|step| step.confirmed) {
        None => None,
        Some(_) => {
            let left = desk.store.recovery_codes(by.agent).await;
            let left = left.map_err(|error| unreadable(&error))?;
            Some(u32::try_from(left).unwrap_or(u32::MAX))
        }
    };
    let sign_ins = sign_ins.into_iter().map(|one| SignInView {
        id: one.id,
        since: one.since,
        last_used: one.last_used,
        user_agent: one.user_agent,
        address: one.ip,
        here: one.id == by.sign_in,
    });
    let mut sign_ins: Vec<_> = sign_ins.collect();
    sign_ins.sort_by_key(|one| !one.here);
    Ok(ProfileView {
        me: by.agent,
        face: face(&row.name, by.agent.0),
        picture: row.picture,
        email: row.email,
        phone: row.phone,
        notices: row.notices,
        mails: match (desk.mailer.is_some(), row.handoff_mail) {
            (true, true) => MailOfWaits::Can,
            (true, false) => MailOfWaits::SwitchedOff,
            (false, _) => MailOfWaits::NoMail,
        },
        version: row.version,
        recovery_codes,
        sign_ins,
        tokens,
        api_off,
    })
}

/// Saves who the agent is to others. Colleagues see it at once.
///
/// # Errors
/// [`Refusal::FieldInvalid`], [`Refusal::MemberChanged`] or [`Refusal::Unavailable`].
pub(crate) async fn save_profile(
    desk: &Desk,
    by: SignedIn,
    form: ProfileForm,
) -> Result<(), Refusal> {
    let form = profile::checked(form)?;
    let name = form.name.clone();
    desk.store
        .save_profile(by.workspace, by.agent, form)
        .await?;
    desk.faces.insert(by.agent, &name);
    desk.tell_team(by.workspace).await;
    Ok(())
}

/// Ends sign-ins of the agent, with their connections; how many it were.
///
/// # Errors
/// [`Refusal::Unavailable`].
pub(crate) async fn end_sign_ins(desk: &Desk, by: SignedIn, which: Which) -> Result<u32, Refusal> {
    let of = (by.workspace, by.agent);
    let ended = desk.store.end_sign_ins(of, which, desk.now()).await?;
    for sign_in in &ended {
        desk.hub.close_sign_in(*sign_in, close::REVOKED);
    }
    Ok(u32::try_from(ended.len()).unwrap_or(u32::MAX))
}

fn unreadable(error: &StoreError) -> Refusal {
    tracing::error!(%error, "a profile could not be read");
    Refusal::Unavailable
}
