//! An agent who takes whatever waits, together with many others, and notes each attempt.

use std::collections::{BTreeMap, HashMap};
use std::time::{Duration, Instant};

use protocol::agent::{AgentCommand, AgentEvent};
use protocol::card::{Card, CardState, Tab};
use protocol::entry::Outcome;
use protocol::{AgentId, ConversationId, HandoffId, Key, Refusal};
use socket::{AgentSide, Side as _};

use super::play::{Player, Standing};
use super::wire::Door;
use crate::chance::{Chance, now};

/// Commands of one claimer that are under way at once.
const AHEAD: usize = 3;
/// It looks at so many of those who wait the longest.
const OLDEST: usize = 12;

/// An attempt and what came of it.
#[derive(Debug, Clone)]
pub(crate) struct Attempt {
    pub(crate) verb: Verb,
    pub(crate) key: Key,
    pub(crate) handoff: HandoffId,
    pub(crate) conversation: ConversationId,
    pub(crate) invoked: Instant,
    pub(crate) answered: Option<(Instant, CameTo)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    Claim,
    Release,
    Resolve,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum CameTo {
    /// With the number of the entry that it wrote; none when nothing was left to do.
    Done(Option<u64>),
    TakenBy(AgentId),
    Full,
    Over,
    Refused(String),
}

/// A claimer.
pub(crate) struct Claimer {
    origin: String,
    cookie: String,
    pub(crate) me: Option<AgentId>,
    /// Who waits, the longest first; ids grow with time.
    pending: BTreeMap<HandoffId, ConversationId>,
    held: Vec<(HandoffId, ConversationId)>,
    pub(crate) attempts: Vec<Attempt>,
    open: HashMap<Key, (usize, AgentCommand)>,
    again: Vec<AgentCommand>,
    /// After so many of a thousand turns its connection breaks.
    breaks: u64,
    chance: Chance,
}

impl Claimer {
    pub(crate) fn new((origin, cookie): (String, String), breaks: u64, chance: Chance) -> Self {
        Self {
            origin,
            cookie,
            me: None,
            pending: BTreeMap::new(),
            held: Vec::new(),
            attempts: Vec::new(),
            open: HashMap::new(),
            again: Vec::new(),
            breaks,
            chance,
        }
    }

    fn tries(
        &mut self,
        verb: Verb,
        handoff: HandoffId,
        conversation: ConversationId,
    ) -> AgentCommand {
        let key = Key::new(now(), &self.chance.bytes());
        let command = match verb {
            Verb::Claim => AgentCommand::Claim {
                conversation,
                handoff,
                key,
            },
            Verb::Release => AgentCommand::Release {
                conversation,
                handoff,
                key,
            },
            Verb::Resolve => AgentCommand::Resolve {
                conversation,
                handoff,
                key,
                outcome: Outcome::Closed,
            },
        };
        self.open
            .insert(key, (self.attempts.len(), command.clone()));
        self.attempts.push(Attempt {
            verb,
            key,
            handoff,
            conversation,
            invoked: Instant::now(),
            answered: None,
        });
        command
    }

    fn answered(&mut self, key: Key, came_to: CameTo) {
        let Some((place, _)) = self.open.remove(&key) else {
            return;
        };
        let attempt = &mut self.attempts[place];
        let (handoff, conversation) = (attempt.handoff, attempt.conversation);
        if attempt.verb == Verb::Claim && matches!(came_to, CameTo::Done(_)) {
            self.held.push((handoff, conversation));
        }
        if came_to != CameTo::Full && attempt.verb == Verb::Claim {
            self.pending.remove(&handoff);
        }
        attempt.answered = Some((Instant::now(), came_to));
    }

    fn learns(&mut self, card: &Card) {
        self.pending
            .retain(|_, conversation| *conversation != card.conversation);
        if let CardState::Pending { handoff, .. } = card.state {
            self.pending.insert(handoff, card.conversation);
        }
    }

    fn asks_for(&self, handoff: HandoffId) -> bool {
        let open = self.open.values();
        open.into_iter()
            .any(|(place, _)| self.attempts[*place].handoff == handoff)
    }
}

impl Player for Claimer {
    type Side = AgentSide;

    fn door(&self) -> Door {
        let headers = vec![
            ("cookie", self.cookie.clone()),
            ("origin", self.origin.clone()),
        ];
        Door {
            path: "/ws/agent",
            headers,
            ..Door::default()
        }
    }

    fn start(&self) -> AgentCommand {
        AgentCommand::Start {
            tab: Tab::Pending,
            threads: Vec::new(),
        }
    }

    fn told(&mut self, event: AgentEvent) -> Vec<AgentCommand> {
        match event {
            AgentEvent::Welcome(welcome) => {
                self.me = Some(welcome.me);
                self.pending.clear();
                welcome.cards.iter().for_each(|card| self.learns(card));
            }
            AgentEvent::Cards { cards, .. } => cards.iter().for_each(|card| self.learns(card)),
            AgentEvent::CardChanged(card) => self.learns(&card),
            AgentEvent::Done { key, seq } => {
                self.answered(key, CameTo::Done(seq.map(|seq| seq.0)));
            }
            AgentEvent::Refused {
                key: Some(key),
                refusal,
                ..
            } => match refusal {
                // The link sends it again by itself.
                Refusal::TooFast { .. } => {}
                Refusal::Unavailable => {
                    self.again
                        .extend(self.open.get(&key).map(|(_, command)| command.clone()));
                }
                Refusal::TakenBy { agent, .. } => self.answered(key, CameTo::TakenBy(agent)),
                Refusal::ChatLimitReached { .. } => self.answered(key, CameTo::Full),
                Refusal::HandoffOver => self.answered(key, CameTo::Over),
                other => self.answered(key, CameTo::Refused(format!("{other:?}"))),
            },
            _ => {}
        }
        Vec::new()
    }

    fn turn(&mut self) -> Vec<AgentCommand> {
        if self.open.len() >= AHEAD {
            return Vec::new();
        }
        if !self.held.is_empty() && (self.pending.is_empty() || self.chance.percent(10)) {
            let (handoff, conversation) = self.held.remove(0);
            let verb = if self.chance.percent(15) {
                Verb::Release
            } else {
                Verb::Resolve
            };
            return vec![self.tries(verb, handoff, conversation)];
        }
        let oldest = self.pending.iter().take(OLDEST);
        let oldest: Vec<_> = oldest
            .map(|(handoff, conversation)| (*handoff, *conversation))
            .collect();
        match self.chance.one_of(&oldest).copied() {
            Some((handoff, _)) if self.asks_for(handoff) => Vec::new(),
            Some((handoff, conversation)) => vec![self.tries(Verb::Claim, handoff, conversation)],
            // What waited when it connected was more than a page, or there is nothing.
            None if self.chance.percent(5) => vec![AgentCommand::ListCards {
                tab: Tab::Pending,
                after: None,
            }],
            None => Vec::new(),
        }
    }

    fn again(&mut self) -> Vec<AgentCommand> {
        let again = std::mem::take(&mut self.again);
        let open = |command: &AgentCommand| {
            AgentSide::key(command).is_some_and(|key| self.open.contains_key(&key))
        };
        again.into_iter().filter(open).collect()
    }

    fn breaks(&mut self) -> bool {
        self.chance.below(1_000) < self.breaks
    }

    fn pause(&mut self) -> Duration {
        self.chance.within(Duration::from_millis(20))
    }

    fn standing(&self) -> Standing {
        Standing {
            unanswered: self.open.len(),
            ..Standing::default()
        }
    }
}
