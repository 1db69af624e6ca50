//! The facts a batch of commands is decided on, and the trail of what was changed.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use protocol::attachment::Attachment;
use protocol::card::CardState;
use protocol::contact::Contact;
use protocol::entry::Author;
use protocol::{
    AgentId, AttachmentId, ChatbotId, ConversationId, HandoffId, Key, LeadId, PublicSeq, Refusal,
    RunId, Seq, Timestamp, VisitorId, WorkspaceId,
};

use crate::agent::Agent;
use crate::chatbot::Chatbot;
use crate::command::{Opening, Writer};
use crate::conversation::{Controller, Conversation, Line, Run};
use crate::entry::Entry;
use crate::handoff::{Claim, Handoff};
use crate::lead::Lead;

/// What was loaded for a batch, changed command by command, and what of it has to be saved.
#[derive(Debug, Default)]
pub struct Facts {
    pub conversations: HashMap<ConversationId, Conversation>,
    pub agents: HashMap<AgentId, Agent>,
    pub chatbots: HashMap<ChatbotId, Arc<Chatbot>>,
    /// The files that the commands name, as far as they are kept and were not sent.
    pub attachments: HashMap<AttachmentId, Unsent>,
    /// The notes that the commands change.
    pub notes: HashMap<(ConversationId, Seq), Entry>,
    /// The answers of the AI that the commands are about.
    pub answers: HashMap<(ConversationId, PublicSeq), Entry>,
    /// What is known of visitors who send a form.
    pub contacts: HashMap<ConversationId, Contact>,
    /// The commands that were done before, by their key.
    pub known: HashMap<(ConversationId, Writer, Key), Known>,
    /// The workspaces of which every agent is loaded: only there may routing look around.
    pub staffed: BTreeSet<WorkspaceId>,
    pub trail: Trail,
}

/// What the batch changed: all of it is saved in one transaction, or none.
#[derive(Debug, Default)]
pub struct Trail {
    /// Conversations that began in this batch.
    pub opened: BTreeSet<ConversationId>,
    /// Conversations that changed, those that began included.
    pub touched: BTreeSet<ConversationId>,
    /// Agents whose load changed.
    pub loads: BTreeSet<AgentId>,
    pub handoffs: BTreeMap<HandoffId, (ConversationId, Handoff)>,
    pub claims: BTreeMap<(HandoffId, u32), ClaimSpan>,
    pub runs: BTreeMap<RunId, (ConversationId, Run, RunState)>,
    /// Leads that were made or to which the visitor added details. A reason or details that are
    /// none here stay as they were saved before.
    pub leads: BTreeMap<LeadId, Lead>,
    /// The files that were sent in this batch, and whether for the team alone.
    pub sent: BTreeMap<AttachmentId, ForTeam>,
    /// Notes that were written anew, pinned or unpinned, and answers that the visitor thinks something of.
    pub notes: BTreeMap<(ConversationId, Seq), Entry>,
    /// Contacts of which more is known now.
    pub contacts: BTreeMap<ConversationId, Contact>,
    /// What clients are told after the commit, in order. Holds every new entry.
    pub changes: Vec<Change>,
}

/// Whether a file went along with a note, which visitors never see.
pub type ForTeam = bool;

/// A file that was uploaded and waits for the message that names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsent {
    pub conversation: ConversationId,
    pub by: Uploader,
    pub view: Attachment,
}

/// Who uploaded a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Uploader {
    Visitor(VisitorId),
    Agent(AgentId),
}

/// A claim from its beginning to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClaimSpan {
    pub conversation: ConversationId,
    pub claim: Claim,
    pub ended_at: Option<Timestamp>,
}

/// Where an AI run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunState {
    Open,
    Answered,
    /// A person took over, or a newer message asks for a newer answer.
    Void,
}

/// A command that was done before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    pub digest: i64,
    pub done: Done,
}

