//! One conversation.

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::response::Response;
use protocol::ConversationId;
use protocol::api_token::Scope;

use super::asker::Asker;
use super::denied::{Denied, Problem};
use super::shapes::Conversation;

/// What an address names.
pub(super) type Named = Result<Path<ConversationId>, PathRejection>;

/// The conversation that an address names.
pub(super) fn id(named: Named) -> Result<ConversationId, Denied> {
    let Path(id) = named?;
    Ok(id)
}

/// One conversation
#[utoipa::path(
    get,
    path = "/api/v1/conversations/{id}",
    tag = "Conversations",
    params(("id" = Uuid, Path, description = "The conversation.")),
    security(("token" = ["read"])),
    responses(
        (status = 200, description = "The conversation.", body = Conversation),
        (status = 404, description = "It does not exist, or the agent may not see it.", body = Problem),
    ),
)]
pub(crate) async fn get(asker: Asker, named: Named) -> Response {
    asker.answers(one(&asker, named).await)
}

async fn one(asker: &Asker, named: Named) -> Result<Conversation, Denied> {
    let caller = asker.enters(Some(Scope::Read)).await?;
    let found = caller.sees(id(named)).await?;
    Ok(Conversation::from(&found))
}
