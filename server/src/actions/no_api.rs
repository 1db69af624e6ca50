//! Whether programs may act as an agent at all: one rule for what they ask and for the page that says so.

use domain::Agent;
use domain::permissions::Permission;
use protocol::Refusal;
use protocol::module::Module;
use protocol::profile::NoApi;

use super::save_module::why_off;
use crate::desk::Desk;

/// Why no program may act as this agent; none where they may.
///
/// # Errors
/// [`Refusal::NotFound`] or [`Refusal::Unavailable`].
pub(crate) async fn no_api(desk: &Desk, agent: &Agent) -> Result<Option<NoApi>, Refusal> {
    if agent.may(Permission::UseApi).is_ok() {
        return Ok(None);
    }
    let off = why_off(desk, agent.id, Module::Api).await?;
    Ok(Some(off.map_or(NoApi::Role, NoApi::SwitchedOff)))
}
