//! An agent with every conversation open.

use std::collections::BTreeMap;

use protocol::agent::{AgentCommand, AgentEvent, ThreadPosition};
use protocol::card::{Card, CardState, Tab};
use protocol::entry::{Destination, Entry, Outcome};
use protocol::{AgentId, ConversationId, Key, Seq};
use socket::AgentSide;

use super::chance::Chance;
use super::client::{Asked, Keys, Screen};
use super::truth::Truth;
use crate::wire::{card, entry};

pub(super) struct Json;

impl socket::Codec for Json {
    type Side = AgentSide;
    const BINARY: bool = false;

    fn subprotocol() -> String {
        protocol::schema::JSON.to_owned()
    }

    fn encode(command: &AgentCommand) -> Vec<u8> {
        serde_json::to_vec(command).expect("a command is plain data")
    }

    fn decode(frame: &[u8]) -> Option<AgentEvent> {
        serde_json::from_slice(frame).ok()
    }
}

pub(super) struct Agent {
    id: AgentId,
    /// The newest of every conversation that was told of.
    cards: BTreeMap<ConversationId, Card>,
    threads: BTreeMap<ConversationId, Vec<Entry>>,
}

impl Agent {
    pub(super) fn new(id: AgentId) -> Self {
        Self {
            id,
            cards: BTreeMap::new(),
            threads: BTreeMap::new(),
        }
    }

    /// Keeps the newer card; a conversation that is new is opened.
    fn keep(&mut self, card: Card) -> Option<AgentCommand> {
        let id = card.conversation;
        let known = self
            .cards
            .get(&id)
            .is_some_and(|known| known.version >= card.version);
        if !known {
            self.cards.insert(id, card);
        }
        let opens = !self.threads.contains_key(&id);
        opens.then_some(AgentCommand::OpenThread {
            conversation: id,
            after: Seq(0),
        })
    }

    fn add(&mut self, conversation: ConversationId, entry: Entry) {
        let Some(entries) = self.threads.get_mut(&conversation) else {
            return;
        };
        if let Some(last) = entries.last() {
            if entry.seq <= last.seq {
                let held = entries.iter().find(|held| held.seq == entry.seq);
                assert!(
                    held.is_none_or(|held| *held == entry),
                    "{held:?} became {entry:?}"
                );
                return;
            }
            assert_eq!(last.seq.next(), entry.seq, "a gap");
        }
        entries.push(entry);
    }

    fn in_a_pending(
        &self,
        card: &Card,
        keys: &mut Keys,
        chance: &mut Chance,
    ) -> Option<AgentCommand> {
        let (conversation, key) = (card.conversation, keys.key());
        let CardState::Pending { handoff, .. } = card.state else {
            return None;
        };
        Some(match chance.below(10) {
            0..5 => AgentCommand::Claim {
                conversation,
                handoff,
                key,
            },
            5..8 => AgentCommand::Say {
                conversation,
                key,
                text: "I am here.".to_owned(),
                attachments: Vec::new(),
            },
            _ => AgentCommand::Reject {
                conversation,
                handoff,
                key,
            },
        })
    }

    fn in_an_active(
        &self,
        card: &Card,
        keys: &mut Keys,
        (chance, truth): (&mut Chance, &Truth),
    ) -> Option<AgentCommand> {
        let (conversation, key) = (card.conversation, keys.key());
        let CardState::Active { handoff, .. } = card.state else {
            return None;
        };
        Some(match chance.below(20) {
            0..9 => AgentCommand::Say {
                conversation,
                key,
                text: "Let me look.".to_owned(),
                attachments: Vec::new(),
            },
            9..12 => AgentCommand::AddNote {
                conversation,
                key,
                text: "They are nice.".to_owned(),
                attachments: Vec::new(),
            },
            12..15 => {
                let outcomes = [Outcome::Closed, Outcome::RestoredToAi];
                let outcome = chance.one_of(&outcomes)?;
                AgentCommand::Resolve {
                    conversation,
                    handoff,
                    key,
                    outcome,
                }
            }
            15..17 => AgentCommand::Release {
                conversation,
                handoff,
                key,
            },
            17 => {
                let colleague = chance.one_of(&truth.team)?;
                let to = chance.one_of(&[Destination::Queue, Destination::Agent(colleague)])?;
                AgentCommand::Transfer {
                    conversation,
                    handoff,
                    key,
                    to,
                    note: "Please.".to_owned(),
                }
            }
            _ => {
                let seq = self.threads.get(&conversation)?.last()?.seq;
                AgentCommand::Read { conversation, seq }
            }
        })
    }

