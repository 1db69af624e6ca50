//! Made-up commands: mostly what people would do, sometimes what nobody should.

use domain::command::Reply;
use domain::conversation::Run;
use domain::{Command, HandoffState, Opening, Write};
use protocol::entry::{Destination, Outcome};
use protocol::label::LabelChange;
use protocol::lead::LeadDetails;
use protocol::{AgentId, ConversationId, HandoffId, PublicSeq, Seq, Timestamp};

use super::{CONVERSATIONS, History};
use crate::desk::{
    ANA, BEN, BUSY, CHATBOT, FOREIGN, GROUP, OFFLINE, OTHER_CHATBOT, UNASSIGNED, UNCLEAR_WISH,
    WISH, agent, category, chatbot, conversation, group, handoff, key, run, tag, visitor,
    workspace,
};

impl History {
    pub(super) fn number(&mut self) -> u32 {
        self.made += 1;
        self.made
    }

    fn write(&mut self) -> Write {
        let number = self.number();
        let used: Option<u32> = self.chance.percent(4).then(|| {
            let newest = u64::from(number) - 1_000;
            1_000 + u32::try_from(1 + self.chance.below(newest)).expect("a small number")
        });
        Write {
            key: key(used.unwrap_or(number)),
            digest: i64::from(number),
        }
    }

    pub(super) fn anybody(&mut self) -> AgentId {
        agent(*self.chance.one_of(&[
            ANA, ANA, ANA, BEN, BEN, BEN, BUSY, BUSY, OFFLINE, UNASSIGNED, FOREIGN,
        ]))
    }

    /// Mostly whoever holds the conversation or is asked to, if anybody does.
    fn somebody(&mut self, conversation: ConversationId) -> AgentId {
        let found = self.kept.conversations.get(&conversation);
        let handoff = found.and_then(|found| found.handoff.as_ref());
        let holder = handoff.and_then(|handoff| match &handoff.state {
            HandoffState::Active(holding) => Some(holding.claim.agent),
            HandoffState::Pending(waiting) => waiting.offer.map(|offer| offer.agent),
            _ => None,
        });
        match holder {
            Some(holder) if self.chance.percent(60) => holder,
            _ => self.anybody(),
        }
    }

    fn conversation(&mut self) -> ConversationId {
        conversation(1 + u32::try_from(self.chance.below(CONVERSATIONS)).expect("a small number"))
    }

    /// Mostly the newest handoff; sometimes an older one, one of another conversation, or none.
    fn handoff(&mut self, conversation: ConversationId) -> HandoffId {
        let all: Vec<HandoffId> = self.kept.handoffs.keys().copied().collect();
        let found = self.kept.conversations.get(&conversation);
        match found.and_then(|found| found.handoff.as_ref()) {
            Some(newest) if self.chance.percent(85) => newest.id,
            _ if !all.is_empty() => *self.chance.one_of(&all),
            _ => handoff(999),
        }
    }

    /// Each conversation has a visitor and a chatbot of its own; sometimes a stranger tries it.
    fn opening(&mut self, conversation_id: ConversationId) -> Opening {
        let number = (1..=3)
            .find(|number| conversation(*number) == conversation_id)
            .expect("there are three conversations");
        let through = if number == 3 { OTHER_CHATBOT } else { CHATBOT };
        let stranger = self.chance.percent(3);
        Opening {
            conversation: conversation_id,
            workspace: workspace(1),
            chatbot: chatbot(through),
            visitor: visitor(if stranger { 9 } else { number }),
            visitor_name: "Mira".to_owned(),
            locale: "en".to_owned(),
        }
    }

    fn text(&mut self) -> String {
        let texts = [
            "Hello?",
            "And on Monday?",
            "Thank you.",
            "Yes.",
            "No.",
            "This is ridiculous",
            "How do I get a refund?",
            WISH,
            UNCLEAR_WISH,
        ];
        if self.chance.percent(2) {
            return " ".to_owned();
        }
        (*self.chance.one_of(&texts)).to_owned()
    }

    pub(super) fn command(&mut self) -> Command {
        if !self.sent.is_empty() && self.chance.percent(8) {
            return self.chance.one_of(&self.sent).clone();
        }
        let conversation = self.conversation();
        let begun = self.kept.conversations.contains_key(&conversation);
        let kind = if begun || self.chance.percent(10) {
            self.chance.below(30)
        } else {
            // Mostly a visitor begins it.
            self.chance.below(8)
        };
        match kind {
            0..5 => Command::VisitorSays {
                opening: self.opening(conversation),
                write: self.write(),
                text: self.text(),
                attachments: Vec::new(),
                run: run(self.number()),
                fresh: self.fresh(),
            },
            5..8 => Command::AskForHuman {
                opening: self.opening(conversation),
                write: self.write(),
                fresh: self.fresh(),
            },
            8 => Command::CancelHandoff {
                conversation,
                write: self.write(),
            },
            9 => Command::VisitorReads {
                conversation,
                seq: PublicSeq(self.chance.below(12)),
            },
            10 => Command::AnswerProposal {
                conversation,
                write: self.write(),
                accept: self.chance.percent(50),
                fresh: self.fresh(),
            },
            11 => Command::SendForm {
                opening: self.opening(conversation),
                write: self.write(),
                details: LeadDetails {
                    email: if self.chance.percent(80) {
                        "mira@example.org".to_owned()
                    } else {
                        String::new()
                    },
                    ..LeadDetails::default()
                },
                fresh: self.fresh(),
            },
            12..15 => self.ai_answers(),
            15 => Command::Route {
                conversation,
                fresh: self.fresh(),
            },
            16 => Command::LookAfter {
                conversation,
                agent: self.somebody(conversation),
                fresh: self.fresh(),
            },
            17 => Command::TimeComes {
                conversation,
                visitor_connected: self.chance.percent(70),
                fresh: self.fresh(),
            },
            _ => self.by_an_agent(conversation),
        }
    }

