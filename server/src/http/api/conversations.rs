//! A list of the inbox, in pages.

use axum::response::Response;
use protocol::Timestamp;
use protocol::api_token::Scope;
use protocol::card::{Cursor, Tab};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::asked::{Asked, Question};
use super::asker::{Asker, unreadable};
use super::denied::Denied;
use super::fields::{self, Kind, Known};
use super::shapes::{Conversation, State};

/// Conversations in one page, at most; a program reads larger ones than the inbox.
const PAGE: usize = 50;

/// Which part of which list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Page {
    /// The list; `pending` without one.
    #[param(inline)]
    view: Option<State>,
    /// Where to go on: `next` of the page before.
    cursor: Option<String>,
    /// How many at most.
    #[param(minimum = 1, maximum = 50)]
    limit: Option<usize>,
}

impl Question for Page {
    const FIELDS: Known = &[
        ("view", Kind::Word(&State::WORDS)),
        ("cursor", Kind::Text),
        ("limit", Kind::Number(1, PAGE as u64)),
    ];
}

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Conversations {
    /// Those that wait or are held begin with the oldest, the others with the newest.
    conversations: Vec<Conversation>,
    /// The cursor of the next page; null on the last.
    next: Option<String>,
}

/// A list of the inbox
///
/// Of the chatbots that the agent is assigned to, as their inbox shows it.
#[utoipa::path(
    get,
    path = "/api/v1/conversations",
    tag = "Conversations",
    params(Page),
    security(("token" = ["read"])),
    responses((status = 200, description = "A page of the list.", body = Conversations)),
)]
pub(crate) async fn get(asker: Asker, page: Asked<Page>) -> Response {
    asker.answers(list(&asker, page).await)
}

async fn list(asker: &Asker, Asked(page): Asked<Page>) -> Result<Conversations, Denied> {
    let caller = asker.enters(Some(Scope::Read)).await?;
    let page = page?;
    let limit = page.limit.unwrap_or(PAGE);
    let after = page.cursor.as_deref().map(read).transpose()?;
    let (store, agent) = (&caller.desk.store, &caller.agent);
    let tab = page.view.map_or(Tab::Pending, Tab::from);
    let found = store.cards(agent.workspace, &agent.assigned, tab, after, limit + 1);
    let found = found.await.map_err(unreadable)?;
    let shown = &found[..found.len().min(limit)];
    let next = shown.last().filter(|_| found.len() > limit);
    Ok(Conversations {
        conversations: shown.iter().map(Conversation::from).collect(),
        next: next.map(|last| format!("{}.{}", last.sorts_by().millis(), last.id)),
    })
}

/// The place in a list that a cursor names.
fn read(cursor: &str) -> Result<Cursor, Denied> {
    let read = cursor.split_once('.').and_then(|(at, conversation)| {
        Some(Cursor {
            at: Timestamp(at.parse().ok()?),
            conversation: conversation.parse().ok()?,
        })
    });
    let why = "has to be what \"next\" of the page before says";
    read.ok_or_else(|| fields::wrong("cursor", why).in_the_address())
}
