//! Telling what was committed, in the order in which it was committed.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use domain::estimate::{self, Seats};
use domain::{Change, Chatbot, Entry};
use protocol::agent::AgentEvent;
use protocol::card::{Counts, Tab};
use protocol::label::Labels;
use protocol::person::Member;
use protocol::visitor::VisitorEvent;
use protocol::{AgentId, ChatbotId, ConversationId, Seq, Timestamp, WorkspaceId, close};

use super::counts::Tally;
use super::frame::Shared;
use super::queue::Queue;
use super::registry::{Filled, Seeing};
use super::{Hub, send};
use crate::wire::line::{self, Wait};
use crate::wire::{card, entry};

/// A handoff that is pending or active, as the queue sees it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Queued {
    pub(crate) conversation: ConversationId,
    pub(crate) chatbot: ChatbotId,
    pub(crate) waiting_since: Timestamp,
    /// None while it is pending.
    pub(crate) holder: Option<AgentId>,
    /// Whether the holder put it aside.
    pub(crate) snoozed: bool,
    /// Whether the waiting visitor may leave details.
    pub(crate) form: bool,
}

/// What is known of a workspace's queue.
#[derive(Debug, Default)]
pub(crate) struct QueueView {
    /// All open handoffs, oldest first.
    pub(crate) open: Vec<Queued>,
    /// How many were missed and not taken up.
    pub(crate) missed: HashMap<ChatbotId, u32>,
    /// How fast people wait no more, for chatbots where somebody waits.
    pub(crate) service: HashMap<ChatbotId, Service>,
    /// What each who waits is told, once somebody asked.
    pub(crate) waits: OnceLock<HashMap<ConversationId, Wait>>,
    /// What tabs hold, once somebody asked.
    pub(crate) tally: OnceLock<Tally>,
}

impl QueueView {
    /// What somebody who waits is told; none of one who does not. Thousands who come back at once ask
    /// the same view.
    pub(crate) fn wait_of(&self, conversation: ConversationId) -> Option<Wait> {
        self.waits().get(&conversation).copied()
    }

    fn waits(&self) -> &HashMap<ConversationId, Wait> {
        self.waits.get_or_init(|| waits(self))
    }

    /// What an agent's tabs hold.
    pub(crate) fn counts(&self, agent: AgentId, sees: impl Fn(ChatbotId) -> bool) -> Counts {
        self.tally().counts(agent, sees)
    }

    fn tally(&self) -> &Tally {
        self.tally.get_or_init(|| Tally::of(self))
    }
}

/// How fast a chatbot's people are served.
#[derive(Debug)]
pub(crate) struct Service {
    /// How long the newest chats took.
    pub(crate) times: Vec<Duration>,
    pub(crate) seats: Seats,
}

impl Hub {
    /// Tells everybody concerned what a command did, when it is its turn.
    pub(crate) fn publish(&self, change: &Change) {
        let _telling = self.telling();
        let turn = self.registry().in_turn(change);
        let Some((after, rest)) = turn else {
            self.missing.notify_one();
            return;
        };
        self.tell(change, after);
        for turn in rest {
            self.tell(&turn.change, turn.after);
        }
    }

    /// Tells what was missing, and what waited for it.
    pub(crate) fn fill(&self, conversation: ConversationId, entries: Vec<Entry>) {
        let _telling = self.telling();
        let filled = self.registry().fill(conversation, entries);
        let Some(Filled { of, entries, turns }) = filled else {
            return;
        };
        let registry = self.registry();
        let visitors = registry.visitors_of(conversation);
        let watchers = watching(&registry.who_sees(of.0, of.1, conversation));
        drop(registry);
        for entry in &entries {
            self.tell_entry(entry, &visitors, &watchers);
        }
        for turn in turns {
            self.tell(&turn.change, turn.after);
        }
    }

    /// Tells a change, and of its entries those after a number.
    fn tell(&self, change: &Change, after: Seq) {
        let conversation = &change.conversation;
        let id = conversation.id;
        let controller = conversation.controller();
        let mut registry = self.registry();
        registry.set_controller(id, controller, conversation.participants());
        let visitors = registry.visitors_of(id);
        let agents = registry.who_sees(conversation.workspace, conversation.chatbot, id);
        drop(registry);
        let watchers = watching(&agents);
        for written in change.entries.iter().filter(|entry| entry.seq > after) {
            self.tell_entry(written, &visitors, &watchers);
        }
        // A place in the queue is told by `publish_queue`, which knows it.
        let now = conversation.line();
        if Some(now) != change.line_was
            && let Some(line) = line::line(now, None, &self.faces)
        {
            send(visitors.clone(), VisitorEvent::LineChanged(line));
        }
        if change.read_by_team {
            send(
                visitors,
                VisitorEvent::ReadByTeam {
                    seq: conversation.read_by_team,
                },
            );
        }
        if change.read_by_visitor {
            let seq = conversation.read_by_visitor;
            send(
                watchers,
                AgentEvent::ReadByVisitor {
                    conversation: id,
                    seq,
                },
            );
        }
        self.publish_card(change, agents);
        self.publish_mentions(change);
    }

