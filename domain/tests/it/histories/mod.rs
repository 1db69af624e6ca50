//! Thousands of made-up histories: whatever people do, and in whatever order, the rules hold.

mod chance;
mod kept;

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use domain::command::Reply;
use domain::conversation::Run;
use domain::{Command, Done, Facts, Opening, Refusal, Write};
use protocol::entry::Outcome;
use protocol::person::Availability;
use protocol::{AgentId, ConversationId, HandoffId, PublicSeq, Seq, Timestamp};

use crate::desk::{
    ANA, BEN, BUSY, CHATBOT, Desk, FOREIGN, OFFLINE, OTHER_CHATBOT, UNASSIGNED, WISH, agent,
    chatbot, conversation, handoff, key, run, visitor, workspace,
};
use chance::Chance;
use kept::Kept;

const HISTORIES: u64 = 2_500;
const COMMANDS: usize = 60;
const CONVERSATIONS: u64 = 3;

/// What a history did, to be sure that the histories reach what they are to test.
#[derive(Debug, Default)]
struct Played {
    wrote: usize,
    repeated: usize,
    handoffs_over: usize,
    released: usize,
    answered_by_ai: usize,
    refused: HashMap<String, usize>,
}

#[test]
fn whatever_people_do_the_rules_hold() {
    let mut played = Played::default();
    for seed in 0..HISTORIES {
        let history = catch_unwind(AssertUnwindSafe(|| {
            History::begin(seed).play(&mut played);
        }));
        if let Err(failure) = history {
            eprintln!("the history of seed {seed} broke a rule");
            resume_unwind(failure);
        }
    }
    println!("{played:#?}");
    assert!(played.wrote > 30_000);
    assert!(played.repeated > 1_000);
    assert!(played.handoffs_over > 3_000);
    assert!(played.released > 500);
    assert!(played.answered_by_ai > 1_000);
    for refusal in [
        "TakenBy",
        "HeldBy",
        "NotHeld",
        "HandoffOver",
        "NotWaiting",
        "NotOnline",
        "ChatLimitReached",
        "NotFound",
        "OutcomeNotAllowed",
        "TextEmpty",
        "KeyReused",
    ] {
        assert!(played.refused.contains_key(refusal), "{refusal} never came");
    }
}

/// A team, a few visitors, and what they did so far.
struct History {
    chance: Chance,
    kept: Kept,
    now: Timestamp,
    made: u32,
    /// Commands sent before: each may come again.
    sent: Vec<Command>,
    /// Attempts the AI ever began: each may come back at any time.
    begun: Vec<(ConversationId, Run)>,
    /// The first answers, by which repeated commands are judged.
    answers: HashMap<(ConversationId, domain::command::Writer, protocol::Key), (i64, Done)>,
}

impl History {
    fn begin(seed: u64) -> Self {
        let mut chance = Chance::seeded(seed);
        let mut kept = Kept::default();
        for (id, mut agent) in Desk::open().facts.agents {
            // Low limits, so that they are met.
            agent.chat_limit = 1 + u32::try_from(chance.below(2)).expect("a small number");
            kept.agents.insert(id, agent);
        }
        kept.chatbots = Desk::open().facts.chatbots.into_iter().collect();
        Self {
            chance,
            kept,
            now: Timestamp(1_000_000),
            made: 1_000,
            sent: Vec::new(),
            begun: Vec::new(),
            answers: HashMap::new(),
        }
    }

    fn play(&mut self, played: &mut Played) {
        let mut left = COMMANDS;
        while left > 0 {
            let size = (1 + self.chance.below(8) as usize).min(left);
            left -= size;
            let batch: Vec<Command> = (0..size).map(|_| self.command()).collect();
            let mut facts = self.kept.load(&batch);
            for command in &batch {
                self.time_passes();
                self.decide(&mut facts, command, played);
            }
            self.kept.save(&facts);
            self.begun.extend(
                facts
                    .trail
                    .runs
                    .values()
                    .map(|(conversation, run, _)| (*conversation, *run)),
            );
            self.sent.extend(batch);
            self.somebody_comes_or_goes();
        }
        played.handoffs_over += self.kept.over();
    }

    fn decide(&mut self, facts: &mut Facts, command: &Command, played: &mut Played) {
        let before = Before::of(facts);
        let decided = domain::decide(facts, command, self.now);
        let known = command
            .write()
            .map(|(writer, write)| ((command.conversation(), writer, write.key), write.digest));
        let first = known.and_then(|(known, _)| self.answers.get(&known).copied());
        match (&decided, known, first) {
            (decided, Some((_, digest)), Some((first_digest, first))) => {
                let expected = if digest == first_digest {
                    played.repeated += 1;
                    Ok(first)
                } else {
                    Err(Refusal::KeyReused)
                };
                assert_eq!(&expected, decided, "a known key");
                before.still_is(facts);
            }
            (Ok(done), Some((known, digest)), None) if done.seq.is_some() => {
                self.answers.insert(known, (digest, *done));
            }
            _ => {}
        }
        match decided {
            Ok(done) => {
                played.wrote += usize::from(done.seq.is_some());
                let alone = first.is_none() && done.seq.is_some();
                played.released += usize::from(alone && matches!(command, Command::Release { .. }));
                played.answered_by_ai += usize::from(matches!(command, Command::AiAnswers { .. }));
            }
            Err(refusal) => {
                before.still_is(facts);
                let told = format!("{refusal:?}");
                let code = told.split(' ').next().expect("a split has a first part");
                *played.refused.entry(code.to_owned()).or_default() += 1;
            }
        }
    }

