//! A visitor: says things, may ask for a person, and notes what comes.

use std::collections::HashMap;
use std::time::Duration;

use protocol::entry::PublicEntry;
use protocol::visitor::{Page, Start, VisitorCommand, VisitorEvent};
use protocol::{ChatbotId, ConversationId, Key, PublicSeq, Refusal};
use socket::{Side as _, VisitorSide};

use super::play::{Player, Standing};
use super::wire::Door;
use crate::chance::{Chance, now};
use crate::history::{CameTo, History, public_line};

/// What a visitor does by itself.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    /// Whether it asks for a person first.
    pub(crate) asks: bool,
    /// Between two turns, at most.
    pub(crate) pause: Duration,
    /// How much it says; then it is silent.
    pub(crate) messages: u64,
    /// Unanswered commands at which it waits.
    pub(crate) ahead: usize,
}

/// A visitor.
pub(crate) struct Visitor {
    chatbot: ChatbotId,
    pub(crate) conversation: ConversationId,
    token: Option<String>,
    plan: Plan,
    asked: bool,
    pub(crate) spoke: u64,
    pub(crate) history: History,
    unanswered: HashMap<Key, VisitorCommand>,
    /// Refused for a reason that passes.
    again: Vec<VisitorCommand>,
    chance: Chance,
}

impl Visitor {
    pub(crate) fn new(chatbot: ChatbotId, plan: Plan, mut chance: Chance) -> Self {
        Self {
            chatbot,
            conversation: ConversationId::new(now(), &chance.bytes()),
            token: None,
            plan,
            asked: false,
            spoke: 0,
            history: History::default(),
            unanswered: HashMap::new(),
            again: Vec::new(),
            chance,
        }
    }

    fn says(
        &mut self,
        text: Option<String>,
        make: impl Fn(Key) -> VisitorCommand,
    ) -> VisitorCommand {
        let key = Key::new(now(), &self.chance.bytes());
        let command = make(key);
        self.history.says(key, self.conversation, text);
        self.unanswered.insert(key, command.clone());
        command
    }

    fn saw(&mut self, entry: &PublicEntry) {
        let line = public_line(entry);
        self.history.saw(self.conversation, entry.seq.0, line);
    }
}

impl Player for Visitor {
    type Side = VisitorSide;

    fn door(&self) -> Door {
        Door {
            path: "/ws/visitor",
            ..Door::default()
        }
    }

    fn start(&self) -> VisitorCommand {
        VisitorCommand::Start(Start {
            token: self.token.clone(),
            chatbot: self.chatbot,
            conversation: self.conversation,
            after: PublicSeq(self.history.last(self.conversation)),
            page: Page {
                url: "https://shop.example/tents".to_owned(),
                title: "Tents".to_owned(),
                referrer: String::new(),
            },
            locale: "en-GB".to_owned(),
        })
    }

    fn told(&mut self, event: VisitorEvent) -> Vec<VisitorCommand> {
        match event {
            VisitorEvent::Welcome(welcome) => {
                if welcome.token.is_some() {
                    self.token = welcome.token;
                }
                // Before anything was said, the server may name another.
                self.conversation = welcome.conversation;
                for entry in &welcome.entries {
                    self.saw(entry);
                }
            }
            VisitorEvent::EntryAdded(entry) => self.saw(&entry),
            VisitorEvent::Done { key, seq } => {
                self.unanswered.remove(&key);
                let seq = seq.map(|seq| seq.0);
                self.history.answered(key, CameTo::Done(seq));
            }
            VisitorEvent::Refused {
                key: Some(key),
                refusal,
                ..
            } => match refusal {
                // The link sends it again by itself.
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

    fn turn(&mut self) -> Vec<VisitorCommand> {
        if self.unanswered.len() >= self.plan.ahead {
            return Vec::new();
        }
        if self.plan.asks && !self.asked {
            self.asked = true;
            return vec![self.says(None, |key| VisitorCommand::AskForHuman { key })];
        }
        if self.spoke >= self.plan.messages {
            return Vec::new();
        }
        self.spoke += 1;
        let text = format!("Line {} {:x}", self.spoke, self.chance.next());
        let said = text.clone();
        vec![self.says(Some(text), move |key| VisitorCommand::Say {
            key,
            text: said.clone(),
            attachments: Vec::new(),
        })]
    }

    fn again(&mut self) -> Vec<VisitorCommand> {
        let again = std::mem::take(&mut self.again);
        // It may have been answered meanwhile, on another connection.
        let open = |command: &VisitorCommand| {
            VisitorSide::key(command).is_some_and(|key| self.unanswered.contains_key(&key))
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
