//! What a store would keep: rows alone, filled from nothing but the trail.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use domain::command::Writer;
use domain::conversation::Run;
use domain::facts::{ClaimSpan, Known, RunState};
use domain::{
    Agent, Chatbot, Command, Controller, Conversation, Done, Entry, Facts, Handoff, HandoffState,
    Lead,
};
use protocol::card::CardState;
use protocol::entry::Author;
use protocol::{
    AgentId, ChatbotId, ConversationId, HandoffId, LeadId, RunId, Seq, Timestamp, WorkspaceId,
};

use super::timeline;

/// The tables.
#[derive(Default)]
pub(super) struct Kept {
    pub(super) conversations: BTreeMap<ConversationId, Conversation>,
    pub(super) agents: BTreeMap<AgentId, Agent>,
    pub(super) chatbots: BTreeMap<ChatbotId, Arc<Chatbot>>,
    pub(super) handoffs: BTreeMap<HandoffId, (ConversationId, Handoff)>,
    pub(super) claims: BTreeMap<(HandoffId, u32), ClaimSpan>,
    pub(super) runs: BTreeMap<RunId, (ConversationId, Run, RunState)>,
    pub(super) leads: BTreeMap<LeadId, Lead>,
    pub(super) entries: BTreeMap<(ConversationId, Seq), Entry>,
    /// When each handoff began to wait, as first seen.
    waiting_since: BTreeMap<HandoffId, Timestamp>,
}

impl Kept {
    /// Loads what a batch names, and nothing more.
    pub(super) fn load(&self, batch: &[Command]) -> Facts {
        let mut facts = Facts::default();
        for (id, chatbot) in &self.chatbots {
            facts.chatbots.insert(*id, Arc::clone(chatbot));
        }
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
            self.load_known(&mut facts, command);
        }
        let passing = batch.iter().filter(|command| domain::passes_on(command));
        let passed_on = passing.map(|command| command.conversation()).collect();
        for command in batch {
            if domain::needs_staff(&facts, command, &passed_on) {
                let home = match self.conversations.get(&command.conversation()) {
                    Some(found) => found.workspace,
                    None => crate::desk::workspace(1),
                };
                self.load_staff(&mut facts, home);
            }
        }
        facts
    }

    /// Loads everybody of a workspace.
    pub(super) fn load_staff(&self, facts: &mut Facts, home: WorkspaceId) {
        for agent in self.agents.values().filter(|agent| agent.workspace == home) {
            facts.agents.insert(agent.id, agent.clone());
        }
        facts.staffed.insert(home);
    }

    fn load_known(&self, facts: &mut Facts, command: &Command) {
        let Some((writer, write)) = command.write() else {
            return;
        };
        let id = command.conversation();
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

    /// Keeps what the trail names, and nothing more; then everything has to be as in the facts.
    pub(super) fn save(&mut self, facts: &Facts) {
        let trail = &facts.trail;
        for id in &trail.touched {
            let after = facts.conversations[id].clone();
            let settings = &self.chatbots[&after.chatbot].settings;
            assert_eq!(after.due(settings), after.due_at, "the timer is wrong");
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
            let after = &facts.agents[id];
            // Who was over a limit that was lowered may stay so, but is given nothing.
            assert!(
                after.load <= kept.load.max(kept.chat_limit),
                "{} was given more than the limit",
                kept.name
            );
            kept.load = after.load;
            kept.last_claim_at = after.last_claim_at;
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
        for (id, lead) in &trail.leads {
            let mut lead = lead.clone();
            if let Some(known) = self.leads.get(id) {
                lead.reason = lead.reason.or(known.reason);
                lead.details = lead.details.or(known.details.clone());
            }
            self.leads.insert(*id, lead);
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
        for (id, agent) in &mut self.agents {
            agent.offers = offers_to(&self.conversations, *id);
            assert!(
                agent.offers.len() <= 1,
                "{} is asked twice at once",
                agent.name
            );
        }
        for (id, after) in &facts.conversations {
            assert_eq!(Some(after), self.conversations.get(id), "trail incomplete");
        }
        for (id, after) in &facts.agents {
            assert_eq!(Some(after), self.agents.get(id), "trail incomplete");
        }
        self.check(&facts.conversations.keys().copied().collect());
    }

    pub(super) fn of(&self, conversation: ConversationId) -> impl Iterator<Item = &Entry> {
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
        }
        for (id, (of, handoff)) in &self.handoffs {
            if !changed.contains(of) {
                continue;
            }
            if !matches!(handoff.state, HandoffState::Proposed { .. }) {
                let since = *self
                    .waiting_since
                    .entry(*id)
                    .or_insert(handoff.waiting_since());
                assert_eq!(since, handoff.waiting_since(), "waiting_since moved");
            }
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
            if let HandoffState::Missed { reason, .. } = handoff.state {
                let lead = handoff.form.lead().expect("what is missed has a lead");
                let lead = &self.leads[&lead];
                // Whoever asks in vain again has one lead, which is of the newest request.
                assert!(lead.handoff != *id || lead.reason == Some(reason));
            }
            if let Some(lead) = handoff.form.lead() {
                let lead = &self.leads[&lead];
                let sent = matches!(handoff.form, domain::handoff::Form::Sent { .. });
                assert!(!sent || lead.details.is_some(), "details were forgotten");
                assert_eq!(*of, lead.conversation);
            }
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
        let agree = match (conversation.card_state(), conversation.controller()) {
            (CardState::Pending { .. }, Controller::Waiting) => true,
            (CardState::Active { agent, .. }, Controller::Human(holder)) => agent == holder,
            (
                CardState::Assistant | CardState::Missed { .. } | CardState::Resolved { .. },
                Controller::Ai | Controller::Closed,
            ) => true,
            _ => false,
        };
        assert!(agree, "the card and who answers disagree");
        timeline::check(conversation, self.of(id));
    }

    /// The handoffs that are over, for a count of what was played.
    pub(super) fn over(&self) -> usize {
        let handoffs = self.handoffs.values();
        handoffs.filter(|(_, handoff)| !handoff.is_open()).count()
    }
}

/// What an agent is asked to take, as the rows say.
fn offers_to(
    conversations: &BTreeMap<ConversationId, Conversation>,
    agent: AgentId,
) -> Vec<ConversationId> {
    let asked = conversations
        .values()
        .filter(|conversation| conversation.offered_to() == Some(agent));
    asked.map(|conversation| conversation.id).collect()
}

pub(super) fn written_by(author: Author) -> Option<Writer> {
    match author {
        Author::Visitor => Some(Writer::Visitor),
        Author::Agent(agent) => Some(Writer::Agent(agent)),
        Author::Ai | Author::System => None,
    }
}
