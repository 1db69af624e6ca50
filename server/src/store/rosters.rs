//! What every agent who comes is told and hardly anything changes: the team, its groups, its
//! chatbots and its labels. Kept in memory, so that a hundred who come back at once read it once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::Chatbot;
use protocol::label::Labels;
use protocol::{AgentId, Timestamp, WorkspaceId};

use super::{GroupRow, Store, StoreError, TeamRow};

/// How long it is believed. What this server changes is known at once; this is for what another
/// program does to the same database.
const BELIEVED: Duration = Duration::from_secs(10);

/// A workspace's team, groups, chatbots and labels.
#[derive(Debug)]
pub struct Roster {
    /// Everybody, by name.
    pub team: Vec<TeamRow>,
    pub groups: Vec<GroupRow>,
    pub chatbots: Vec<Arc<Chatbot>>,
    pub labels: Labels,
    read_at: Timestamp,
}

impl Roster {
    /// Somebody of the team; none for one who does not exist or was disabled.
    pub fn member(&self, agent: AgentId) -> Option<&TeamRow> {
        self.team.iter().find(|row| row.id == agent)
    }
}

/// The rosters that were asked for before.
#[derive(Default)]
pub(super) struct Rosters {
    memory: Mutex<Memory>,
}

#[derive(Default)]
struct Memory {
    /// Raised by every forgetting: what was read before is not remembered after.
    generation: u64,
    known: HashMap<WorkspaceId, Arc<Roster>>,
}

impl Rosters {
    /// Forgets all of them: something of a team was saved.
    pub(super) fn forget(&self) {
        let mut memory = self.memory();
        memory.generation += 1;
        memory.known.clear();
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store {
    /// The team, groups, chatbots and labels of a workspace, as of a moment ago; what this process saved
    /// before is in it.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn roster(&self, workspace: WorkspaceId) -> Result<Arc<Roster>, StoreError> {
        let now = (self.inner.now)();
        let generation = {
            let memory = self.inner.rosters.memory();
            let known = memory.known.get(&workspace);
            match known.filter(|known| now < known.read_at.after(BELIEVED)) {
                Some(known) => return Ok(Arc::clone(known)),
                None => memory.generation,
            }
        };
        let roster = Arc::new(Roster {
            team: self.team(workspace).await?,
            groups: self.groups(workspace).await?,
            chatbots: self.chatbots(workspace).await?,
            labels: self.labels(workspace).await?,
            read_at: now,
        });
        let mut memory = self.inner.rosters.memory();
        if memory.generation == generation {
            memory.known.insert(workspace, Arc::clone(&roster));
        }
        Ok(roster)
    }

    /// The same, with this agent in it if they are on the team: whoever joined by another program is
    /// looked for once more.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn roster_with(
        &self,
        workspace: WorkspaceId,
        agent: AgentId,
    ) -> Result<Arc<Roster>, StoreError> {
        let roster = self.roster(workspace).await?;
        if roster.member(agent).is_some() {
            return Ok(roster);
        }
        self.inner.rosters.forget();
        self.roster(workspace).await
    }
}
