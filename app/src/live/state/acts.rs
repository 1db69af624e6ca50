//! What the agent does: each act changes the state and asks the hub.

use protocol::agent::AgentCommand;
use protocol::attachment::Attachment;
use protocol::entry::Outcome;
use protocol::label::LabelChange;
use protocol::{ConversationId, Key, Seq, Timestamp};

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
    Join,
    Leave,
    Label,
    EditContact,
    Merge,
    EditNote,
    PinNote,
    Block(bool),
    Erase,
}

impl LiveState {
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
            // Said before, it was said of something that was not open.
            if self.views == Some(conversation) {
                self.asks.push(AgentCommand::View {
                    conversation: self.views,
                });
            }
        }
    }

    /// What is on the screen now, if somebody looks at it. Colleagues are told.
    pub(crate) fn view(&mut self, conversation: Option<ConversationId>) {
        if self.views == conversation {
            return;
        }
        self.views = conversation;
        // What is asked without a connection would be lost; it is asked after the next welcome.
        if self.is_live() {
            self.asks.push(AgentCommand::View { conversation });
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

    /// Changes the category or one of the tags.
    pub(crate) fn label(&mut self, conversation: ConversationId, change: LabelChange, key: Key) {
        let command = AgentCommand::Label {
            conversation,
            key,
            change,
        };
        self.ask_live(conversation, Act::Label, key, command);
    }

    /// Asks for something of which several may be on their way.
    pub(super) fn ask_live(
        &mut self,
        conversation: ConversationId,
        act: Act,
        key: Key,
        command: AgentCommand,
    ) {
        if self.is_live() {
            self.ask(conversation, act, key, command);
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
    pub(super) fn ask(
        &mut self,
        conversation: ConversationId,
        act: Act,
        key: Key,
        command: AgentCommand,
    ) {
        self.troubles.forget(conversation);
        self.acts.push((key, conversation, act));
        self.asks.push(command);
    }
}