/// What a command came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Done {
    /// The entry that says what was asked for; for what has no key the newest that was written.
    pub seq: Option<Seq>,
    /// Its number on the visitor's side; none for what visitors never see.
    pub public_seq: Option<PublicSeq>,
}

/// What one command did to one conversation.
#[derive(Debug, Clone)]
pub struct Change {
    /// As it stands after the command.
    pub conversation: Conversation,
    /// As lists showed it before.
    pub was: CardState,
    /// Who answered before.
    pub controller_was: Controller,
    /// What the visitor was told of that; none of a conversation that just began.
    pub line_was: Option<Line>,
    /// Who was asked to take it before.
    pub offered_to_was: Option<AgentId>,
    /// Whether the visitor could leave details before.
    pub asked_for_details: bool,
    pub entries: Vec<Entry>,
    pub read_by_team: bool,
    pub read_by_visitor: bool,
    /// The AI's attempt that this command asks for.
    pub run: Option<Run>,
}

impl Facts {
    /// The conversation, or the refusal of one who asks for what does not exist.
    pub(crate) fn conversation(&self, id: ConversationId) -> Result<&Conversation, Refusal> {
        self.conversations.get(&id).ok_or(Refusal::NotFound)
    }

    /// The conversation if this agent may see it; the same refusal as for none.
    pub(crate) fn seen_by(
        &self,
        agent: AgentId,
        conversation: ConversationId,
    ) -> Result<(&Agent, &Conversation), Refusal> {
        let agent = self.agents.get(&agent).ok_or(Refusal::NotFound)?;
        let conversation = self.conversation(conversation)?;
        if agent.sees(conversation.workspace, conversation.chatbot) {
            Ok((agent, conversation))
        } else {
            Err(Refusal::NotFound)
        }
    }

    /// The visitor's conversation, or a new one with nothing in it.
    pub(crate) fn opened_by(
        &self,
        opening: &Opening,
        now: Timestamp,
    ) -> Result<Conversation, Refusal> {
        let chatbot = self.chatbots.get(&opening.chatbot);
        if chatbot.is_some_and(|chatbot| chatbot.archived) {
            return Err(Refusal::ChatbotUnknown);
        }
        match self.conversations.get(&opening.conversation) {
            None => Ok(Conversation::open(opening, now)),
            Some(found) if found.visitor == opening.visitor && found.chatbot == opening.chatbot => {
                if found.blocked {
                    return Err(Refusal::Blocked);
                }
                Ok(found.clone())
            }
            Some(_) => Err(Refusal::NotFound),
        }
    }

    /// The chatbot of a conversation.
    pub(crate) fn chatbot(&self, id: ChatbotId) -> Result<Arc<Chatbot>, Refusal> {
        self.chatbots.get(&id).cloned().ok_or(Refusal::NotFound)
    }

    /// Puts a changed conversation back and notes what has to be saved and told.
    pub(crate) fn save(&mut self, mut after: Conversation, entries: Vec<Entry>) -> Done {
        let before = self.conversations.remove(&after.id);
        let before = before.as_ref();
        after.version += 1;
        let chatbot = self.chatbots.get(&after.chatbot);
        if let Some(chatbot) = chatbot {
            after.due_at = after.due(&chatbot.settings);
            after.clock = after.owed(&chatbot.settings);
        }
        // The entry with the key is the one by which the command is known when it comes again.
        let own = entries.iter().find(|entry| entry.write.is_some());
        let done = own
            .or(entries.last())
            .map_or_else(Done::default, |own| Done {
                seq: Some(own.seq),
                public_seq: own.public_seq,
            });
        let change = Change {
            was: before.map_or(CardState::Assistant, Conversation::card_state),
            controller_was: before.map_or(Controller::Ai, Conversation::controller),
            line_was: before.map(Conversation::line),
            offered_to_was: before.and_then(Conversation::offered_to),
            asked_for_details: before.is_some_and(Conversation::asks_for_details),
            read_by_team: before.is_some_and(|before| before.read_by_team != after.read_by_team),
            read_by_visitor: before
                .is_some_and(|before| before.read_by_visitor != after.read_by_visitor),
            run: after
                .run
                .filter(|run| before.and_then(|before| before.run) != Some(*run)),
            conversation: after.clone(),
            entries,
        };
        if before.is_none() {
            self.trail.opened.insert(after.id);
        }
        self.trail_runs(before.and_then(|before| before.run), &change);
        self.move_offer(after.id, (change.offered_to_was, after.offered_to()));
        if let Some(handoff) = &after.handoff
            && before.and_then(|before| before.handoff.as_ref()) != Some(handoff)
        {
            self.trail
                .handoffs
                .insert(handoff.id, (after.id, handoff.clone()));
        }
        self.trail.touched.insert(after.id);
        self.trail.changes.push(change);
        self.conversations.insert(after.id, after);
        done
    }

