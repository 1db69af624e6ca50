//! Thousands of made-up histories: whatever people do, and in whatever order, the rules hold.

mod chance;
mod commands;
mod kept;
mod life;
mod timeline;

use std::collections::{BTreeMap, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::thread;

use domain::command::Writer;
use domain::conversation::Run;
use domain::entry::Body;
use domain::{Command, Done, Facts, Refusal};
use protocol::{AgentId, ConversationId, Key, Timestamp};

use crate::desk::{CHATBOT, Desk, OTHER_CHATBOT, chatbot, workspace};
use chance::Chance;
use kept::Kept;

const HISTORIES: u64 = 2_500;
const THREADS: u64 = 2;
const COMMANDS: usize = 45;
const CONVERSATIONS: u64 = 3;

/// What a history did, to be sure that the histories reach what they are to test.
#[derive(Debug, Default)]
struct Played {
    wrote: usize,
    repeated: usize,
    handoffs_over: usize,
    answered_by_ai: usize,
    due: usize,
    leads: usize,
    refused: BTreeMap<String, usize>,
    events: BTreeMap<String, usize>,
}

#[test]
fn whatever_people_do_the_rules_hold() {
    let mut played = Played::default();
    thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS)
            .map(|first| scope.spawn(move || play(first)))
            .collect();
        for thread in threads {
            match thread.join() {
                Ok(part) => played.add(part),
                Err(failure) => resume_unwind(failure),
            }
        }
    });
    println!("{played:#?}");
    assert!(played.wrote > 40_000);
    assert!(played.repeated > 1_000);
    assert!(played.handoffs_over > 4_000);
    assert!(played.answered_by_ai > 1_000);
    assert!(played.due > 5_000);
    assert!(played.leads > 2_000);
    for refusal in [
        "TakenBy",
        "HeldBy",
        "NotHeld",
        "HandoffOver",
        "HandoffOff",
        "OfferedTo",
        "NotPending",
        "NothingProposed",
        "FormNotAsked",
        "TargetNotOnline",
        "TargetNotAssigned",
        "TargetFull",
        "TargetHolds",
        "NotWaiting",
        "NotOnline",
        "ChatLimitReached",
        "NotAllowed",
        "NotFound",
        "OutcomeNotAllowed",
        "TextEmpty",
        "KeyReused",
        "FieldInvalid",
    ] {
        assert!(played.refused.contains_key(refusal), "{refusal} never came");
    }
    for event in [
        "HandoffProposed",
        "ProposalEnded",
        "HandoffRequested",
        "HandoffOffered",
        "HandoffRejected",
        "HandoffClaimed",
        "HandoffReleased",
        "HandoffTransferred",
        "HandoffCancelled",
        "HandoffOverdue",
        "HandoffMissed",
        "FormSent",
        "IdleWarned",
        "HandoffResolved",
        "ReplyOverdue",
    ] {
        let count = played.events.get(event).copied().unwrap_or_default();
        assert!(count > 200, "{event} came {count} times");
    }
}

/// Plays every so many-th history.
fn play(first: u64) -> Played {
    let mut played = Played::default();
    for seed in (first..HISTORIES).step_by(THREADS as usize) {
        let history = catch_unwind(AssertUnwindSafe(|| {
            History::begin(seed).play(&mut played);
        }));
        if let Err(failure) = history {
            eprintln!("the history of seed {seed} broke a rule");
            resume_unwind(failure);
        }
    }
    played
}

impl Played {
    /// Counts what happened after so many changes.
    fn tell(&mut self, facts: &Facts, after: usize) {
        let new = facts.trail.changes.iter().skip(after);
        for entry in new.flat_map(|change| &change.entries) {
            if let Body::Event(event) = &entry.body {
                *self.events.entry(code(event)).or_default() += 1;
            }
        }
    }

