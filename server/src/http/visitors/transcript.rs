//! `GET /visitors/transcript`: the conversation for its visitor to keep, in pages. Public entries have no
//! room for a note.

use std::net::IpAddr;

use axum::Extension;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use protocol::entry::PublicEntry;
use protocol::{PublicSeq, Refusal, limits};
use serde::{Deserialize, Serialize};

use super::{given, unreadable, visitor};
use crate::desk::Desk;
use crate::wire::entry::public_entry;

/// Where a page begins.
#[derive(Deserialize)]
pub(crate) struct After {
    #[serde(default)]
    after: u64,
}

/// A page of a conversation, oldest first.
#[derive(Serialize)]
struct Page {
    entries: Vec<PublicEntry>,
    more: bool,
}

/// The entries that follow a number.
pub(crate) async fn get(
    State(desk): State<Desk>,
    Extension(from): Extension<IpAddr>,
    Query(After { after }): Query<After>,
    headers: HeaderMap,
) -> Response {
    given(&desk, page(&desk, from, &headers, PublicSeq(after)).await)
}

async fn page(
    desk: &Desk,
    from: IpAddr,
    headers: &HeaderMap,
    after: PublicSeq,
) -> Result<Page, Refusal> {
    let visitor = visitor(desk, from, headers).await?;
    let (workspace, id) = (visitor.workspace, visitor.conversation);
    let limit = limits::ENTRIES_PAGE;
    let found = desk.store.public_entries_after(workspace, id, after, limit);
    let found = found.await.map_err(unreadable)?;
    Ok(Page {
        more: found.len() == limit,
        entries: found
            .iter()
            .filter_map(|one| public_entry(one, &desk.faces))
            .collect(),
    })
}