    /// Mostly a little; sometimes none, and sometimes the clock is set back.
    fn time_passes(&mut self) {
        let step = match self.chance.below(20) {
            0 => -5_000,
            1..6 => 0,
            _ => 1 + self.chance.below(3_000).cast_signed(),
        };
        self.now = Timestamp(self.now.millis() + step);
    }

    /// What changes an agent but no conversation.
    fn somebody_comes_or_goes(&mut self) {
        if self.chance.percent(20) {
            let who = self.anybody();
            let chosen = *self.chance.one_of(&[
                Availability::Online,
                Availability::Online,
                Availability::Away,
                Availability::Offline,
            ]);
            let agent = self.kept.agents.get_mut(&who);
            agent.expect("everybody is kept").chosen = chosen;
        }
    }

    fn number(&mut self) -> u32 {
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

    fn anybody(&mut self) -> AgentId {
        agent(*self.chance.one_of(&[
            ANA, ANA, ANA, BEN, BEN, BEN, BUSY, BUSY, OFFLINE, UNASSIGNED, FOREIGN,
        ]))
    }

    /// Mostly whoever holds the conversation, if anybody does.
    fn somebody(&mut self, conversation: ConversationId) -> AgentId {
        let found = self.kept.conversations.get(&conversation);
        match found.and_then(domain::Conversation::claim) {
            Some(claim) if self.chance.percent(60) => claim.agent,
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
        }
    }

    fn text(&mut self) -> String {
        let texts = [
            "Hello?",
            "And on Monday?",
            "Thank you.",
            "Hello?",
            WISH,
            " ",
        ];
        (*self.chance.one_of(&texts)).to_owned()
    }

    fn command(&mut self) -> Command {
        if !self.sent.is_empty() && self.chance.percent(8) {
            return self.chance.one_of(&self.sent).clone();
        }
        let conversation = self.conversation();
        match self.chance.below(20) {
            0..4 => Command::VisitorSays {
                opening: self.opening(conversation),
                write: self.write(),
                text: self.text(),
                run: run(self.number()),
                handoff: handoff(self.number()),
            },
            4..7 => Command::AskForHuman {
                opening: self.opening(conversation),
                write: self.write(),
                handoff: handoff(self.number()),
            },
            7 => Command::CancelHandoff {
                conversation,
                write: self.write(),
            },
            8 => Command::VisitorReads {
                conversation,
                seq: PublicSeq(self.chance.below(12)),
            },
            9..11 => Command::AgentSays {
                conversation,
                agent: self.somebody(conversation),
                write: self.write(),
                text: self.text(),
            },
            11 => Command::AddNote {
                conversation,
                agent: self.somebody(conversation),
                write: self.write(),
                text: self.text(),
            },
            12..14 => Command::Claim {
                conversation,
                agent: self.anybody(),
                write: self.write(),
                handoff: self.handoff(conversation),
            },
            14 => Command::Release {
                conversation,
                agent: self.somebody(conversation),
                write: self.write(),
                handoff: self.handoff(conversation),
            },
            15..17 => Command::Resolve {
                conversation,
                agent: self.somebody(conversation),
                write: self.write(),
                handoff: self.handoff(conversation),
                outcome: *self.chance.one_of(&[
                    Outcome::RestoredToAi,
                    Outcome::RestoredToAi,
                    Outcome::RestoredToAi,
                    Outcome::Closed,
                    Outcome::Closed,
                    Outcome::Spam,
                ]),
            },
            17 => Command::AgentReads {
                conversation,
                agent: self.somebody(conversation),
                seq: Seq(self.chance.below(20)),
            },
            _ => self.ai_answers(),
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
        Command::AiAnswers {
            conversation,
            run: run.id,
            epoch: run.epoch + u64::from(self.chance.percent(5)),
            reply: Reply::Unknown,
        }
    }
}

/// The facts before a command, to compare with those after one that must change nothing.
struct Before {
    conversations: HashMap<ConversationId, domain::Conversation>,
    agents: HashMap<AgentId, domain::Agent>,
    known: usize,
    changes: usize,
    rest: [usize; 6],
}

impl Before {
    fn of(facts: &Facts) -> Self {
        Self {
            conversations: facts.conversations.clone(),
            agents: facts.agents.clone(),
            known: facts.known.len(),
            changes: facts.trail.changes.len(),
            rest: Self::rest(facts),
        }
    }

    fn rest(facts: &Facts) -> [usize; 6] {
        let trail = &facts.trail;
        let ended = trail.claims.values().filter(|span| span.ended_at.is_some());
        [
            trail.opened.len(),
            trail.touched.len(),
            trail.loads.len(),
            trail.handoffs.len(),
            trail.claims.len() + ended.count(),
            trail.runs.len(),
        ]
    }

    fn still_is(&self, facts: &Facts) {
        assert_eq!(self.conversations, facts.conversations);
        assert_eq!(self.agents, facts.agents);
        assert_eq!(self.known, facts.known.len());
        assert_eq!(self.changes, facts.trail.changes.len());
        assert_eq!(self.rest, Self::rest(facts));
    }
}
