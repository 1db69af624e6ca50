//! What the agent does: each act changes the state and asks the hub.

use protocol::agent::AgentCommand;
use protocol::card::{CardState, Tab};
use protocol::entry::Outcome;
use protocol::{ConversationId, HandoffId, Key, Seq, Timestamp};

use super::{LiveState, Mode, Outgoing, Progress, Stand, ThreadState};

/// How many conversations stay open.
const KEPT_OPEN: usize = 5;

/// A command other than a text whose answer is awaited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    Claim,
    Release,
    Resolve(Outcome),
}

impl LiveState {
    /// Shows a tab, and loads it where that has not been done.
    pub(crate) fn show_tab(&mut self, tab: Tab) {
        self.tab = Some(tab);
        if !self.lists.is_loaded(tab) {
            self.load_cards();
        }
    }

    /// Asks for the next page of the tab on screen.
    pub(crate) fn load_cards(&mut self) {
        let tab = self.tab();
        // What is asked without a connection would be lost; the next welcome loads the tab anew.
        if self.is_live()
            && let Some(after) = self.lists.ask(tab)
        {
            self.asks.push(AgentCommand::ListCards { tab, after });
        }
    }

    /// Opens a conversation and follows it. The last few stay open, so that going back to one is
    /// instant; the one that was left longest ago is closed.
    pub(crate) fn open(&mut self, conversation: ConversationId) {
        self.visited.retain(|visited| *visited != conversation);
        self.visited.push(conversation);
        if self.visited.len() > KEPT_OPEN {
            let conversation = self.visited.remove(0);
            self.threads.retain(|(open, _)| *open != conversation);
            self.asks.push(AgentCommand::CloseThread { conversation });
        }
        if self.thread(conversation).is_none() {
            self.threads.push((conversation, ThreadState::default()));
            self.asks.push(AgentCommand::OpenThread {
                conversation,
                after: Seq(0),
            });
        }
    }

    /// Asks for the page of entries before those on screen.
    pub(crate) fn load_earlier(&mut self, conversation: ConversationId) {
        let live = self.is_live();
        let Some(thread) = self.thread_mut(conversation) else {
            return;
        };
        if live && thread.timeline.more && !thread.loads_earlier {
            thread.loads_earlier = true;
            let before = thread.timeline.first();
            self.asks.push(AgentCommand::LoadEarlier {
                conversation,
                before,
            });
        }
    }

    /// Everything in a conversation has been on screen. The hub is told once.
    pub(crate) fn read(&mut self, conversation: ConversationId) {
        let mine = self.is_live() && self.stand(conversation) == Stand::Mine;
        let Some(thread) = self.thread_mut(conversation).filter(|_| mine) else {
            return;
        };
        let seq = thread.timeline.last();
        if seq > thread.read {
            thread.read = seq;
            self.asks.push(AgentCommand::Read { conversation, seq });
        }
    }

    /// Writes to the visitor or to the team.
    pub(crate) fn say(
        &mut self,
        (conversation, mode): (ConversationId, Mode),
        text: &str,
        key: Key,
        at: Timestamp,
    ) {
        let text = text.trim().to_owned();
        if text.is_empty() {
            return;
        }
        let progress = Progress::Sending;
        let outgoing = Outgoing {
            key,
            conversation,
            mode,
            text,
            at,
            progress,
        };
        self.asks.push(outgoing.command());
        self.outbox.push(outgoing);
    }

    /// Sends a text that failed once more, under the same key.
    pub(crate) fn send_again(&mut self, key: Key) {
        if self.outbox.set(key, Progress::Sending) {
            let command = self.outbox.find(key).map(Outgoing::command);
            self.asks.extend(command);
        }
    }

    /// Gives a text up that failed.
    pub(crate) fn discard(&mut self, key: Key) {
        self.outbox.remove(key);
    }

    /// Takes a pending handoff.
    pub(crate) fn claim(&mut self, conversation: ConversationId, key: Key) {
        if let Some(handoff) = self.may(conversation, Act::Claim) {
            self.acts.push((key, conversation, Act::Claim));
            self.asks.push(AgentCommand::Claim {
                conversation,
                handoff,
                key,
            });
        }
    }

    /// Gives the claim back.
    pub(crate) fn release(&mut self, conversation: ConversationId, key: Key) {
        if let Some(handoff) = self.may(conversation, Act::Release) {
            self.acts.push((key, conversation, Act::Release));
            self.asks.push(AgentCommand::Release {
                conversation,
                handoff,
                key,
            });
        }
    }

    /// Ends the handoff.
    pub(crate) fn resolve(&mut self, conversation: ConversationId, outcome: Outcome, key: Key) {
        if let Some(handoff) = self.may(conversation, Act::Resolve(outcome)) {
            self.acts.push((key, conversation, Act::Resolve(outcome)));
            self.asks.push(AgentCommand::Resolve {
                conversation,
                handoff,
                key,
                outcome,
            });
        }
    }

    /// What is being done to a conversation and not answered yet.
    pub(crate) fn acting(&self, conversation: ConversationId) -> Option<Act> {
        let found = self.acts.iter().find(|(_, at, _)| *at == conversation);
        found.map(|(.., act)| *act)
    }

    /// Whether something on screen has had its time.
    pub(crate) fn has_expired(&self, now: Timestamp) -> bool {
        self.toasts.has_expired(now)
            || self
                .threads
                .iter()
                .any(|(_, thread)| thread.typing_has_expired(now))
    }

    /// Takes away what has had its time.
    pub(crate) fn expire(&mut self, now: Timestamp) {
        self.toasts.expire(now);
        for (_, thread) in &mut self.threads {
            thread.expire_typing(now);
        }
    }

    /// The handoff to act on, if there is a connection, nothing is being done and the state allows it.
    fn may(&self, conversation: ConversationId, act: Act) -> Option<HandoffId> {
        if !self.is_live() || self.acting(conversation).is_some() {
            return None;
        }
        match (self.card(conversation)?.state, act) {
            (CardState::Pending { handoff, .. }, Act::Claim | Act::Resolve(_)) => Some(handoff),
            (CardState::Active { handoff, agent, .. }, Act::Release | Act::Resolve(_)) => {
                (Some(agent) == self.me).then_some(handoff)
            }
            _ => None,
        }
    }
}
