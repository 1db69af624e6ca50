//! What the agent does with a handoff: taking it, passing it on, joining who holds it, ending it.

use protocol::agent::AgentCommand;
use protocol::card::CardState;
use protocol::entry::{Destination, Outcome};
use protocol::{ConversationId, HandoffId, Key, Timestamp};

use super::{Act, LiveState, Stand};

impl LiveState {
    /// Takes a handoff that is pending or was missed.
    pub(crate) fn claim(&mut self, conversation: ConversationId, key: Key) {
        if let Some(handoff) = self.may(conversation, Act::Claim) {
            let command = AgentCommand::Claim {
                conversation,
                handoff,
                key,
            };
            self.ask(conversation, Act::Claim, key, command);
        }
    }

    /// Passes a pending handoff on to somebody else.
    pub(crate) fn reject(&mut self, conversation: ConversationId, key: Key) {
        if let Some(handoff) = self.may(conversation, Act::Reject) {
            let command = AgentCommand::Reject {
                conversation,
                handoff,
                key,
            };
            self.ask(conversation, Act::Reject, key, command);
        }
    }

    /// Steps into a conversation of the assistant.
    pub(crate) fn step_in(&mut self, conversation: ConversationId, key: Key) {
        let with_assistant = matches!(self.stand(conversation), Stand::Assistant | Stand::Over);
        if with_assistant && self.is_free(conversation) {
            let command = AgentCommand::StepIn { conversation, key };
            self.ask(conversation, Act::StepIn, key, command);
        }
    }

    /// Passes a handoff on to an agent, a group or everybody.
    pub(crate) fn transfer(
        &mut self,
        conversation: ConversationId,
        to: Destination,
        note: &str,
        key: Key,
    ) {
        if let Some(handoff) = self.may(conversation, Act::Transfer) {
            let note = note.trim().to_owned();
            let command = AgentCommand::Transfer {
                conversation,
                handoff,
                key,
                to,
                note,
            };
            self.ask(conversation, Act::Transfer, key, command);
        }
    }

    /// Gives the claim back.
    pub(crate) fn release(&mut self, conversation: ConversationId, key: Key) {
        if let Some(handoff) = self.may(conversation, Act::Release) {
            let command = AgentCommand::Release {
                conversation,
                handoff,
                key,
            };
            self.ask(conversation, Act::Release, key, command);
        }
    }

    /// Ends the handoff.
    pub(crate) fn resolve(&mut self, conversation: ConversationId, outcome: Outcome, key: Key) {
        if let Some(handoff) = self.may(conversation, Act::Resolve(outcome)) {
            let command = AgentCommand::Resolve {
                conversation,
                handoff,
                key,
                outcome,
            };
            self.ask(conversation, Act::Resolve(outcome), key, command);
        }
    }

    /// Puts a chat aside until a time, or until the visitor writes.
    pub(crate) fn snooze(
        &mut self,
        conversation: ConversationId,
        until: Option<Timestamp>,
        key: Key,
    ) {
        if let Some(handoff) = self.may(conversation, Act::Snooze) {
            let command = AgentCommand::Snooze {
                conversation,
                handoff,
                key,
                until,
            };
            self.ask(conversation, Act::Snooze, key, command);
        }
    }

    /// Takes up again what was put aside.
    pub(crate) fn wake(&mut self, conversation: ConversationId, key: Key) {
        if let Some(handoff) = self.may(conversation, Act::Wake) {
            let command = AgentCommand::Wake {
                conversation,
                handoff,
                key,
            };
            self.ask(conversation, Act::Wake, key, command);
        }
    }

    /// Joins the colleague who holds it.
    pub(crate) fn join(&mut self, conversation: ConversationId, key: Key) {
        if let Some(handoff) = self.may(conversation, Act::Join) {
            let command = AgentCommand::Join {
                conversation,
                handoff,
                key,
            };
            self.ask(conversation, Act::Join, key, command);
        }
    }

    /// Leaves a chat again that I joined.
    pub(crate) fn leave(&mut self, conversation: ConversationId, key: Key) {
        if let Some(handoff) = self.may(conversation, Act::Leave) {
            let command = AgentCommand::Leave {
                conversation,
                handoff,
                key,
            };
            self.ask(conversation, Act::Leave, key, command);
        }
    }

    /// The handoff to act on, if there is a connection, nothing is being done and the state allows it.
    pub(super) fn may(&self, conversation: ConversationId, act: Act) -> Option<HandoffId> {
        let free = self.is_free(conversation);
        self.handoff_for(conversation, act).filter(|_| free)
    }

    /// Whether there is a connection and nothing is being done.
    pub(super) fn is_free(&self, conversation: ConversationId) -> bool {
        self.is_live() && self.acting(conversation).is_none()
    }

    /// The handoff to act on, if the state allows it.
    pub(super) fn handoff_for(&self, conversation: ConversationId, act: Act) -> Option<HandoffId> {
        let stand = self.stand(conversation);
        match (self.card(conversation)?.state, act) {
            (
                CardState::Pending { handoff, .. } | CardState::Missed { handoff, .. },
                Act::Claim | Act::Resolve(_),
            ) => (!matches!(stand, Stand::Asked(_))).then_some(handoff),
            (CardState::Pending { handoff, .. }, Act::Reject) => {
                (stand == Stand::Nobody && !self.has_declined(conversation)).then_some(handoff)
            }
            (CardState::Active { handoff, .. }, Act::Snooze) => {
                (stand == Stand::Mine).then_some(handoff)
            }
            (
                CardState::Active {
                    handoff,
                    snooze: Some(_),
                    ..
                },
                Act::Wake,
            ) => (stand == Stand::Mine).then_some(handoff),
            (CardState::Active { handoff, .. }, Act::Join) => {
                matches!(stand, Stand::Colleague(_)).then_some(handoff)
            }
            (CardState::Active { handoff, .. }, Act::Leave) => {
                matches!(stand, Stand::Joined(_)).then_some(handoff)
            }
            (CardState::Active { handoff, .. }, Act::Release | Act::Resolve(_)) => {
                (stand == Stand::Mine).then_some(handoff)
            }
            (
                CardState::Pending { handoff, .. }
                | CardState::Missed { handoff, .. }
                | CardState::Active { handoff, .. },
                Act::Transfer,
            ) => (stand == Stand::Mine || self.may_assign()).then_some(handoff),
            _ => None,
        }
    }
}
