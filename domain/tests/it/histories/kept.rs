//! What a store would keep: rows alone, filled from nothing but the trail.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use domain::command::Writer;
use domain::conversation::Run;
use domain::entry::Body;
use domain::facts::{ClaimSpan, Known, RunState};
use domain::{
    Agent, Chatbot, Command, Controller, Conversation, Done, Entry, Facts, Handoff, HandoffState,
};
use protocol::entry::{Author, Event, Outcome};
use protocol::{AgentId, ChatbotId, ConversationId, HandoffId, PublicSeq, RunId, Seq, Timestamp};

/// The tables.
#[derive(Default)]
pub(super) struct Kept {
    pub(super) conversations: BTreeMap<ConversationId, Conversation>,
    pub(super) agents: BTreeMap<AgentId, Agent>,
    pub(super) chatbots: BTreeMap<ChatbotId, Arc<Chatbot>>,
    pub(super) handoffs: BTreeMap<HandoffId, (ConversationId, Handoff)>,
    pub(super) claims: BTreeMap<(HandoffId, u32), ClaimSpan>,
    pub(super) runs: BTreeMap<RunId, (ConversationId, Run, RunState)>,
    pub(super) entries: BTreeMap<(ConversationId, Seq), Entry>,
    /// When each handoff began to wait, as first seen.
    waiting_since: BTreeMap<HandoffId, Timestamp>,
}

impl Kept {
    /// Loads what a batch names, and nothing more.
    pub(super) fn load(&self, batch: &[Command]) -> Facts {
        let mut facts = Facts::default();
        for command in batch {
            let id = command.conversation();
            if let Some(found) = self.conversations.get(&id) {
                facts.conversations.insert(id, found.clone());
                if let Some(claim) = found.claim() {
                    let holder = self.agents[&claim.agent].clone();
                    facts.agents.insert(holder.id, holder);
                }
            }
            if let Some(agent) = command.agent().and_then(|agent| self.agents.get(&agent)) {
                facts.agents.insert(agent.id, agent.clone());
            }
            if let Some((writer, write)) = command.write() {
                for entry in self.of(id) {
                    let Some(found) = entry.write.filter(|found| found.key == write.key) else {
                        continue;
                    };
                    if written_by(entry.author) == Some(writer) {
                        let done = Done {
                            seq: Some(entry.seq),
                            public_seq: entry.public_seq,
                        };
                        let digest = found.digest;
                        facts
                            .known
                            .insert((id, writer, write.key), Known { digest, done });
                    }
                }
            }
        }
        for (id, chatbot) in &self.chatbots {
            facts.chatbots.insert(*id, Arc::clone(chatbot));
        }
        facts
    }

    /// Keeps what the trail names, and nothing more; then everything has to be as in the facts.
    pub(super) fn save(&mut self, facts: &Facts) {
        let trail = &facts.trail;
        for id in &trail.touched {
            let after = facts.conversations[id].clone();
            let before = self.conversations.insert(*id, after.clone());
            assert_eq!(before.is_none(), trail.opened.contains(id));
            if let Some(before) = before {
                assert!(after.version > before.version, "the version rises");
                assert!(after.control_epoch >= before.control_epoch);
                assert!(after.read_by_team >= before.read_by_team);
                assert!(after.read_by_visitor >= before.read_by_visitor);
            }
        }
        for id in &trail.loads {
            let kept = self.agents.get_mut(id).expect("a loaded agent is kept");
            kept.load = facts.agents[id].load;
        }
        for (id, row) in &trail.handoffs {
            self.handoffs.insert(*id, row.clone());
        }
        for (id, span) in &trail.claims {
            self.claims.insert(*id, *span);
        }
        for (id, row) in &trail.runs {
            self.runs.insert(*id, *row);
        }
        for change in &trail.changes {
            assert!(trail.touched.contains(&change.conversation.id));
            for entry in &change.entries {
                assert_eq!(change.conversation.id, entry.conversation);
                let place = (entry.conversation, entry.seq);
                let before = self.entries.insert(place, entry.clone());
                assert!(before.is_none(), "entry {place:?} was written twice");
            }
        }
        for (id, after) in &facts.conversations {
            assert_eq!(Some(after), self.conversations.get(id), "trail incomplete");
        }
        for (id, after) in &facts.agents {
            assert_eq!(Some(after), self.agents.get(id), "trail incomplete");
        }
        let changed: HashSet<_> = facts.conversations.keys().copied().collect();
        self.check(&changed);
    }

