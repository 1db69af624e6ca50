//! What the agent does: each act changes the state and asks the hub.

use protocol::agent::AgentCommand;
use protocol::attachment::Attachment;
use protocol::card::{CardState, Tab};
use protocol::entry::{Destination, Outcome};
use protocol::label::LabelChange;
use protocol::{ConversationId, HandoffId, Key, Seq, Timestamp};

use super::{LiveState, Mode, Outgoing, Progress, Stand, ThreadState};

/// How many conversations stay open.
const KEPT_OPEN: usize = 5;

/// A command other than a text whose answer is awaited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    Claim,
    Reject,
    StepIn,
    Transfer,
    Release,
    Resolve(Outcome),
    Snooze,
    Wake,
    Label,
}

impl LiveState {
    /// Shows a tab, and loads it where that has not been done.
    pub(crate) fn show_tab(&mut self, tab: Tab) {
        let (was, is) = (self.tab() == Tab::Assistant, tab == Tab::Assistant);
        self.tab = Some(tab);
        // What the assistant does is told to those alone who look at it.
        if was != is {
            let threads = &self.threads;
            let open = |id| threads.iter().any(|(open, _)| *open == id);
            self.lists.forget(Tab::Assistant, open);
            if self.is_live() {
                self.asks
                    .push(AgentCommand::FollowAssistant { follows: is });
            }
        }
        if !self.lists.is_loaded(tab) {
            self.load_cards();
        }
    }

    /// Asks for the next page of the tab on screen.
    pub(crate) fn load_cards(&mut self) {
        self.load_tab(self.tab());
    }

    /// Asks for the next page of a tab.
    pub(super) fn load_tab(&mut self, tab: Tab) {
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
        (text, files): (&str, Vec<Attachment>),
        key: Key,
        at: Timestamp,
    ) {
        let text = text.trim().to_owned();
        if text.is_empty() && files.is_empty() {
            return;
        }
        let progress = Progress::Sending;
        let outgoing = Outgoing {
            key,
            conversation,
            mode,
            text,
            files,
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

    /// Changes the category or one of the tags. Several may be on their way.
    pub(crate) fn label(&mut self, conversation: ConversationId, change: LabelChange, key: Key) {
        if self.is_live() {
            let command = AgentCommand::Label {
                conversation,
                key,
                change,
            };
            self.ask(conversation, Act::Label, key, command);
        }
    }

    /// Whether an act on a conversation makes sense now.
    pub(crate) fn can(&self, conversation: ConversationId, act: Act) -> bool {
        self.handoff_for(conversation, act).is_some()
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

    /// Asks for something whose answer is awaited; what went wrong before is over.
    fn ask(&mut self, conversation: ConversationId, act: Act, key: Key, command: AgentCommand) {
        self.troubles.forget(conversation);
        self.acts.push((key, conversation, act));
        self.asks.push(command);
    }

    /// The handoff to act on, if there is a connection, nothing is being done and the state allows it.
    fn may(&self, conversation: ConversationId, act: Act) -> Option<HandoffId> {
        let free = self.is_free(conversation);
        self.handoff_for(conversation, act).filter(|_| free)
    }

    /// Whether there is a connection and nothing is being done.
    fn is_free(&self, conversation: ConversationId) -> bool {
        self.is_live() && self.acting(conversation).is_none()
    }

    /// The handoff to act on, if the state allows it.
    fn handoff_for(&self, conversation: ConversationId, act: Act) -> Option<HandoffId> {
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