    fn add(&mut self, other: Self) {
        self.wrote += other.wrote;
        self.repeated += other.repeated;
        self.handoffs_over += other.handoffs_over;
        self.answered_by_ai += other.answered_by_ai;
        self.due += other.due;
        self.leads += other.leads;
        for (refusal, count) in other.refused {
            *self.refused.entry(refusal).or_default() += count;
        }
        for (event, count) in other.events {
            *self.events.entry(event).or_default() += count;
        }
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
    answers: HashMap<(ConversationId, Writer, Key), (i64, Done)>,
}

impl History {
    fn begin(seed: u64) -> Self {
        let mut chance = Chance::seeded(seed);
        let mut kept = Kept::default();
        let desk = Desk::open();
        let mut agents: Vec<_> = desk.facts.agents.into_values().collect();
        agents.sort_by_key(|agent| agent.id);
        for mut agent in agents {
            // Low limits, so that they are met.
            agent.chat_limit = 1 + u32::try_from(chance.below(2)).expect("a small number");
            agent.has_outlet = chance.percent(20);
            kept.agents.insert(agent.id, agent);
        }
        kept.chatbots = desk.facts.chatbots.into_iter().collect();
        let mut history = Self {
            chance,
            kept,
            now: Timestamp(1_000_000),
            made: 1_000,
            sent: Vec::new(),
            begun: Vec::new(),
            answers: HashMap::new(),
        };
        for number in [CHATBOT, OTHER_CHATBOT] {
            history.settings_change(chatbot(number));
        }
        history
    }

    fn play(&mut self, played: &mut Played) {
        let mut left = COMMANDS;
        while left > 0 {
            let size = (1 + self.chance.below(8) as usize).min(left);
            left -= size;
            let batch: Vec<Command> = (0..size).map(|_| self.command()).collect();
            self.decide_all(&batch, played);
            self.sent.extend(batch);
            self.life_goes_on(played);
        }
        played.handoffs_over += self.kept.over();
        played.leads += self.kept.leads.len();
    }

    /// One batch, from rows alone and back to them: as after a restart, every time.
    fn decide_all(&mut self, batch: &[Command], played: &mut Played) {
        let mut facts = self.kept.load(batch);
        for command in batch {
            self.time_passes();
            self.decide(&mut facts, command, played);
        }
        self.kept.save(&facts);
        let runs = facts.trail.runs.values();
        self.begun
            .extend(runs.map(|(conversation, run, _)| (*conversation, *run)));
    }

    fn decide(&mut self, facts: &mut Facts, command: &Command, played: &mut Played) {
        let before = Before::of(facts);
        self.compare_with_everybody_loaded(facts, command);
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
                played.answered_by_ai += usize::from(matches!(command, Command::AiAnswers { .. }));
                played.tell(facts, before.changes);
            }
            Err(refusal) => {
                before.still_is(facts);
                *played.refused.entry(code(&refusal)).or_default() += 1;
            }
        }
    }

    /// Now and then the same command is decided with everybody loaded: it has to come to the same,
    /// or `needs_staff` left somebody out.
    fn compare_with_everybody_loaded(&mut self, facts: &Facts, command: &Command) {
        if !self.chance.percent(10) {
            return;
        }
        let copy = || Facts {
            conversations: facts.conversations.clone(),
            agents: facts.agents.clone(),
            chatbots: facts.chatbots.clone(),
            known: facts.known.clone(),
            staffed: facts.staffed.clone(),
            ..Facts::default()
        };
        let (mut few, mut all) = (copy(), copy());
        if !all.staffed.contains(&workspace(1)) {
            let loads = all.agents.clone();
            self.kept.load_staff(&mut all, workspace(1));
            // What the batch changed already stays changed.
            all.agents.extend(loads);
        }
        let with_few = domain::decide(&mut few, command, self.now);
        let with_all = domain::decide(&mut all, command, self.now);
        let unnamed = |decided: Result<Done, Refusal>| decided.map_err(|refusal| code(&refusal));
        assert_eq!(unnamed(with_all), unnamed(with_few), "{command:?}");
        let id = command.conversation();
        assert_eq!(all.conversations.get(&id), few.conversations.get(&id));
    }
}

/// `TakenBy` for `TakenBy { .. }`.
fn code(told: &impl std::fmt::Debug) -> String {
    let told = format!("{told:?}");
    let name = told.split(|c: char| !c.is_alphanumeric()).next();
    name.expect("a split has a first part").to_owned()
}

/// The facts before a command, to compare with those after one that must change nothing.
struct Before {
    conversations: HashMap<ConversationId, domain::Conversation>,
    agents: HashMap<AgentId, domain::Agent>,
    known: usize,
    changes: usize,
    rest: [usize; 7],
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

    fn rest(facts: &Facts) -> [usize; 7] {
        let trail = &facts.trail;
        let ended = trail.claims.values().filter(|span| span.ended_at.is_some());
        [
            trail.opened.len(),
            trail.touched.len(),
            trail.loads.len(),
            trail.handoffs.len(),
            trail.claims.len() + ended.count(),
            trail.runs.len(),
            trail.leads.len(),
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