    fn tell_entry(&self, written: &Entry, visitors: &[Arc<Queue>], watchers: &[Arc<Queue>]) {
        // What nobody is told is not made: a message's Markdown is read for it.
        if !visitors.is_empty()
            && let Some(public) = entry::public_entry(written, &self.faces)
        {
            send(visitors.to_vec(), VisitorEvent::EntryAdded(public));
        }
        if watchers.is_empty() {
            return;
        }
        let conversation = written.conversation;
        let entry = entry::entry(written);
        let added = AgentEvent::EntryAdded {
            conversation,
            entry,
        };
        send(watchers.to_vec(), added);
    }

    /// The card goes to everybody with a tab that shows it, and to those who have it open. What the
    /// assistant does goes to those alone who look at its tab: it may be a lot.
    fn publish_card(&self, change: &Change, agents: Vec<Seeing>) {
        if agents.is_empty() {
            return;
        }
        let state = change.conversation.card_state();
        let changed = Shared::new(AgentEvent::CardChanged(card::card(&change.conversation)));
        let conversation = change.conversation.id;
        let gone = Shared::new(AgentEvent::CardGone { conversation });
        for agent in agents {
            let queue = agent.queue;
            let sees = |tab| tab != Tab::Assistant || agent.follows_assistant || agent.watches;
            if sees(state.tab()) {
                queue.push_card(conversation, changed.frame(queue.encoding));
            } else if sees(change.was.tab()) {
                queue.push_card(conversation, gone.frame(queue.encoding));
            }
        }
    }

    /// Tells agents their counts and waiting visitors their place, from all open handoffs of a
    /// workspace, oldest first. What somebody knows already is not told again.
    pub(crate) fn publish_queue(&self, workspace: WorkspaceId, queue: &QueueView) {
        // Before anybody is kept from telling something else.
        let (waits, _) = (queue.waits(), queue.tally());
        let mut registry = self.registry();
        for agent in registry.counted(workspace) {
            let counts = queue.counts(agent.agent, |chatbot| agent.assigned.includes(chatbot));
            if agent.counts != Some(counts) {
                agent.counts = Some(counts);
                send([agent.queue.clone()], AgentEvent::CountsChanged(counts));
            }
        }
        for (waiting, wait) in waits {
            if registry.set_wait(*waiting, *wait) {
                let visitors = registry.visitors_of(*waiting);
                send(visitors, VisitorEvent::LineChanged(wait.line()));
            }
        }
    }

    /// The categories or tags of a workspace changed.
    pub(crate) fn publish_labels(&self, workspace: WorkspaceId, labels: Labels) {
        let agents = self.registry().agents_of(workspace);
        send(agents, AgentEvent::LabelsChanged(labels));
    }

    /// Somebody joined or left the team, or is somebody else now.
    pub(crate) fn publish_team(&self, workspace: WorkspaceId, team: Vec<Member>) {
        let agents = self.registry().agents_of(workspace);
        send(agents, AgentEvent::TeamChanged(team));
    }

    /// A chatbot's settings changed: its visitors see it at once, each in their language.
    pub(crate) fn publish_widget(&self, chatbot: &Chatbot) {
        let visitors = self.registry().visitors_by_locale(chatbot.id);
        for (locale, queues) in visitors {
            let view = chatbot.widget_view(&locale);
            send(queues, VisitorEvent::WidgetChanged(view));
        }
    }

    /// A chatbot was archived: its visitors have to come anew, and are told that it is gone.
    pub(crate) fn send_away(&self, chatbot: ChatbotId) {
        let visitors = self.registry().visitors_by_locale(chatbot);
        for queue in visitors.into_values().flatten() {
            queue.close(close::RESUME);
        }
    }
}

/// Of those who see a conversation, who follow it: an agent follows what they ask for before it is known
/// whether they may see it.
fn watching(agents: &[Seeing]) -> Vec<Arc<Queue>> {
    let watching = agents.iter().filter(|agent| agent.watches);
    watching.map(|agent| agent.queue.clone()).collect()
}

/// What everybody who waits is told. The place is 1 for who has waited longest for this chatbot's
/// people.
fn waits(queue: &QueueView) -> HashMap<ConversationId, Wait> {
    let mut last = HashMap::<ChatbotId, u32>::new();
    let waiting = queue.open.iter().filter(|queued| queued.holder.is_none());
    waiting
        .map(|queued| {
            let place = last.entry(queued.chatbot).or_default();
            *place += 1;
            let service = queue.service.get(&queued.chatbot);
            let wait = Wait {
                place: *place,
                minutes: service
                    .and_then(|service| estimate::minutes(*place, &service.times, service.seats)),
                form: queued.form,
            };
            (queued.conversation, wait)
        })
        .collect()
}
