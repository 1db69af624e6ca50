//! What a saved reply does after it is sent: one command after the other, each under a key of its own
//! and judged by itself. What was refused is told.

use std::collections::VecDeque;
use std::time::Duration;

use protocol::agent::AgentCommand;
use protocol::attachment::Attachment;
use protocol::card::CardState;
use protocol::label::LabelChange;
use protocol::reply::Step;
use protocol::{ConversationId, HandoffId, Key, Refusal, Timestamp};

use super::{LiveState, Mode};
use crate::words::{self, Named, t};

/// Those of one conversation that are not done yet. Others wait until these are over.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Steps {
    rest: VecDeque<(ConversationId, Key, Step)>,
    /// The command whose answer comes first, and what it does; the text itself has no words.
    awaits: Option<(Key, Option<Step>)>,
    /// Something before was refused: what leaves the conversation is not done then.
    refused: bool,
}

impl LiveState {
    /// Whether what a saved reply does is being done.
    pub(crate) fn does_steps(&self) -> bool {
        self.steps.awaits.is_some()
    }

    /// Sends a text, if there is one, and then does the steps. The first key is the text's.
    pub(crate) fn run(
        &mut self,
        (conversation, mode): (ConversationId, Mode),
        (text, files): (&str, Vec<Attachment>),
        steps: &[Step],
        keys: &[Key],
        at: Timestamp,
    ) {
        let Some((first, rest)) = keys.split_first() else {
            return;
        };
        let says = !text.trim().is_empty() || !files.is_empty();
        if says {
            self.say((conversation, mode), (text, files), *first, at);
        }
        let steps = rest.iter().zip(steps);
        self.steps.refused = false;
        self.steps.rest = steps
            .map(|(key, step)| (conversation, *key, step.clone()))
            .collect();
        if says {
            self.steps.awaits = Some((*first, None));
        } else {
            self.next_step(at);
        }
    }

    /// An answer; the next step follows the one that is awaited. Says whether it was a step's own.
    pub(super) fn step_answered(&mut self, key: Key, why: Option<&str>, now: Timestamp) -> bool {
        if self
            .steps
            .awaits
            .as_ref()
            .is_none_or(|(awaited, _)| *awaited != key)
        {
            return false;
        }
        let step = self.steps.awaits.take().and_then(|(_, step)| step);
        if let Some(why) = why {
            self.steps.refused = true;
            // A text that failed shows so itself.
            if let Some(step) = &step {
                self.tell_refused(step, why);
            }
        }
        let at = self.server_time(now);
        self.next_step(at);
        step.is_some()
    }

    fn next_step(&mut self, now: Timestamp) {
        while let Some((conversation, key, step)) = self.steps.rest.pop_front() {
            if self.steps.refused && step.leaves() {
                self.tell_refused(&step, t::step_held_back());
                continue;
            }
            match self.command_of(conversation, key, &step, now) {
                Ok(command) => {
                    self.steps.awaits = Some((key, Some(step)));
                    // Without a connection it is kept, and goes out with the next.
                    self.asks.push(command);
                    return;
                }
                Err(refusal) => {
                    self.steps.refused = true;
                    self.tell_refused(&step, &words::refusal(&refusal));
                }
            }
        }
    }

    fn tell_refused(&mut self, step: &Step, why: &str) {
        let what = self.step_words(step);
        self.toasts.fail(t::step_refused(&what, &why));
    }

    fn command_of(
        &self,
        conversation: ConversationId,
        key: Key,
        step: &Step,
        now: Timestamp,
    ) -> Result<AgentCommand, Refusal> {
        let card = self.card(conversation).ok_or(Refusal::NotFound)?;
        let handoff = || handoff(card.state).ok_or(Refusal::NotHeld);
        let label = |change| AgentCommand::Label {
            conversation,
            key,
            change,
        };
        Ok(match step {
            Step::Note(note) => AgentCommand::AddNote {
                conversation,
                key,
                text: domain::reply::fill(note, &self.values(conversation)),
                attachments: Vec::new(),
            },
            Step::Category(category) => label(LabelChange::Category(Some(*category))),
            Step::AddTag(tag) => label(LabelChange::AddTag(*tag)),
            Step::RemoveTag(tag) => label(LabelChange::RemoveTag(*tag)),
            Step::Transfer(to) => AgentCommand::Transfer {
                conversation,
                handoff: handoff()?,
                key,
                to: *to,
                note: String::new(),
            },
            Step::Snooze(minutes) => AgentCommand::Snooze {
                conversation,
                handoff: handoff()?,
                key,
                until: minutes
                    .map(|minutes| now.after(Duration::from_secs(u64::from(minutes) * 60))),
            },
            Step::Resolve(outcome) => AgentCommand::Resolve {
                conversation,
                handoff: handoff()?,
                key,
                outcome: *outcome,
            },
        })
    }

    /// What a step does, in a few words.
    pub(crate) fn step_words(&self, step: &Step) -> String {
        words::step(step, &|named| match named {
            Named::Category(id) => self.category(id).to_owned(),
            Named::Tag(id) => self.tag(id).to_owned(),
            Named::Group(id) => self.group(id),
            Named::Agent(id) => self.name(id),
        })
    }
}

fn handoff(state: CardState) -> Option<HandoffId> {
    match state {
        CardState::Pending { handoff, .. }
        | CardState::Active { handoff, .. }
        | CardState::Missed { handoff, .. } => Some(handoff),
        CardState::Assistant | CardState::Resolved { .. } => None,
    }
}
