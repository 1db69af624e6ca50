//! Which agents are connected, and what they chose.

use protocol::AgentId;
use protocol::person::Availability;

use super::Registry;

impl Registry {
    /// Effective availability: nobody without a connection, or outside of their hours, is online.
    pub(in crate::hub) fn availability(&self, agent: AgentId) -> Availability {
        if self.off_hours.contains(&agent) {
            Availability::Offline
        } else if self.by_agent.contains_key(&agent) {
            self.chosen
                .get(&agent)
                .copied()
                .unwrap_or(Availability::Online)
        } else {
            Availability::Offline
        }
    }

    pub(in crate::hub) fn set_chosen(&mut self, agent: AgentId, chosen: Availability) {
        self.chosen.insert(agent, chosen);
    }

    pub(in crate::hub) fn chosen(&self, agent: AgentId) -> Option<Availability> {
        self.chosen.get(&agent).copied()
    }

    pub(in crate::hub) fn set_accepting(&mut self, agent: AgentId, accepting: bool) {
        if accepting {
            self.declining.remove(&agent);
        } else {
            self.declining.insert(agent);
        }
    }

    /// Whether it is the agent's working time; true when that is news.
    pub(in crate::hub) fn set_working(&mut self, agent: AgentId, works: bool) -> bool {
        match works {
            true => self.off_hours.remove(&agent),
            false => self.off_hours.insert(agent),
        }
    }

    pub(in crate::hub) fn accepts(&self, agent: AgentId) -> bool {
        !self.declining.contains(&agent)
    }

    pub(in crate::hub) fn is_agent_connected(&self, agent: AgentId) -> bool {
        self.by_agent.contains_key(&agent)
    }
}
