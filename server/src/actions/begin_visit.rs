//! A visitor's browser comes: a known one by its token, or a new one.

use std::net::IpAddr;
use std::sync::Arc;

use axum::http::HeaderMap;
use axum::http::header::USER_AGENT;
use domain::{Chatbot, privacy, text};
use protocol::visitor::Start;
use protocol::{ConversationId, Refusal, SessionId, Timestamp, VisitorId, WorkspaceId, limits};

use crate::auth::token;
use crate::desk::Desk;
use crate::random::fresh;
use crate::store::{NewVisit, NewVisitor, StoreError, VisitRow, Visiting};

/// Kept of a browser's name, in characters.
const USER_AGENT_KEPT: usize = 300;
/// Kept of a language tag, in characters.
const LOCALE_KEPT: usize = 35;

/// Whoever comes back within this time is still on the same visit.
const VISIT_GOES_ON_MILLIS: i64 = 30 * 60 * 1000;

/// A visitor who may speak.
#[derive(Debug, Clone)]
pub(crate) struct Visitor {
    pub(crate) id: VisitorId,
    pub(crate) workspace: WorkspaceId,
    pub(crate) chatbot: Arc<Chatbot>,
    /// The conversation reserved for them; it begins with their first words.
    pub(crate) conversation: ConversationId,
    pub(crate) name: String,
    /// The browser's language, such as `de-CH`.
    pub(crate) locale: String,
    /// The visit that this connection belongs to.
    pub(crate) session: SessionId,
    /// What is kept of their token.
    pub(crate) token_hash: [u8; 32],
    /// The address of this connection.
    pub(crate) from: IpAddr,
}

/// The browser's name, as far as it is kept.
pub(crate) fn user_agent(headers: &HeaderMap) -> String {
    let name = headers
        .get(USER_AGENT)
        .and_then(|name| name.to_str().ok())
        .unwrap_or_default();
    text::cut(name, USER_AGENT_KEPT)
}

/// Finds the visitor by the token, or makes a new one with a token of their own.
///
/// # Errors
/// [`Refusal::ChatbotUnknown`], [`Refusal::TokenUnknown`], [`Refusal::TooFast`].
pub(crate) async fn begin_visit(
    desk: &Desk,
    start: &Start,
    from: IpAddr,
    user_agent: String,
) -> Result<(Visitor, Option<String>), Refusal> {
    desk.limits.start(from)?;
    let chatbot = desk
        .store
        .chatbot(start.chatbot)
        .await
        .map_err(|error| unreadable(&error))?;
    let chatbot = chatbot.filter(|chatbot| !chatbot.archived);
    let chatbot = chatbot.ok_or(Refusal::ChatbotUnknown)?;
    let keep = chatbot.settings.privacy.addresses;
    let visit = VisitRow {
        session: fresh!(SessionId, desk.now()),
        first_seen_at: desk.now(),
        last_seen_at: desk.now(),
        ip: privacy::kept(from, keep),
        user_agent,
        page_url: text::cut(&start.page.url, limits::PAGE_URL),
        page_title: text::cut(&start.page.title, limits::LAST_LINE),
        referrer: text::cut(&start.page.referrer, limits::PAGE_URL),
        locale: text::cut(&start.locale, LOCALE_KEPT),
    };
    match &start.token {
        Some(token) => Ok((known(desk, (chatbot, from), token, visit).await?, None)),
        None => {
            desk.limits.visit(from)?;
            desk.limits.attacks.visit(chatbot.id, from, desk.now())?;
            let (visitor, token) = new(desk, (chatbot, from), start.conversation, visit).await?;
            Ok((visitor, Some(token)))
        }
    }
}

async fn known(
    desk: &Desk,
    (chatbot, from): (Arc<Chatbot>, IpAddr),
    token: &str,
    visit: VisitRow,
) -> Result<Visitor, Refusal> {
    let token_hash = token::hash(token);
    let found = desk.store.visitor_by_token(&token_hash).await;
    let found = found
        .map_err(|error| unreadable(&error))?
        .ok_or(Refusal::TokenUnknown)?;
    // A token is good for the chatbot it was made for and no other.
    if found.chatbot != chatbot.id {
        return Err(Refusal::TokenUnknown);
    }
    desk.limits.start_of(found.visitor)?;
    let locale = visit.locale.clone();
    // Whoever is connected is still here; else the last visit says until when they were.
    let here_until = if desk.hub.is_visitor_connected(found.conversation) {
        Timestamp(0)
    } else {
        Timestamp(desk.now().millis() - VISIT_GOES_ON_MILLIS)
    };
    let visit = NewVisit {
        workspace: found.workspace,
        visitor: Visiting::Known {
            visitor: found.visitor,
            here_until,
        },
        visit,
    };
    let session = match found.last_visit {
        Some((last, seen)) if seen >= here_until => last,
        _ => desk.store.begin_visit(visit.clone()).await?,
    };
    // Written along with others, and remembered at once.
    desk.store.visit_goes_on(&token_hash, session, &visit);
    Ok(Visitor {
        id: found.visitor,
        workspace: found.workspace,
        chatbot,
        conversation: found.conversation,
        name: found.name,
        locale,
        session,
        token_hash,
        from,
    })
}

async fn new(
    desk: &Desk,
    (chatbot, from): (Arc<Chatbot>, IpAddr),
    conversation: ConversationId,
    visit: VisitRow,
) -> Result<(Visitor, String), Refusal> {
    // The client made the id. One that is taken was made by a client whose welcome was lost on the
    // way, or by somebody who guesses: both get another, and neither learns anything.
    let taken = desk
        .store
        .is_reserved(conversation)
        .await
        .map_err(|error| unreadable(&error))?;
    let conversation = if taken {
        fresh!(ConversationId, desk.now())
    } else {
        conversation
    };
    let id = fresh!(VisitorId, desk.now());
    let token = token::fresh();
    let [.., one, two] = *id.0.as_bytes();
    let visitor = Visitor {
        id,
        workspace: chatbot.workspace,
        chatbot,
        conversation,
        name: format!("Visitor {one:02x}{two:02x}"),
        locale: visit.locale.clone(),
        session: visit.session,
        token_hash: token::hash(&token),
        from,
    };
    let row = NewVisitor {
        id,
        chatbot: visitor.chatbot.id,
        conversation,
        name: visitor.name.clone(),
        token_hash: visitor.token_hash,
    };
    let workspace = visitor.workspace;
    desk.store
        .begin_visit(NewVisit {
            workspace,
            visitor: Visiting::New(row),
            visit,
        })
        .await?;
    Ok((visitor, token))
}

fn unreadable(error: &StoreError) -> Refusal {
    tracing::error!(%error, "a visit could not be read");
    Refusal::Unavailable
}
