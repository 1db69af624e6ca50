//! What an agent's composer asks for: saved replies, drafts, and mentions that were seen.

use protocol::agent::{AgentCommand, AgentEvent};
use protocol::draft::{Draft, DraftMode};
use protocol::{ConversationId, Key, Refusal, limits};

use super::agent_commands::{AgentPeer, refused};
use super::connection::Reaction;
use super::pages;
use crate::store::{DraftOf, Failed, StoreError};

/// A draft that a client wants to be kept.
pub(super) struct Typed {
    pub(super) conversation: ConversationId,
    pub(super) key: Key,
    pub(super) mode: DraftMode,
    pub(super) text: String,
}

impl AgentPeer {
    /// The saved replies in pages that fit a frame each.
    pub(super) async fn replies(&self) -> Result<Vec<AgentEvent>, StoreError> {
        let agent = self.desk.store.agent(self.agent.id).await?;
        let Some(agent) = agent else {
            return Ok(vec![refused(None, Refusal::NotFound, self.desk.now())]);
        };
        let mut rest = self.desk.store.replies(&agent).await?;
        let mut events = Vec::new();
        let mut from = 0;
        loop {
            let page = pages::first(rest.clone());
            rest.drain(..page.len());
            let count = u32::try_from(page.len()).unwrap_or(u32::MAX);
            let more = !rest.is_empty();
            events.push(AgentEvent::Replies {
                from,
                replies: page,
                more,
            });
            from = from.saturating_add(count);
            if !more {
                return Ok(events);
            }
        }
    }

    /// Keeps a draft before anything else of this connection is read, so that drafts stay in order.
    pub(super) async fn save_draft(&self, typed: Typed) -> Reaction<AgentEvent> {
        let key = typed.key;
        let answer = match self.keep_draft(typed).await {
            Ok(()) => AgentEvent::Done { key, seq: None },
            Err(failed) => refused(Some(key), failed.into(), self.desk.now()),
        };
        Reaction::Say(vec![answer])
    }

    async fn keep_draft(&self, typed: Typed) -> Result<(), Failed> {
        let Typed {
            conversation,
            mode,
            text,
            ..
        } = typed;
        let characters = text.chars().count();
        if characters > limits::DRAFT {
            return Err(Failed::Refused(Refusal::TextTooLong {
                characters: u32::try_from(characters).unwrap_or(u32::MAX),
                limit: limits::DRAFT as u32,
            }));
        }
        let visible = self.visible(conversation).await;
        let visible = visible.map_err(|error| unreadable(&error))?;
        visible.ok_or(Failed::Refused(Refusal::NotFound))?;
        // NUL ends a text in PostgreSQL, which refuses it. Space alone is nothing to keep.
        let mut text = text.replace('\0', "");
        if text.trim().is_empty() {
            text.clear();
        }
        let of = self.draft_of(conversation, mode);
        let at = self.desk.store.save_draft(of, text.clone()).await?;
        let draft = Draft { mode, text, at };
        let changed = AgentEvent::DraftChanged {
            conversation,
            draft,
        };
        // This connection too, by which it learns since when its own holds.
        self.desk.hub.tell_agent(self.agent.id, changed);
        Ok(())
    }

    fn draft_of(&self, conversation: ConversationId, mode: DraftMode) -> DraftOf {
        DraftOf {
            workspace: self.agent.workspace,
            agent: self.agent.id,
            conversation,
            mode,
        }
    }

    /// What to do once a text is committed: its draft is over, on every device.
    pub(super) fn sent(&self, command: &AgentCommand) -> Option<DraftOf> {
        match command {
            AgentCommand::Say { conversation, .. } => {
                Some(self.draft_of(*conversation, DraftMode::Reply))
            }
            AgentCommand::AddNote { conversation, .. } => {
                Some(self.draft_of(*conversation, DraftMode::Note))
            }
            _ => None,
        }
    }

    /// The mentions in a conversation have been seen.
    pub(super) async fn see_mentions(&self, conversation: ConversationId) -> Reaction<AgentEvent> {
        let (workspace, agent) = (self.agent.workspace, self.agent.id);
        let seen = self.desk.store.see_mentions(workspace, agent, conversation);
        if seen.await == Ok(true) {
            self.desk
                .hub
                .tell_agent(agent, AgentEvent::MentionsSeen { conversation });
        }
        Reaction::Nothing
    }
}

fn unreadable(error: &StoreError) -> Failed {
    tracing::error!(%error, "a conversation could not be read");
    Failed::Unavailable
}