    fn of(&self, conversation: ConversationId) -> impl Iterator<Item = &Entry> {
        let range = (conversation, Seq(0))..=(conversation, Seq(u64::MAX));
        self.entries.range(range).map(|(_, entry)| entry)
    }

    /// What has to be true after every batch.
    fn check(&mut self, changed: &HashSet<ConversationId>) {
        for agent in self.agents.values() {
            let held = self
                .claims
                .values()
                .filter(|span| span.ended_at.is_none() && span.claim.agent == agent.id);
            assert_eq!(held.count(), agent.load as usize, "load of {}", agent.name);
            assert!(agent.load <= agent.chat_limit, "limit of {}", agent.name);
        }
        for (id, (_, handoff)) in &self.handoffs {
            let since = *self
                .waiting_since
                .entry(*id)
                .or_insert(handoff.waiting_since());
            assert_eq!(since, handoff.waiting_since(), "waiting_since moved");
            let spans: Vec<_> = self
                .claims
                .range((*id, 0)..=(*id, u32::MAX))
                .map(|(_, span)| *span)
                .collect();
            let open: Vec<_> = spans
                .iter()
                .filter(|span| span.ended_at.is_none())
                .collect();
            assert!(open.len() <= 1, "two open claims on one handoff");
            assert_eq!(handoff.claim(), open.first().map(|span| span.claim));
            assert_eq!(handoff.claims as usize, spans.len());
        }
        for id in changed {
            if self.conversations.contains_key(id) {
                self.check_conversation(*id);
            }
        }
    }

    fn check_conversation(&self, id: ConversationId) {
        let conversation = &self.conversations[&id];
        let handoffs: Vec<_> = self
            .handoffs
            .values()
            .filter(|(of, _)| *of == id)
            .map(|(_, handoff)| handoff)
            .collect();
        let open: Vec<_> = handoffs
            .iter()
            .filter(|handoff| handoff.is_open())
            .collect();
        assert!(open.len() <= 1, "two open handoffs in one conversation");
        assert_eq!(
            conversation.open_handoff(),
            open.first().map(|found| **found)
        );
        if let Some(newest) = &conversation.handoff {
            assert_eq!(newest, &self.handoffs[&newest.id].1);
        } else {
            assert!(handoffs.is_empty());
        }
        let runs: Vec<_> = self
            .runs
            .values()
            .filter(|(of, _, state)| *of == id && *state == RunState::Open)
            .map(|(_, run, _)| *run)
            .collect();
        assert_eq!(conversation.run.as_slice(), runs, "the AI's open attempt");
        self.check_timeline(conversation);
    }

