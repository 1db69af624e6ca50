//! The order in which conversations that somebody looks at are told.

use domain::{Change, Entry};
use protocol::{ChatbotId, ConversationId, Seq, Timestamp, WorkspaceId};

use super::Registry;
use crate::hub::order::Turn;

/// What is missing of a conversation: the entries after this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Missing {
    pub(crate) workspace: WorkspaceId,
    pub(crate) conversation: ConversationId,
    pub(crate) after: Seq,
}

/// What is told once a hole is filled.
#[derive(Debug)]
pub(in crate::hub) struct Filled {
    pub(in crate::hub) of: (WorkspaceId, ChatbotId),
    pub(in crate::hub) entries: Vec<Entry>,
    pub(in crate::hub) turns: Vec<Turn<Change>>,
}

impl Registry {
    /// A change was committed. When it is its turn, returns the number after which its entries are told,
    /// and what follows it.
    pub(in crate::hub) fn in_turn(&mut self, change: &Change) -> Option<(Seq, Vec<Turn<Change>>)> {
        let conversation = &change.conversation;
        let ends = change.entries.first().zip(change.entries.last());
        let Some((first, last)) = ends.filter(|_| self.is_looked_at(conversation.id)) else {
            return Some((Seq(0), Vec::new()));
        };
        let seen = self.seen.entry(conversation.id).or_default();
        seen.of = Some((conversation.workspace, conversation.chatbot));
        seen.order.committed(first.seq, last.seq, change)
    }

    /// Entries up to this one are known to be there; true when some of them were not told yet.
    pub(in crate::hub) fn heard(&mut self, conversation: ConversationId, last: Seq) -> bool {
        let seen = self.seen.get_mut(&conversation);
        seen.is_some_and(|seen| seen.order.heard(last))
    }

    /// Whether something is missing.
    pub(in crate::hub) fn is_missing(&self) -> bool {
        self.seen.values().any(|seen| seen.order.is_missing())
    }

    /// What has to be read now.
    pub(in crate::hub) fn holes(&mut self, now: Timestamp) -> Vec<Missing> {
        let holes = self.seen.iter_mut().filter_map(|(conversation, seen)| {
            let hole = seen.order.hole(now)?;
            let (workspace, _) = seen.of?;
            Some(Missing {
                workspace,
                conversation: *conversation,
                after: hole.after,
            })
        });
        holes.collect()
    }

    /// Entries were read to fill a hole; returns what is told now.
    pub(in crate::hub) fn fill(
        &mut self,
        conversation: ConversationId,
        entries: Vec<Entry>,
    ) -> Option<Filled> {
        let seen = self.seen.get_mut(&conversation)?;
        let of = seen.of?;
        let entries = entries.into_iter().map(|entry| (entry.seq, entry));
        let (entries, turns) = seen.order.filled(entries.collect());
        Some(Filled { of, entries, turns })
    }
}
