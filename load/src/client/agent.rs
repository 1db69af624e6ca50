//! An agent: takes who waits, follows conversations, answers, writes notes, and notes what comes.

use std::collections::HashMap;
use std::time::Duration;

use protocol::agent::{AgentCommand, AgentEvent, ThreadPosition};
use protocol::card::{Card, CardState, Tab};
use protocol::entry::Entry;
use protocol::{AgentId, ConversationId, HandoffId, Key, Refusal, Seq};
use socket::{AgentSide, Side as _};

use super::play::{Player, Standing};
use super::wire::Door;
use crate::chance::{Chance, now};
use crate::history::{CameTo, History, line};

/// What an agent does by itself.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    /// Between two turns, at most.
    pub(crate) pause: Duration,
    /// Unanswered commands at which it waits.
    pub(crate) ahead: usize,
    /// Of a hundred turns, those that write a note.
    pub(crate) notes: u64,
}

/// An agent.
pub(crate) struct Agent {
    cookie: String,
    origin: String,
    plan: Plan,
    pub(crate) me: Option<AgentId>,
    /// The conversations it follows.
    follows: Vec<ConversationId>,
    cards: HashMap<ConversationId, Card>,
    spoke: u64,
    pub(crate) history: History,
    unanswered: HashMap<Key, AgentCommand>,
    again: Vec<AgentCommand>,
    chance: Chance,
}

impl Agent {
    /// Somebody who is signed in and follows these.
    pub(crate) fn new(
        (origin, cookie): (String, String),
        follows: Vec<ConversationId>,
        plan: Plan,
        chance: Chance,
    ) -> Self {
        Self {
            cookie,
            origin,
            plan,
            me: None,
            follows,
            cards: HashMap::new(),
            spoke: 0,
            history: History::default(),
            unanswered: HashMap::new(),
            again: Vec::new(),
            chance,
        }
    }

    fn says(
        &mut self,
        conversation: ConversationId,
        text: Option<String>,
        make: impl FnOnce(Key) -> AgentCommand,
    ) -> AgentCommand {
        let key = Key::new(now(), &self.chance.bytes());
        let command = make(key);
        self.history.says(key, conversation, text);
        self.unanswered.insert(key, command.clone());
        command
    }

    fn learns(&mut self, card: &Card) {
        let newer = |known: &Card| known.version < card.version;
        if self.cards.get(&card.conversation).is_none_or(newer) {
            self.cards.insert(card.conversation, card.clone());
        }
    }

    /// A page came; the one in front of it is asked for as long as there is one.
    fn page(
        &mut self,
        conversation: ConversationId,
        entries: &[Entry],
        more: bool,
    ) -> Vec<AgentCommand> {
        for entry in entries {
            self.history.holds(conversation, entry.seq.0, line(entry));
        }
        let before = entries.first().filter(|_| more).map(|first| first.seq);
        let earlier = |before| AgentCommand::LoadEarlier {
            conversation,
            before,
        };
        before.into_iter().map(earlier).collect()
    }

    /// Somebody who waits, and for whom it is not asking already.
    fn waiting(&self) -> Vec<(ConversationId, HandoffId)> {
        let asking = |conversation| {
            let commands = self.unanswered.values();
            commands
                .into_iter()
                .any(|command| matches!(command, AgentCommand::Claim { conversation: c, .. } if *c == conversation))
        };
        let cards = self.cards.values();
        let waiting = cards.filter_map(|card| match card.state {
            CardState::Pending { handoff, .. } => Some((card.conversation, handoff)),
            _ => None,
        });
        waiting
            .filter(|(conversation, _)| !asking(*conversation))
            .collect()
    }

    fn holding(&self) -> Vec<ConversationId> {
        let cards = self.cards.values();
        let held = cards.filter(
            |card| matches!(card.state, CardState::Active { agent, .. } if Some(agent) == self.me),
        );
        held.map(|card| card.conversation).collect()
    }
}

impl Player for Agent {
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
        let follows = self.follows.iter();
        let threads = follows.map(|conversation| ThreadPosition {
            conversation: *conversation,
            after: Seq(self.history.last(*conversation)),
        });
        AgentCommand::Start {
            tab: Tab::Pending,
            threads: threads.collect(),
        }
    }

    fn told(&mut self, event: AgentEvent) -> Vec<AgentCommand> {
        match event {
            AgentEvent::Welcome(welcome) => {
                self.me = Some(welcome.me);
                for card in &welcome.cards {
                    self.learns(card);
                }
            }
            AgentEvent::Thread(thread) => {
                self.learns(&thread.card);
                let conversation = thread.card.conversation;
                return self.page(conversation, &thread.entries, thread.more);
            }
            AgentEvent::Earlier {
                conversation,
                entries,
                more,
            } => return self.page(conversation, &entries, more),
            AgentEvent::EntryAdded {
                conversation,
                entry,
            } => self.history.saw(conversation, entry.seq.0, line(&entry)),
            AgentEvent::CardChanged(card) => self.learns(&card),
            AgentEvent::Done { key, seq } => {
                self.unanswered.remove(&key);
                let seq = seq.map(|seq| seq.0);
                self.history.answered(key, CameTo::Done(seq));
            }
            AgentEvent::Refused {
                key: Some(key),
                refusal,
                ..
            } => match refusal {
                Refusal::TooFast { .. } => {}
                Refusal::Unavailable => self.again.extend(self.unanswered.get(&key).cloned()),
                refusal => {
                    self.unanswered.remove(&key);
                    let why = format!("{refusal:?}");
                    self.history.answered(key, CameTo::Refused(why));
                }
            },
            _ => {}
        }
        Vec::new()
    }

    fn turn(&mut self) -> Vec<AgentCommand> {
        if self.unanswered.len() >= self.plan.ahead {
            return Vec::new();
        }
        let waiting = self.waiting();
        if let Some(&(conversation, handoff)) = self.chance.one_of(&waiting) {
            return vec![self.says(conversation, None, |key| AgentCommand::Claim {
                conversation,
                handoff,
                key,
            })];
        }
        self.spoke += 1;
        let text = format!("Reply {} {:x}", self.spoke, self.chance.next());
        let words = Some(text.clone());
        if self.chance.percent(self.plan.notes) {
            let Some(&conversation) = self.chance.one_of(&self.follows) else {
                return Vec::new();
            };
            return vec![self.says(conversation, words, |key| AgentCommand::AddNote {
                conversation,
                key,
                text,
                attachments: Vec::new(),
            })];
        }
        let Some(&conversation) = self.chance.one_of(&self.holding()) else {
            return Vec::new();
        };
        vec![self.says(conversation, words, |key| AgentCommand::Say {
            conversation,
            key,
            text,
            attachments: Vec::new(),
        })]
    }

    fn again(&mut self) -> Vec<AgentCommand> {
        let again = std::mem::take(&mut self.again);
        // It may have been answered meanwhile, on another connection.
        let open = |command: &AgentCommand| {
            AgentSide::key(command).is_some_and(|key| self.unanswered.contains_key(&key))
        };
        again.into_iter().filter(open).collect()
    }

    fn pause(&mut self) -> Duration {
        self.chance.within(self.plan.pause)
    }

    fn standing(&self) -> Standing {
        Standing {
            unanswered: self.unanswered.len(),
            held: self.history.held(),
            retold: self.history.retold,
        }
    }
}
