//! Telling what was committed, in the order in which it was committed.

use std::collections::HashMap;
use std::time::Duration;

use domain::estimate::{self, Seats};
use domain::{Change, Chatbot};
use protocol::agent::AgentEvent;
use protocol::card::Counts;
use protocol::visitor::VisitorEvent;
use protocol::{AgentId, ChatbotId, ConversationId, Timestamp, WorkspaceId};

use super::frame::Shared;
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
}

/// How fast a chatbot's people are served.
#[derive(Debug)]
pub(crate) struct Service {
    /// How long the newest chats took.
    pub(crate) times: Vec<Duration>,
    pub(crate) seats: Seats,
}

impl Hub {
    /// Tells everybody concerned what a command did.
    pub(crate) fn publish(&self, change: &Change) {
        let conversation = &change.conversation;
        let id = conversation.id;
        let controller = conversation.controller();
        let mut registry = self.registry();
        registry.set_controller(id, controller);
        let visitors = registry.visitors_of(id);
        let watchers = registry.watchers_of(id);
        let agents = registry.who_sees(conversation.workspace, conversation.chatbot, id);
        drop(registry);

        for written in &change.entries {
            if let Some(public) = entry::public_entry(written, &self.faces) {
                send(visitors.clone(), VisitorEvent::EntryAdded(public));
            }
            let entry = entry::entry(written);
            send(
                watchers.clone(),
                AgentEvent::EntryAdded {
                    conversation: id,
                    entry,
                },
            );
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

    /// The card goes to everybody with a tab that shows it, and to those who have it open.
    fn publish_card(
        &self,
        change: &Change,
        agents: Vec<(std::sync::Arc<super::queue::Queue>, bool)>,
    ) {
        if agents.is_empty() {
            return;
        }
        let state = change.conversation.card_state();
        let changed = Shared::new(AgentEvent::CardChanged(card::card(&change.conversation)));
        let gone = Shared::new(AgentEvent::CardGone {
            conversation: change.conversation.id,
        });
        for (queue, watches) in agents {
            if state.tab().is_some() || watches {
                queue.push(changed.frame(queue.encoding));
            }
            if state.tab().is_none() && change.was.tab().is_some() {
                queue.push(gone.frame(queue.encoding));
            }
        }
    }

    /// Tells agents their counts and waiting visitors their place, from all open handoffs of a
    /// workspace, oldest first. What somebody knows already is not told again.
    pub(crate) fn publish_queue(&self, workspace: WorkspaceId, queue: &QueueView) {
        let mut registry = self.registry();
        for agent in registry.counted(workspace) {
            let counts = counts(queue, agent.agent, |chatbot| {
                agent.assigned.includes(chatbot)
            });
            if agent.counts != Some(counts) {
                agent.counts = Some(counts);
                send([agent.queue.clone()], AgentEvent::CountsChanged(counts));
            }
        }
        for (waiting, wait) in waits(queue) {
            if registry.set_wait(waiting, wait) {
                let visitors = registry.visitors_of(waiting);
                send(visitors, VisitorEvent::LineChanged(wait.line()));
            }
        }
    }

    /// A chatbot's settings changed: its visitors see it at once, each in their language.
    pub(crate) fn publish_widget(&self, chatbot: &Chatbot) {
        let visitors = self.registry().visitors_by_locale(chatbot.id);
        for (locale, queues) in visitors {
            let view = chatbot.widget_view(&locale);
            send(queues, VisitorEvent::WidgetChanged(view));
        }
    }
}

/// What an agent's tabs hold.
pub(crate) fn counts(
    queue: &QueueView,
    agent: AgentId,
    sees: impl Fn(ChatbotId) -> bool,
) -> Counts {
    let missed = queue.missed.iter().filter(|(chatbot, _)| sees(**chatbot));
    let mut counts = Counts {
        missed: missed.map(|(_, count)| count).sum(),
        ..Counts::default()
    };
    for queued in queue.open.iter().filter(|queued| sees(queued.chatbot)) {
        match queued.holder {
            None => {
                counts.pending += 1;
                counts
                    .longest_waiting_since
                    .get_or_insert(queued.waiting_since);
            }
            Some(holder) => {
                counts.active += 1;
                counts.mine += u32::from(holder == agent);
            }
        }
    }
    counts
}

/// What everybody who waits is told. The place is 1 for who has waited longest for this chatbot's
/// people.
pub(crate) fn waits(queue: &QueueView) -> Vec<(ConversationId, Wait)> {
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