    /// Somebody is asked to take a conversation, and whoever was asked before is not any more.
    fn move_offer(
        &mut self,
        conversation: ConversationId,
        (from, to): (Option<AgentId>, Option<AgentId>),
    ) {
        if from == to {
            return;
        }
        if let Some(agent) = from.and_then(|from| self.agents.get_mut(&from)) {
            agent.offers.retain(|asked| *asked != conversation);
        }
        if let Some(agent) = to.and_then(|to| self.agents.get_mut(&to)) {
            agent.offers.push(conversation);
        }
    }

    fn trail_runs(&mut self, before: Option<Run>, change: &Change) {
        let id = change.conversation.id;
        if let Some(run) = before
            && change.conversation.run != Some(run)
        {
            // What the AI comes back with begins with its own words. Where the visitor's come first,
            // a newer question, or a trigger in it, put this attempt aside.
            let first = change.entries.first();
            let answered = first.is_some_and(|entry| entry.author == Author::Ai);
            let state = if answered {
                RunState::Answered
            } else {
                RunState::Void
            };
            self.trail.runs.insert(run.id, (id, run, state));
        }
        if let Some(run) = change.run {
            self.trail.runs.insert(run.id, (id, run, RunState::Open));
        }
    }

    /// A lead is made, or learns more. What is known of it already is not forgotten.
    pub(crate) fn keep_lead(&mut self, mut lead: Lead) {
        if let Some(known) = self.trail.leads.remove(&lead.id) {
            lead.reason = lead.reason.or(known.reason);
            lead.details = lead.details.or(known.details);
        }
        self.trail.leads.insert(lead.id, lead);
    }

    /// More is known of a visitor.
    pub(crate) fn keep_contact(&mut self, conversation: ConversationId, contact: Contact) {
        self.contacts.insert(conversation, contact.clone());
        self.trail.contacts.insert(conversation, contact);
    }

    /// A claim begins: the agent holds one more.
    pub(crate) fn begin_claim(
        &mut self,
        conversation: ConversationId,
        handoff: HandoffId,
        claim: Claim,
    ) {
        self.trail.claims.insert(
            (handoff, claim.number),
            ClaimSpan {
                conversation,
                claim,
                ended_at: None,
            },
        );
        if let Some(agent) = self.agents.get_mut(&claim.agent) {
            agent.load += 1;
            agent.last_claim_at = Some(claim.at);
            self.trail.loads.insert(claim.agent);
        }
    }

    /// A claim ends: its agent holds one less.
    pub(crate) fn end_claim(
        &mut self,
        conversation: ConversationId,
        handoff: HandoffId,
        claim: Claim,
        now: Timestamp,
    ) {
        self.trail.claims.insert(
            (handoff, claim.number),
            ClaimSpan {
                conversation,
                claim,
                ended_at: Some(now),
            },
        );
        if let Some(agent) = self.agents.get_mut(&claim.agent) {
            agent.load = agent.load.saturating_sub(1);
            self.trail.loads.insert(claim.agent);
        }
    }
}
