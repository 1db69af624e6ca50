//! What was erased, for who may erase.

use domain::permissions::Permission;
use protocol::erasure::ErasuresView;
use protocol::{AgentId, ErasureId, Refusal, limits};

use crate::desk::Desk;
use crate::store::StoreError;

/// The newest erasures of the workspace, or those before one.
///
/// # Errors
/// [`Refusal::NotAllowed`], [`Refusal::NotFound`] or [`Refusal::Unavailable`].
pub(crate) async fn list_erasures(
    desk: &Desk,
    by: AgentId,
    before: Option<ErasureId>,
) -> Result<ErasuresView, Refusal> {
    let found = desk.store.agent(by).await;
    let found = found.map_err(unreadable)?.ok_or(Refusal::NotFound)?;
    found.may(Permission::EraseData)?;
    // One more says whether there are more.
    let page = desk
        .store
        .erasures(found.workspace, before, limits::ERASURES as u64 + 1);
    let mut erasures = page.await.map_err(unreadable)?;
    let more = erasures.len() > limits::ERASURES;
    erasures.truncate(limits::ERASURES);
    Ok(ErasuresView { erasures, more })
}

fn unreadable(error: StoreError) -> Refusal {
    tracing::error!(%error, "what was erased could not be read");
    Refusal::Unavailable
}