    /// Tells the conversation again from its entries alone, and compares.
    fn check_timeline(&self, conversation: &Conversation) {
        let mut controller = Controller::Ai;
        let mut handoff = None;
        let (mut seq, mut public_seq) = (Seq(0), PublicSeq(0));
        let mut last_by_visitor = None;
        let mut unread = 0;
        let mut writes = HashSet::new();
        let mut ai_from = Seq(1);
        let mut unanswered_since = None;
        let mut last = None;
        let mut steps = 0;
        // Whether the visitor said something that the AI may still answer.
        let mut asked = false;
        for entry in self.of(conversation.id) {
            seq = seq.next();
            assert_eq!(seq, entry.seq, "seq has a gap");
            if !matches!(entry.body, Body::Note { .. }) {
                public_seq = public_seq.next();
                assert_eq!(Some(public_seq), entry.public_seq, "public_seq has a gap");
            } else {
                assert_eq!(None, entry.public_seq, "a note has a public number");
            }
            if let Some(write) = entry.write {
                let writer = written_by(entry.author).expect("the AI and the system have no keys");
                assert!(writes.insert((writer, write.key)), "a key was used twice");
            }
            if let Body::Message { .. } = entry.body {
                last = Some((entry.author, entry.at));
            }
            match (&entry.body, entry.author) {
                (Body::Message { .. }, Author::Visitor) => {
                    if controller == Controller::Closed {
                        controller = Controller::Ai;
                    }
                    last_by_visitor = Some((entry.seq, public_seq));
                    unread += 1;
                    unanswered_since.get_or_insert(entry.at);
                    asked = controller == Controller::Ai;
                }
                (Body::Message { .. }, Author::Ai) => {
                    assert_eq!(Controller::Ai, controller, "the AI spoke over somebody");
                    assert!(asked, "the AI spoke without a question");
                    (unread, unanswered_since, asked) = (0, None, false);
                }
                (Body::Message { .. }, Author::Agent(agent)) => {
                    assert_eq!(
                        Controller::Human(agent),
                        controller,
                        "spoke without a claim"
                    );
                    (unread, unanswered_since) = (0, None);
                }
                (Body::Note { .. }, author) => assert!(matches!(author, Author::Agent(_))),
                (Body::Event(event), author) => {
                    if matches!(
                        event,
                        Event::HandoffCancelled { .. } | Event::HandoffResolved { .. }
                    ) {
                        (unread, unanswered_since) = (0, None);
                    }
                    if matches!(event, Event::HandoffRequested { .. }) {
                        unanswered_since.get_or_insert(entry.at);
                    }
                    steps += 1;
                    asked = false;
                    if matches!(event, Event::HandoffResolved { .. }) {
                        ai_from = entry.seq.next();
                    }
                    (controller, handoff) = after(event, author, controller, handoff);
                }
                (Body::Message { .. }, Author::System) => panic!("the system says nothing yet"),
            }
        }
        assert_eq!(seq, conversation.last_seq);
        assert_eq!(public_seq, conversation.last_public_seq);
        assert_eq!(controller, conversation.controller());
        assert!(
            conversation.control_epoch >= steps,
            "the epoch did not rise"
        );
        assert_eq!(last_by_visitor, conversation.last_by_visitor);
        assert_eq!(unanswered_since, conversation.unanswered_since);
        let shown = conversation.last.as_ref();
        assert_eq!(last, shown.map(|last| (last.author, last.at)));
        assert_eq!(ai_from, conversation.ai_from);
        assert!(
            conversation.unread <= unread,
            "more unread than was written"
        );
        assert!(conversation.read_by_team <= public_seq);
        assert!(conversation.read_by_visitor <= public_seq);
        assert_eq!(
            handoff,
            conversation.handoff.as_ref().map(|handoff| handoff.id)
        );
        if let Some(run) = conversation.run {
            assert_eq!(conversation.control_epoch, run.epoch);
            assert_eq!(Some(run.question), last_by_visitor.map(|(seq, _)| seq));
        }
    }

    /// The handoffs that are over, for a count of what was played.
    pub(super) fn over(&self) -> usize {
        let handoffs = self.handoffs.values();
        handoffs
            .filter(|(_, handoff)| match handoff.state {
                HandoffState::Resolved { .. } | HandoffState::Cancelled { .. } => true,
                HandoffState::Pending | HandoffState::Active(_) => false,
            })
            .count()
    }
}

/// Who controls the conversation after an event, and which handoff is the newest. An event that
/// must not follow on what was before fails the test.
fn after(
    event: &Event,
    author: Author,
    controller: Controller,
    newest: Option<HandoffId>,
) -> (Controller, Option<HandoffId>) {
    match event {
        Event::HandoffRequested { handoff, .. } => {
            assert!(matches!(controller, Controller::Ai | Controller::Closed));
            assert_eq!(Author::Visitor, author);
            (Controller::Waiting, Some(*handoff))
        }
        Event::HandoffClaimed { handoff, agent } => {
            assert_eq!((Controller::Waiting, newest), (controller, Some(*handoff)));
            assert_eq!(Author::Agent(*agent), author);
            (Controller::Human(*agent), newest)
        }
        Event::HandoffReleased { handoff, agent } => {
            let held = Controller::Human(*agent);
            assert_eq!((held, newest), (controller, Some(*handoff)));
            assert_eq!(Author::Agent(*agent), author);
            (Controller::Waiting, newest)
        }
        Event::HandoffCancelled { handoff, by } => {
            assert_eq!((Controller::Waiting, newest), (controller, Some(*handoff)));
            assert_eq!(*by, author);
            (Controller::Ai, newest)
        }
        Event::HandoffResolved {
            handoff,
            agent,
            outcome,
            ..
        } => {
            let held = Controller::Human(*agent);
            assert_eq!((held, newest), (controller, Some(*handoff)));
            assert_eq!(Author::Agent(*agent), author);
            let controller = match outcome {
                Outcome::RestoredToAi => Controller::Ai,
                Outcome::Closed => Controller::Closed,
                Outcome::AutoClosed | Outcome::Spam => panic!("nobody may choose this outcome"),
            };
            (controller, newest)
        }
    }
}

fn written_by(author: Author) -> Option<Writer> {
    match author {
        Author::Visitor => Some(Writer::Visitor),
        Author::Agent(agent) => Some(Writer::Agent(agent)),
        Author::Ai | Author::System => None,
    }
}
