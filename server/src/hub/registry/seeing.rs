//! Who may see a conversation, who follows it, and who has it on the screen.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::Controller;
use protocol::{AgentId, ChatbotId, ConversationId, Seq, WorkspaceId};

use super::{AgentConnection, ConnectionId, Registry};
use crate::faults::{self, Fault};
use crate::hub::queue::Queue;
use crate::wire::line::Wait;

/// What was loaded of a conversation that a connection looks at.
#[derive(Debug, Clone)]
pub(crate) struct Loaded {
    /// Whose it is.
    pub(crate) of: (WorkspaceId, ChatbotId),
    pub(crate) controller: Controller,
    /// Who answers beside the holder.
    pub(crate) participants: Vec<AgentId>,
    /// The number of its last entry.
    pub(crate) last: Seq,
    /// What its visitor is told of the wait.
    pub(crate) wait: Option<Wait>,
}

/// An agent's connection, as far as one conversation goes.
#[derive(Debug)]
pub(in crate::hub) struct Seeing {
    pub(in crate::hub) queue: Arc<Queue>,
    /// Whether it has the conversation open.
    pub(in crate::hub) watches: bool,
    /// Whether it looks at what the assistant does.
    pub(in crate::hub) follows_assistant: bool,
}

impl Registry {
    /// Whether an agent answers in a conversation that somebody here looks at: as its holder, or as
    /// who joined them.
    pub(in crate::hub) fn is_answered_by(
        &self,
        conversation: ConversationId,
        agent: AgentId,
    ) -> bool {
        let Some(seen) = self.seen.get(&conversation) else {
            return false;
        };
        match seen.controller {
            Some(Controller::Human(holder)) => {
                holder == agent || seen.participants.contains(&agent)
            }
            Some(Controller::Ai | Controller::Waiting | Controller::Closed) | None => false,
        }
    }

    /// The agents' connections that see conversations of a chatbot, and what they have of this one.
    pub(in crate::hub) fn who_sees(
        &self,
        workspace: WorkspaceId,
        chatbot: ChatbotId,
        conversation: ConversationId,
    ) -> Vec<Seeing> {
        let everywhere = faults::on(Fault::ToldElsewhere);
        let ids = self.by_workspace.iter();
        let ids = ids.filter(|(of, _)| **of == workspace || everywhere);
        ids.flat_map(|(_, ids)| ids)
            .filter_map(|id| self.agents.get(id))
            .filter(|agent| agent.assigned.includes(chatbot) || faults::on(Fault::ToldUnassigned))
            .map(|agent| Seeing {
                queue: agent.queue.clone(),
                watches: agent.watched.contains(&conversation),
                follows_assistant: agent.follows_assistant,
            })
            .collect()
    }

    /// The agents' connections that follow a conversation and may see it. An agent follows what they ask
    /// for before it is known whether they may; before anybody knows whose it is, nobody may.
    pub(in crate::hub) fn watchers_of(&self, conversation: ConversationId) -> Vec<Arc<Queue>> {
        let watching = self.watching(conversation);
        watching.map(|agent| agent.queue.clone()).collect()
    }

    /// The agents on whose screens a conversation is, each once, and in the same order every time.
    pub(in crate::hub) fn viewers_of(&self, conversation: ConversationId) -> Vec<AgentId> {
        let viewing = self
            .watching(conversation)
            .filter(|agent| agent.viewed == Some(conversation));
        let agents: BTreeSet<_> = viewing.map(|agent| agent.agent).collect();
        agents.into_iter().collect()
    }

    /// Whether an agent follows a conversation and may see it.
    pub(in crate::hub) fn is_watched_by(&self, conversation: ConversationId, by: AgentId) -> bool {
        self.watching(conversation).any(|agent| agent.agent == by)
    }

    fn watching(&self, conversation: ConversationId) -> impl Iterator<Item = &AgentConnection> {
        let of = self.seen.get(&conversation).and_then(|seen| seen.of);
        let ids = self.watchers.get(&conversation).into_iter().flatten();
        ids.filter_map(|id| self.agents.get(id))
            .filter(move |agent| {
                of.is_some_and(|(workspace, chatbot)| {
                    agent.workspace == workspace && agent.assigned.includes(chatbot)
                })
            })
    }

    /// A conversation that the connection follows is on its screen, or none is. Returns those whose
    /// viewers may have changed.
    pub(in crate::hub) fn view(
        &mut self,
        id: ConnectionId,
        conversation: Option<ConversationId>,
    ) -> Vec<ConversationId> {
        let Some(agent) = self.agents.get_mut(&id) else {
            return Vec::new();
        };
        let now = conversation.filter(|viewed| agent.watched.contains(viewed));
        let before = std::mem::replace(&mut agent.viewed, now);
        let before = before.filter(|before| Some(*before) != now);
        before.into_iter().chain(now).collect()
    }

    /// The connection looks at what the assistant does, or not any more.
    pub(in crate::hub) fn follow_assistant(&mut self, id: ConnectionId, follows: bool) {
        if let Some(agent) = self.agents.get_mut(&id) {
            agent.follows_assistant = follows;
        }
    }
}
