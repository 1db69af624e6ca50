//! What was said in a conversation, in pages.

use axum::response::Response;
use protocol::api_token::Scope;
use protocol::{Seq, limits};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::asked::{Asked, Question};
use super::asker::{Asker, unreadable};
use super::conversation::{Named, id};
use super::denied::{Denied, Problem};
use super::fields::{Kind, Known};
use super::timeline::Entry;

/// Which part of the timeline.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Part {
    /// Begins behind this entry; 0 for the beginning.
    after_seq: Option<u64>,
    /// How many at most.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<usize>,
}

impl Question for Part {
    const FIELDS: Known = &[
        ("after_seq", Kind::Number(0, u64::MAX)),
        ("limit", Kind::Number(1, limits::ENTRIES_PAGE as u64)),
    ];
}

/// A page of a timeline.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Entries {
    /// The oldest first.
    entries: Vec<Entry>,
    /// Whether there are more behind them.
    more: bool,
}

/// What was said and what happened
///
/// The team's side of it, notes too. Ask again with the last `seq` for what came since: nothing is left
/// out, however long ago it was.
#[utoipa::path(
    get,
    path = "/api/v1/conversations/{id}/entries",
    tag = "Conversations",
    params(("id" = Uuid, Path, description = "The conversation."), Part),
    security(("token" = ["read"])),
    responses(
        (status = 200, description = "A page of the timeline.", body = Entries),
        (status = 404, description = "It does not exist, or the agent may not see it.", body = Problem),
    ),
)]
pub(crate) async fn get(asker: Asker, named: Named, part: Asked<Part>) -> Response {
    asker.answers(entries(&asker, named, part).await)
}

async fn entries(asker: &Asker, named: Named, Asked(part): Asked<Part>) -> Result<Entries, Denied> {
    let caller = asker.enters(Some(Scope::Read)).await?;
    let seen = caller.sees(id(named)).await?;
    let part = part?;
    let limit = part.limit.unwrap_or(limits::ENTRIES_PAGE);
    let after = Seq(part.after_seq.unwrap_or_default());
    let store = &caller.desk.store;
    let found = store.entries_after(seen.workspace, seen.id, after, limit + 1);
    let found = found.await.map_err(unreadable)?;
    Ok(Entries {
        entries: found.iter().take(limit).map(Entry::from).collect(),
        more: found.len() > limit,
    })
}
