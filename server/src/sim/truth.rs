//! The database: what was committed, and nothing else, outlives a crash.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::agent::{Assigned, Presence};
use domain::facts::Trail;
use domain::{Agent, Change, Chatbot, Command, Conversation, Done, Entry, Facts};
use protocol::person::{Availability, Role};
use protocol::settings::{RoutingMode, WhenNobody};
use protocol::{
    AgentId, ChatbotId, ConversationId, PublicSeq, Refusal, Seq, Timestamp, WorkspaceId,
};

use super::chance::Chance;

/// What became of one command.
pub(super) type Decided = Result<Done, Refusal>;

/// Everything that is kept.
pub(super) struct Truth {
    facts: Facts,
    entries: BTreeMap<ConversationId, Vec<Entry>>,
    pub(super) team: Vec<AgentId>,
    pub(super) workspace: WorkspaceId,
    pub(super) chatbot: ChatbotId,
}

impl Truth {
    /// A workspace with three agents and one chatbot, set up by chance.
    pub(super) fn new(chance: &mut Chance) -> Self {
        let home = Timestamp(1);
        let (workspace, chatbot) = (
            WorkspaceId::new(home, &[1; 10]),
            ChatbotId::new(home, &[2; 10]),
        );
        let mut settings = domain::settings::defaults();
        settings.queue.nobody = WhenNobody::Wait;
        let modes = [
            RoutingMode::Pool,
            RoutingMode::Pool,
            RoutingMode::Offer,
            RoutingMode::Auto,
        ];
        settings.routing.mode = chance.one_of(&modes).expect("there are modes");
        settings.routing.requeue_minutes = Some(1);
        let mut facts = Facts::default();
        let found = Chatbot {
            id: chatbot,
            workspace,
            name: "Help".to_owned(),
            settings,
            archived: false,
            picture: None,
            assistant: true,
        };
        facts.chatbots.insert(chatbot, Arc::new(found));
        facts.staffed.insert(workspace);
        let mut team = Vec::new();
        for number in 0..3 {
            let id = AgentId::new(Timestamp(10 + number), &[3; 10]);
            team.push(id);
            facts.agents.insert(id, agent(id, workspace, number));
        }
        Self {
            facts,
            entries: BTreeMap::new(),
            team,
            workspace,
            chatbot,
        }
    }

    /// Decides a batch and commits it. What it changed is told later, if the server lives so long.
    pub(super) fn commit(
        &mut self,
        batch: &[Command],
        now: Timestamp,
    ) -> (Vec<Decided>, Vec<Change>) {
        self.facts.trail = Trail::default();
        let decided = batch
            .iter()
            .map(|command| domain::decide(&mut self.facts, command, now))
            .collect();
        let changes = std::mem::take(&mut self.facts.trail.changes);
        for entry in changes.iter().flat_map(|change| &change.entries) {
            let entries = self.entries.entry(entry.conversation).or_default();
            let next = entries.last().map_or(Seq(1), |last| last.seq.next());
            assert_eq!(next, entry.seq, "the numbers of a conversation have no gap");
            entries.push(entry.clone());
        }
        (decided, changes)
    }

    /// Forgets which commands were done: a defect.
    pub(super) fn forget_keys(&mut self) {
        self.facts.known.clear();
    }

    /// Takes the newest entry back, as a database would that lied about its commit: a defect.
    pub(super) fn lose_newest(&mut self, conversation: ConversationId) {
        self.entries.entry(conversation).or_default().pop();
    }

    pub(super) fn set_presence(&mut self, agent: AgentId, presence: Presence) {
        if let Some(agent) = self.facts.agents.get_mut(&agent) {
            agent.presence = presence;
        }
    }

    pub(super) fn agent(&self, id: AgentId) -> &Agent {
        &self.facts.agents[&id]
    }

    pub(super) fn the_chatbot(&self) -> &Chatbot {
        &self.facts.chatbots[&self.chatbot]
    }

    pub(super) fn conversation(&self, id: ConversationId) -> Option<&Conversation> {
        self.facts.conversations.get(&id)
    }

    /// All conversations, always in the same order.
    pub(super) fn conversations(&self) -> Vec<&Conversation> {
        let ids: BTreeSet<_> = self.facts.conversations.keys().collect();
        ids.into_iter()
            .map(|id| &self.facts.conversations[id])
            .collect()
    }

    pub(super) fn entries(&self, conversation: ConversationId) -> &[Entry] {
        self.entries.get(&conversation).map_or(&[], Vec::as_slice)
    }

    /// Up to `limit` entries after one.
    pub(super) fn entries_after(
        &self,
        conversation: ConversationId,
        after: Seq,
        limit: usize,
    ) -> Vec<Entry> {
        let entries = self.entries(conversation).iter();
        entries
            .filter(|entry| entry.seq > after)
            .take(limit)
            .cloned()
            .collect()
    }

    /// Up to `limit` entries after one, of those that visitors see.
    pub(super) fn public_after(
        &self,
        conversation: ConversationId,
        after: PublicSeq,
        limit: usize,
    ) -> Vec<Entry> {
        let entries = self.entries(conversation).iter();
        let later = entries.filter(|entry| entry.public_seq.is_some_and(|seq| seq > after));
        later.take(limit).cloned().collect()
    }
}

fn agent(id: AgentId, workspace: WorkspaceId, number: i64) -> Agent {
    Agent {
        id,
        workspace,
        name: format!("Agent {number}"),
        role: if number == 0 {
            Role::Owner
        } else {
            Role::Agent
        },
        chosen: Availability::Online,
        presence: Presence::Gone {
            since: Timestamp(0),
        },
        accepting: true,
        assigned: Assigned::All,
        groups: Vec::new(),
        languages: Vec::new(),
        hours: None,
        has_outlet: false,
        quiet: None,
        priority: 0,
        chat_limit: 2,
        load: 0,
        offers: Vec::new(),
        last_claim_at: None,
        without: domain::permissions::PermissionSet::NONE,
    }
}
