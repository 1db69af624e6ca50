//! The playground: a second, private Baton within this one, with a copy of one chatbot, for somebody who
//! wants to see how it goes. It shares no database, no files and no connections with the real one.

mod lists;
mod log;
mod network;
mod sandbox;
mod scenes;
mod seed;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::Context as _;
use protocol::playground::PlayNo;
use protocol::{AgentId, ChatbotId, Refusal};

pub(crate) use self::network::Actor;
pub(crate) use self::sandbox::Sandbox;
use crate::actions::sign_in::SignedIn;
use crate::config::Config;
use crate::desk::Desk;
use crate::startup::Opened;

/// Playgrounds at once, of everybody together: each is a database and the memory of a small server.
const PLACES: usize = 4;

/// Why something was not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stopped {
    No(PlayNo),
    Refused(Refusal),
}

impl From<PlayNo> for Stopped {
    fn from(no: PlayNo) -> Self {
        Self::No(no)
    }
}

impl From<Refusal> for Stopped {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// The playgrounds that are open, one for each person at most. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Playgrounds(Arc<Inner>);

struct Inner {
    folder: PathBuf,
    open: Mutex<HashMap<AgentId, Arc<Sandbox>>>,
    /// One begins at a time.
    turn: tokio::sync::Mutex<()>,
}

impl Playgrounds {
    /// None is open. A server removes what an earlier run left behind.
    ///
    /// # Errors
    /// When the folder of an earlier run cannot be removed.
    pub(crate) fn open(config: &Config, opened: Opened) -> anyhow::Result<Self> {
        let folder = config.data.folder.join("playground");
        if opened == Opened::ToServe && folder.exists() {
            std::fs::remove_dir_all(&folder)
                .with_context(|| format!("emptying {}", folder.display()))?;
        }
        Ok(Self(Arc::new(Inner {
            folder,
            open: Mutex::default(),
            turn: tokio::sync::Mutex::default(),
        })))
    }

    /// Somebody's playground.
    pub(crate) fn of(&self, owner: AgentId) -> Option<Arc<Sandbox>> {
        self.sandboxes().get(&owner).cloned()
    }

    /// Begins one with a copy of a chatbot, in the place of the one that there was.
    ///
    /// # Errors
    /// [`PlayNo::Full`], [`Refusal::NotFound`] for a chatbot of another workspace, [`Refusal::Unavailable`].
    pub(crate) async fn begin(
        &self,
        desk: &Desk,
        by: SignedIn,
        chatbot: ChatbotId,
    ) -> Result<Arc<Sandbox>, Stopped> {
        let owner = by.agent;
        let _turn = self.0.turn.lock().await;
        self.end(owner).await;
        if self.sandboxes().len() >= PLACES {
            return Err(PlayNo::Full.into());
        }
        let sandbox = Box::pin(Sandbox::open(desk, &self.0.folder, by, chatbot)).await?;
        let sandbox = Arc::new(sandbox);
        self.sandboxes().insert(owner, sandbox.clone());
        desk.connections
            .spawn(sandbox.clone().watched(desk.clone()));
        Ok(sandbox)
    }

    /// Ends somebody's playground, and returns when nothing of it is left.
    pub(crate) async fn end(&self, owner: AgentId) {
        let sandbox = self.sandboxes().remove(&owner);
        if let Some(sandbox) = sandbox {
            sandbox.end().await;
        }
    }

    /// It is over.
    fn forget(&self, sandbox: &Sandbox) {
        let mut open = self.sandboxes();
        if open
            .get(&sandbox.owner)
            .is_some_and(|one| one.id == sandbox.id)
        {
            open.remove(&sandbox.owner);
        }
    }

    fn sandboxes(&self) -> MutexGuard<'_, HashMap<AgentId, Arc<Sandbox>>> {
        self.0.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Says what went wrong in the log, and nothing of it to the page.
fn failed(error: impl std::fmt::Display, what: &str) -> Refusal {
    tracing::error!(%error, "{what}");
    Refusal::Unavailable
}

/// A folder and everything in it, if it is there.
fn remove(folder: &Path) {
    if folder.exists()
        && let Err(error) = std::fs::remove_dir_all(folder)
    {
        tracing::warn!(%error, "a playground's folder was not removed; the next start does it");
    }
}
