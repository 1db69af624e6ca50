//! A visitor, who sees only what visitors may see.

use protocol::entry::PublicEntry;
use protocol::visitor::{Page, Start, StateLine, VisitorCommand, VisitorEvent};
use protocol::{ChatbotId, ConversationId, Key, PublicSeq, Timestamp};
use socket::VisitorSide;

use super::chance::Chance;
use super::client::{Asked, Keys, Screen};
use super::truth::Truth;
use crate::wire::entry;
use crate::wire::face::Faces;

pub(super) struct Json;

impl socket::Codec for Json {
    type Side = VisitorSide;
    const BINARY: bool = false;

    fn subprotocol() -> String {
        protocol::schema::JSON.to_owned()
    }

    fn encode(command: &VisitorCommand) -> Vec<u8> {
        serde_json::to_vec(command).expect("a command is plain data")
    }

    fn decode(frame: &[u8]) -> Option<VisitorEvent> {
        serde_json::from_slice(frame).ok()
    }
}

pub(super) struct Visitor {
    /// The first visitor never asks for a person: the AI has all their questions to answer.
    wants_people: bool,
    chatbot: ChatbotId,
    conversation: ConversationId,
    entries: Vec<PublicEntry>,
    line: StateLine,
}

impl Visitor {
    pub(super) fn new(number: u64, chatbot: ChatbotId) -> Self {
        let mut random = [7; 10];
        random[2..].copy_from_slice(&number.to_be_bytes());
        Self {
            wants_people: number > 0,
            chatbot,
            conversation: ConversationId::new(Timestamp(1), &random),
            entries: Vec::new(),
            line: StateLine::Assistant,
        }
    }

    fn last(&self) -> PublicSeq {
        self.entries.last().map_or(PublicSeq(0), |last| last.seq)
    }

    /// An entry comes in order, or was here before.
    fn add(&mut self, entry: PublicEntry) {
        if entry.seq <= self.last() {
            let held = self.entries.iter().find(|held| held.seq == entry.seq);
            assert!(
                held.is_none_or(|held| *held == entry),
                "{held:?} became {entry:?}"
            );
            return;
        }
        if let Some(last) = self.entries.last() {
            assert_eq!(last.seq.next(), entry.seq, "a gap");
        }
        self.entries.push(entry);
    }

    /// What was answered is in the database.
    fn check(&self, key: Key, seq: Option<PublicSeq>, truth: &Truth) {
        let entries = truth.entries(self.conversation);
        let found = entries
            .iter()
            .find(|entry| entry.write.is_some_and(|write| write.key == key));
        // Nothing had to be written when somebody asked twice for a person.
        if seq.is_some() {
            assert_eq!(seq, found.and_then(|found| found.public_seq), "{key:?}");
        }
    }
}

impl Screen for Visitor {
    type Codec = Json;

    fn start(&self) -> VisitorCommand {
        VisitorCommand::Start(Start {
            token: None,
            chatbot: self.chatbot,
            conversation: self.conversation,
            after: self.last(),
            page: Page::default(),
            locale: "en".to_owned(),
        })
    }

    fn hears(
        &mut self,
        event: VisitorEvent,
        asked: &mut Asked,
        truth: &Truth,
    ) -> Vec<VisitorCommand> {
        match event {
            VisitorEvent::Welcome(welcome) => {
                asked.welcomed();
                self.line = welcome.line;
                welcome
                    .entries
                    .into_iter()
                    .for_each(|entry| self.add(entry));
            }
            VisitorEvent::EntryAdded(entry) => self.add(entry),
            VisitorEvent::LineChanged(line) => self.line = line,
            VisitorEvent::Done { key, seq } => {
                self.check(key, seq, truth);
                asked.done(key, seq.map(|seq| seq.0));
            }
            VisitorEvent::Refused { key, .. } => asked.refused(key),
            VisitorEvent::Earlier { .. }
            | VisitorEvent::WidgetChanged(_)
            | VisitorEvent::TypingChanged { .. }
            | VisitorEvent::ReadByTeam { .. }
            | VisitorEvent::Pong => {}
        }
        Vec::new()
    }

    fn acts(&mut self, keys: &mut Keys, chance: &mut Chance, _: &Truth) -> Option<VisitorCommand> {
        let key = keys.key();
        let says = if self.wants_people { 55 } else { 85 };
        Some(match chance.below(100) {
            least if least < says => VisitorCommand::Say {
                key,
                text: format!("Is it so? {}", chance.below(1_000)),
                attachments: Vec::new(),
            },
            55..70 => VisitorCommand::AskForHuman { key },
            70..78 => VisitorCommand::CancelHandoff { key },
            78..86 => VisitorCommand::AnswerProposal {
                key,
                accept: chance.percent(60),
            },
            _ => VisitorCommand::Read { seq: self.last() },
        })
    }

    fn judge(&self, truth: &Truth) {
        let faces = Faces::default();
        let entries = truth.entries(self.conversation).iter();
        let public: Vec<_> = entries
            .filter_map(|one| entry::public_entry(one, &faces))
            .collect();
        let held = self
            .entries
            .first()
            .map_or(0, |first| first.seq.0 as usize - 1);
        assert_eq!(
            &public[held..],
            self.entries,
            "the visitor sees what was committed"
        );
        let Some(conversation) = truth.conversation(self.conversation) else {
            return;
        };
        let expected = std::mem::discriminant(&match conversation.line() {
            domain::conversation::Line::Assistant => StateLine::Assistant,
            domain::conversation::Line::Proposed => StateLine::Proposed,
            // The place is told by another job, which is not played here.
            domain::conversation::Line::Waiting => return,
            domain::conversation::Line::LeaveDetails => StateLine::LeaveDetails,
            domain::conversation::Line::ByMail => StateLine::ByMail,
            domain::conversation::Line::Person(agent) => StateLine::Person(faces.get(agent)),
            domain::conversation::Line::Closed => StateLine::Closed,
        });
        assert_eq!(
            expected,
            std::mem::discriminant(&self.line),
            "{:?} for {conversation:?}",
            self.line
        );
    }
}
