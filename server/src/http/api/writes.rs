//! What programs write goes the way of every other command: into the conversation's lane.

use protocol::agent::AgentCommand;
use protocol::{HandoffId, Key, Refusal};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::asker::Caller;
use super::denied::Denied;
use super::fields::{Kind, Known};
use super::sent::Sent;
use crate::actions::agent_writes::{self, LookedUp};
use crate::actions::see;
use crate::random::fresh;

/// What was written. It is committed: a crash does not lose it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Written {
    /// The number of the entry; null when there was nothing to write, such as claiming what one holds.
    seq: Option<u64>,
}

/// Words for the visitor or for the team.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    /// Markdown.
    #[schema(max_length = 4000)]
    pub(super) text: String,
}

impl Sent for Words {
    const FIELDS: Known = &[("text", Kind::Text)];
}

/// A request for a person.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Handoff {
    /// `handoff` of the conversation that was looked at.
    handoff: Uuid,
}

impl Sent for Handoff {
    const FIELDS: Known = &[("handoff", Kind::Id)];
}

impl Handoff {
    pub(super) fn id(&self) -> HandoffId {
        HandoffId(self.handoff)
    }
}

impl Caller {
    /// A key for what the client did not name: to be sent once.
    pub(super) fn named(&self, key: Option<Key>) -> Key {
        key.unwrap_or_else(|| fresh!(Key, self.desk.now()))
    }

    /// Decides and writes a command, and answers once it is committed.
    pub(super) async fn writes(&self, command: AgentCommand) -> Result<Written, Denied> {
        let looked_up = LookedUp {
            mentions: see::named(&self.desk, self.agent.id, &command).await,
            // Nothing here puts a label on.
            knows_label: false,
        };
        let fresh = self.desk.fresh();
        let made = agent_writes::command(self.agent.id, fresh, looked_up, command);
        let (_, command) = made.ok_or(Refusal::Unavailable)?;
        let pending = self.desk.store.enqueue(command).await;
        let done = pending.await.map_err(Refusal::from)?;
        Ok(Written {
            seq: done.seq.map(|seq| seq.0),
        })
    }
}
