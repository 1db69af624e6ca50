//! Mentions: notes in which a colleague's name was written, until that colleague has seen them.

use serde::{Deserialize, Serialize};

use crate::{AgentId, ConversationId, Seq, Timestamp};

/// A note that names the one who is told of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    pub conversation: ConversationId,
    /// The note.
    pub seq: Seq,
    /// Who wrote it.
    pub by: AgentId,
    pub at: Timestamp,
}