    fn check(&self, key: Key, seq: Option<Seq>, truth: &Truth) {
        let Some(seq) = seq else { return };
        let mut entries = truth
            .conversations()
            .into_iter()
            .flat_map(|one| truth.entries(one.id));
        let found = entries
            .any(|entry| entry.seq == seq && entry.write.is_some_and(|write| write.key == key));
        assert!(found, "{key:?} was answered and is not kept");
    }
}

impl Screen for Agent {
    type Codec = Json;

    fn start(&self) -> AgentCommand {
        let threads = self
            .threads
            .iter()
            .map(|(conversation, entries)| ThreadPosition {
                conversation: *conversation,
                after: entries.last().map_or(Seq(0), |last| last.seq),
            });
        AgentCommand::Start {
            tab: Tab::Pending,
            threads: threads.collect(),
        }
    }

    fn hears(&mut self, event: AgentEvent, asked: &mut Asked, truth: &Truth) -> Vec<AgentCommand> {
        match event {
            AgentEvent::Welcome(welcome) => {
                asked.welcomed();
                return welcome
                    .cards
                    .into_iter()
                    .filter_map(|card| self.keep(card))
                    .collect();
            }
            AgentEvent::CardChanged(card) => return self.keep(card).into_iter().collect(),
            AgentEvent::Thread(thread) => {
                let id = thread.card.conversation;
                self.threads.entry(id).or_default();
                thread
                    .entries
                    .into_iter()
                    .for_each(|entry| self.add(id, entry));
                self.keep(thread.card);
            }
            AgentEvent::EntryAdded {
                conversation,
                entry,
            } => self.add(conversation, entry),
            AgentEvent::Done { key, seq } => {
                self.check(key, seq, truth);
                asked.done(key, seq.map(|seq| seq.0));
            }
            AgentEvent::Refused { key, .. } => asked.refused(key),
            AgentEvent::Cards { .. }
            | AgentEvent::CardGone { .. }
            | AgentEvent::CountsChanged(_)
            | AgentEvent::LabelsChanged(_)
            | AgentEvent::TeamChanged(_)
            | AgentEvent::Earlier { .. }
            | AgentEvent::ReadByVisitor { .. }
            | AgentEvent::TypingChanged { .. }
            | AgentEvent::PresenceChanged { .. }
            | AgentEvent::VisitorPresenceChanged { .. }
            | AgentEvent::Replies { .. }
            | AgentEvent::RepliesChanged
            | AgentEvent::DraftChanged { .. }
            | AgentEvent::Mentioned(_)
            | AgentEvent::MentionsSeen { .. }
            | AgentEvent::PreviewChanged { .. }
            | AgentEvent::ViewersChanged { .. }
            | AgentEvent::Found { .. }
            | AgentEvent::Views { .. }
            | AgentEvent::ViewsChanged
            | AgentEvent::Panel(_)
            | AgentEvent::Notes { .. }
            | AgentEvent::ContactChanged { .. }
            | AgentEvent::NoteText { .. }
            | AgentEvent::PanelChanged { .. }
            | AgentEvent::CardsByDue { .. }
            | AgentEvent::Pong => {}
        }
        Vec::new()
    }

    fn acts(
        &mut self,
        keys: &mut Keys,
        chance: &mut Chance,
        truth: &Truth,
    ) -> Option<AgentCommand> {
        let ids: Vec<_> = self.cards.keys().copied().collect();
        let card = &self.cards[&chance.one_of(&ids)?];
        match card.state {
            CardState::Pending { .. } => self.in_a_pending(card, keys, chance),
            CardState::Active { agent, .. } if agent == self.id || chance.percent(10) => {
                self.in_an_active(card, keys, (chance, truth))
            }
            _ if chance.percent(10) => Some(AgentCommand::StepIn {
                conversation: card.conversation,
                key: keys.key(),
            }),
            _ => None,
        }
    }

    fn judge(&self, truth: &Truth) {
        for conversation in truth.conversations() {
            let expected = card::card(conversation);
            let pending = matches!(expected.state, CardState::Pending { .. });
            let Some(entries) = self.threads.get(&conversation.id) else {
                assert!(!pending, "nobody told {:?} of {conversation:?}", self.id);
                continue;
            };
            let kept: Vec<_> = truth
                .entries(conversation.id)
                .iter()
                .map(entry::entry)
                .collect();
            let held = entries
                .first()
                .map_or(kept.len(), |first| first.seq.0 as usize - 1);
            assert_eq!(&kept[held..], entries, "the agent sees what was committed");
            assert_eq!(
                expected, self.cards[&conversation.id],
                "the card is the newest"
            );
        }
    }
}
