//! A page says who its visitor is.

use domain::contact::Told;
use protocol::lead::LeadDetails;
use protocol::{ConversationId, Refusal};
use serde_json::{Map, Value};

use crate::auth::identity;
use crate::desk::Desk;
use crate::random::fresh;
use crate::store::{AgreedIn, Consented, Failed, Identify, VisitorRow};

/// Two of the same visitor's pages may say it at once.
const TRIES: usize = 3;

/// Keeps what is said, and tells everybody who looks. Says whether it is proven.
///
/// # Errors
/// [`Refusal::NotFound`], [`Refusal::NotAllowed`] for a visitor who was proven to be somebody else,
/// [`Refusal::Unavailable`].
pub(crate) async fn identify(
    desk: &Desk,
    visitor: &VisitorRow,
    token_hash: &[u8; 32],
    said: &Map<String, Value>,
) -> Result<bool, Refusal> {
    let (workspace, chatbot) = (visitor.workspace, visitor.chatbot);
    let secret = desk.store.identity_secret(workspace, chatbot).await;
    let secret = secret.map_err(|error| {
        tracing::error!(%error, "a secret could not be read");
        Refusal::Unavailable
    })?;
    let claim = identity::judge(said, secret.as_deref(), desk.now());
    let verified = claim.is_verified();
    // What one site calls its visitors says nothing of another's.
    let site_id = format!("{chatbot}:{}", claim.id);
    let verified_as = Identify {
        workspace,
        visitor: visitor.visitor,
        fresh: fresh!(protocol::VisitorId, desk.now()).0,
        site_id: if verified { site_id } else { String::new() },
        signed: claim.signed,
        unsigned: claim.unsigned,
        details: LeadDetails::default(),
        consented: None,
    };
    keep(desk, token_hash, verified_as).await?;
    Ok(verified)
}

/// Keeps what a visitor wrote into the form before the chat, and tells everybody who looks.
///
/// # Errors
/// [`Refusal::FieldInvalid`], [`Refusal::FormNotAsked`], [`Refusal::NotFound`], [`Refusal::Unavailable`].
pub(crate) async fn introduce(
    desk: &Desk,
    visitor: &VisitorRow,
    token_hash: &[u8; 32],
    details: &LeadDetails,
) -> Result<(), Refusal> {
    let chatbot = desk.store.chatbot(visitor.chatbot).await;
    let chatbot = chatbot.map_err(|error| {
        tracing::error!(%error, "a chatbot could not be read");
        Refusal::Unavailable
    })?;
    let settings = &chatbot.ok_or(Refusal::NotFound)?.settings.before;
    let introduced = Identify {
        workspace: visitor.workspace,
        visitor: visitor.visitor,
        fresh: fresh!(protocol::VisitorId, desk.now()).0,
        site_id: String::new(),
        signed: Told::default(),
        unsigned: Told::default(),
        details: domain::before::kept(settings, details, desk.now())?,
        consented: settings.consent.as_ref().map(|consent| Consented {
            id: fresh!(protocol::VisitorId, desk.now()).0,
            form: AgreedIn::Before,
            text: consent.text.clone(),
            url: consent.url.clone(),
            at: desk.now(),
        }),
    };
    keep(desk, token_hash, introduced).await
}

async fn keep(desk: &Desk, token_hash: &[u8; 32], identify: Identify) -> Result<(), Refusal> {
    let workspace = identify.workspace;
    let mut tries = 0;
    let known = loop {
        tries += 1;
        match desk.store.identify(identify.clone()).await {
            Err(Failed::Refused(Refusal::ContactChanged)) if tries < TRIES => {}
            answer => break answer?,
        }
    };
    if let Some(known) = known {
        let name = &known.contact.name.text;
        if !name.is_empty() {
            desk.store.call_visitor(token_hash, name);
        }
        let ids: Vec<ConversationId> = known.visitors.iter().map(|(_, id)| *id).collect();
        // What is saved is saved; who is not told learns of it when they look again.
        match desk.store.newest_of(workspace, ids).await {
            Ok(conversations) => {
                for conversation in &conversations {
                    desk.hub.publish_contact(conversation, &known.contact);
                    desk.hub.panel_changed(conversation.id);
                }
            }
            Err(error) => tracing::error!(%error, "a changed contact could not be told"),
        }
    }
    Ok(())
}