    fn by_an_agent(&mut self, conversation: ConversationId) -> Command {
        let agent = self.somebody(conversation);
        let write = self.write();
        let handoff = self.handoff(conversation);
        match self.chance.below(21) {
            0..3 => Command::AgentSays {
                conversation,
                agent,
                write,
                text: self.text(),
                attachments: Vec::new(),
            },
            3 => Command::AddNote {
                conversation,
                agent,
                write,
                text: self.text(),
                attachments: Vec::new(),
                mentions: Vec::new(),
            },
            4..6 => Command::Claim {
                conversation,
                agent,
                write,
                handoff,
            },
            6 => Command::Reject {
                conversation,
                agent,
                write,
                handoff,
                fresh: self.fresh(),
            },
            7 => Command::StepIn {
                conversation,
                agent,
                write,
                fresh: self.fresh(),
            },
            8..10 => Command::Transfer {
                conversation,
                agent,
                write,
                handoff,
                to: self.destination(),
                note: self.text(),
                fresh: self.fresh(),
            },
            10 => Command::Release {
                conversation,
                agent,
                write,
                handoff,
                fresh: self.fresh(),
            },
            11 => Command::Resolve {
                conversation,
                agent,
                write,
                handoff,
                outcome: *self.chance.one_of(&[
                    Outcome::RestoredToAi,
                    Outcome::RestoredToAi,
                    Outcome::Closed,
                    Outcome::Spam,
                ]),
            },
            12..14 => Command::Snooze {
                conversation,
                agent,
                write,
                handoff,
                until: self.later(),
            },
            14 => Command::Wake {
                conversation,
                agent,
                write,
                handoff,
            },
            17..19 => Command::Join {
                conversation,
                agent,
                write,
                handoff,
            },
            19 => Command::Leave {
                conversation,
                agent,
                write,
                handoff,
            },
            15 => Command::Label {
                conversation,
                agent,
                write,
                change: self.label(),
                known: self.chance.below(8) > 0,
            },
            // More often let again than blocked: a blocked one has no history.
            16 => Command::Block {
                conversation,
                agent,
                write,
                blocked: self.chance.percent(25),
            },
            _ => Command::AgentReads {
                conversation,
                agent,
                seq: Seq(self.chance.below(20)),
            },
        }
    }

    /// Until when something is put aside, the past included.
    fn later(&mut self) -> Option<Timestamp> {
        let minutes = i64::try_from(self.chance.below(300)).expect("a small number");
        let at = self.now.millis() + (minutes - 10) * 60_000;
        self.chance.percent(70).then_some(Timestamp(at))
    }

    fn label(&mut self) -> LabelChange {
        let number = u32::try_from(self.chance.below(4)).expect("a small number");
        match self.chance.below(4) {
            0 => LabelChange::Category(None),
            1 => LabelChange::Category(Some(category(number))),
            2 => LabelChange::AddTag(tag(number)),
            _ => LabelChange::RemoveTag(tag(number)),
        }
    }

    fn destination(&mut self) -> Destination {
        match self.chance.below(5) {
            0 => Destination::Queue,
            1 => Destination::Group(group(GROUP)),
            _ => Destination::Agent(self.anybody()),
        }
    }

    /// The AI comes back with an attempt it once began, open or long void.
    fn ai_answers(&mut self) -> Command {
        let conversation = self.conversation();
        let open = self
            .kept
            .conversations
            .get(&conversation)
            .and_then(|found| found.run);
        let (conversation, run) = match open {
            Some(run) if self.chance.percent(60) => (conversation, run),
            _ if !self.begun.is_empty() => *self.chance.one_of(&self.begun),
            _ => (
                conversation,
                Run {
                    id: run(999),
                    epoch: 0,
                    question: Seq(1),
                },
            ),
        };
        let reply = if self.chance.percent(50) {
            Reply::Unknown
        } else {
            Reply::Answer {
                markdown: "It is.".to_owned(),
                sources: Vec::new(),
                choices: Vec::new(),
            }
        };
        Command::AiAnswers {
            conversation,
            run: run.id,
            epoch: run.epoch + u64::from(self.chance.percent(5)),
            reply,
            fresh: self.fresh(),
        }
    }
}
