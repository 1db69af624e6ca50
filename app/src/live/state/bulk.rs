//! One thing done to several conversations: each is judged by itself, and what was refused is told.

use protocol::agent::AgentCommand;
use protocol::card::CardState;
use protocol::entry::Outcome;
use protocol::label::LabelChange;
use protocol::{ConversationId, HandoffId, Key, Refusal, Seq, Timestamp};

use super::{LiveState, Stand};
use crate::words;

/// So many conversations are done at once, and no more.
pub(crate) const AT_ONCE: usize = 50;

/// What is done to each of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bulk {
    Resolve(Outcome),
    Snooze(Option<Timestamp>),
    Label(LabelChange),
    Read,
}

/// How far it got.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Report {
    awaits: Vec<(Key, ConversationId)>,
    /// How many it is about.
    pub(crate) all: usize,
    pub(crate) done: usize,
    /// Whose were refused, and why.
    pub(crate) refused: Vec<(String, String)>,
}

impl Report {
    /// Whether every answer is here.
    pub(crate) fn is_over(&self) -> bool {
        self.awaits.is_empty()
    }
}

impl LiveState {
    /// Does one thing to several conversations, each under a key of its own. Nothing is done without a
    /// connection, or before the last time is over.
    pub(crate) fn do_to_all(&mut self, chosen: &[ConversationId], bulk: Bulk, keys: &[Key]) {
        if !self.is_live() || !self.report.is_over() {
            return;
        }
        let chosen = &chosen[..chosen.len().min(AT_ONCE)];
        self.report = Report {
            all: chosen.len(),
            ..Report::default()
        };
        for (conversation, key) in chosen.iter().zip(keys) {
            match self.one_of(*conversation, bulk, *key) {
                Ok(AgentCommand::Read { .. }) if !self.is_unread(*conversation) => {
                    self.report.done += 1;
                }
                Ok(command) => {
                    // What has no answer is done once it is asked.
                    match command {
                        AgentCommand::Read { .. } => self.report.done += 1,
                        _ => self.report.awaits.push((*key, *conversation)),
                    }
                    self.asks.push(command);
                }
                Err(refusal) => self.report_refused(*conversation, words::refusal(&refusal)),
            }
        }
    }

    /// What is asked for one of them; where the page knows already that it cannot be, why.
    fn one_of(
        &self,
        conversation: ConversationId,
        bulk: Bulk,
        key: Key,
    ) -> Result<AgentCommand, Refusal> {
        let card = self.card(conversation).ok_or(Refusal::NotFound)?;
        let handoff = || handoff(card.state).ok_or(Refusal::HandoffOver);
        Ok(match bulk {
            Bulk::Resolve(outcome) => AgentCommand::Resolve {
                conversation,
                handoff: handoff()?,
                key,
                outcome,
            },
            Bulk::Snooze(until) => AgentCommand::Snooze {
                conversation,
                handoff: handoff()?,
                key,
                until,
            },
            Bulk::Label(change) => AgentCommand::Label {
                conversation,
                key,
                change,
            },
            Bulk::Read => match (self.stand(conversation), card.state) {
                (Stand::Mine, _) => AgentCommand::Read {
                    conversation,
                    seq: Seq(u64::MAX),
                },
                (_, CardState::Active { agent, .. }) => {
                    let name = self.name(agent);
                    return Err(Refusal::HeldBy { agent, name });
                }
                _ => return Err(Refusal::NotHeld),
            },
        })
    }

    fn is_unread(&self, conversation: ConversationId) -> bool {
        self.card(conversation).is_some_and(|card| card.unread > 0)
    }

    /// An answer; says whether it was one of those that are awaited.
    pub(super) fn bulk_answered(&mut self, key: Key, trouble: Option<&str>) -> bool {
        let awaits = &mut self.report.awaits;
        let Some(at) = awaits.iter().position(|(awaited, _)| *awaited == key) else {
            return false;
        };
        let (_, conversation) = awaits.swap_remove(at);
        match trouble {
            None => self.report.done += 1,
            Some(why) => self.report_refused(conversation, why.to_owned()),
        }
        true
    }

    fn report_refused(&mut self, conversation: ConversationId, why: String) {
        let name = self
            .card(conversation)
            .map(|card| card.visitor.name.clone());
        self.report.refused.push((name.unwrap_or_default(), why));
    }
}

/// The newest handoff of a conversation, if there is one.
fn handoff(state: CardState) -> Option<HandoffId> {
    match state {
        CardState::Assistant => None,
        CardState::Pending { handoff, .. }
        | CardState::Active { handoff, .. }
        | CardState::Missed { handoff, .. }
        | CardState::Resolved { handoff, .. } => Some(handoff),
    }
}
