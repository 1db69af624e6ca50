//! What an agent's tabs hold: counted once for a queue, and added up for each agent.

use std::collections::HashMap;

use protocol::card::Counts;
use protocol::{AgentId, ChatbotId};

use super::publish::QueueView;

/// What a queue holds of each chatbot, and what each agent holds of it.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    of_chatbots: HashMap<ChatbotId, Counts>,
    held: HashMap<(AgentId, ChatbotId), u32>,
}

impl Tally {
    /// Counts a queue, whose handoffs are in order, the oldest first.
    pub(crate) fn of(queue: &QueueView) -> Self {
        let mut tally = Self::default();
        for queued in &queue.open {
            let counts = tally.of_chatbots.entry(queued.chatbot).or_default();
            match queued.holder {
                None => {
                    counts.pending += 1;
                    counts
                        .longest_waiting_since
                        .get_or_insert(queued.waiting_since);
                }
                Some(_) if queued.snoozed => counts.snoozed += 1,
                Some(holder) => {
                    counts.active += 1;
                    *tally.held.entry((holder, queued.chatbot)).or_default() += 1;
                }
            }
        }
        for (chatbot, missed) in &queue.missed {
            tally.of_chatbots.entry(*chatbot).or_default().missed += missed;
        }
        tally
    }

    /// What an agent's tabs hold of the chatbots that they see.
    pub(crate) fn counts(&self, agent: AgentId, sees: impl Fn(ChatbotId) -> bool) -> Counts {
        let mut all = Counts::default();
        for (chatbot, counts) in self.of_chatbots.iter().filter(|(of, _)| sees(**of)) {
            all.pending += counts.pending;
            all.active += counts.active;
            all.missed += counts.missed;
            all.snoozed += counts.snoozed;
            all.mine += self.held.get(&(agent, *chatbot)).copied().unwrap_or(0);
            let (one, other) = (all.longest_waiting_since, counts.longest_waiting_since);
            all.longest_waiting_since = one.into_iter().chain(other).min();
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use protocol::{ConversationId, Timestamp};
    use uuid::Uuid;

    use super::*;
    use crate::hub::publish::Queued;

    #[test]
    fn each_agent_is_told_of_what_they_see_and_hold() {
        let id = Uuid::from_u128;
        let (ana, ben) = (AgentId(id(1)), AgentId(id(2)));
        let (help, shop) = (ChatbotId(id(3)), ChatbotId(id(4)));
        let queued = |chatbot, since, holder, snoozed| Queued {
            conversation: ConversationId(id(9)),
            chatbot,
            waiting_since: Timestamp(since),
            holder,
            snoozed,
            form: false,
        };
        let queue = QueueView {
            open: vec![
                queued(shop, 5, None, false),
                queued(help, 6, Some(ana), false),
                queued(help, 7, None, false),
                queued(shop, 8, None, false),
                queued(shop, 9, Some(ana), false),
                queued(help, 9, Some(ben), true),
            ],
            missed: HashMap::from([(shop, 2)]),
            ..QueueView::default()
        };
        let tally = Tally::of(&queue);
        let everything = Counts {
            pending: 3,
            active: 2,
            mine: 2,
            missed: 2,
            snoozed: 1,
            longest_waiting_since: Some(Timestamp(5)),
        };
        assert_eq!(everything, tally.counts(ana, |_| true));
        let of_help = Counts {
            pending: 1,
            active: 1,
            mine: 0,
            missed: 0,
            snoozed: 1,
            longest_waiting_since: Some(Timestamp(7)),
        };
        assert_eq!(of_help, tally.counts(ben, |chatbot| chatbot == help));
        assert_eq!(Counts::default(), tally.counts(ana, |_| false));
    }
}
