//! What whoever keeps the server does from its command line, without serving.

use crate::actions::two_steps;
use crate::config::Config;
use crate::startup::open_existing;

/// Lets somebody sign in by password alone who lost their second step, and signs them out everywhere and
/// ends their API tokens. A server may run meanwhile: an inbox that is open stays so until its connection ends. False when no
/// code was asked for.
///
/// # Errors
/// When the database cannot be opened or written, or nobody signs in with this address.
pub async fn end_two_steps(config: Config, email: &str) -> anyhow::Result<bool> {
    let desk = open_existing(config).await?;
    let ended = two_steps::end_two_steps_at(&desk, email).await;
    desk.store.close().await;
    ended
}
