//! What agents do.

use domain::agent::Presence;
use domain::{Agent, Command, Done, Refusal};
use protocol::entry::{Destination, Outcome};
use protocol::label::LabelChange;
use protocol::person::Availability;
use protocol::{HandoffId, Seq, Timestamp};

use super::{Desk, agent};

impl Desk {
    pub(crate) fn try_says(&mut self, who: u32, text: &str) -> Result<Done, Refusal> {
        let command = Command::AgentSays {
            conversation: self.conversation,
            agent: agent(who),
            write: self.write(),
            text: text.to_owned(),
            attachments: Vec::new(),
        };
        self.decide(&command)
    }

    pub(crate) fn says(&mut self, who: u32, text: &str) -> Done {
        self.try_says(who, text).expect("this agent may reply")
    }

    pub(crate) fn notes(&mut self, who: u32, text: &str) -> Done {
        let command = Command::AddNote {
            conversation: self.conversation,
            agent: agent(who),
            write: self.write(),
            text: text.to_owned(),
            attachments: Vec::new(),
            mentions: Vec::new(),
        };
        self.decide(&command).expect("this agent may write notes")
    }

    pub(crate) fn try_snoozes(
        &mut self,
        who: u32,
        until: Option<Timestamp>,
    ) -> Result<Done, Refusal> {
        let command = Command::Snooze {
            conversation: self.conversation,
            agent: agent(who),
            write: self.write(),
            handoff: self.handoff(),
            until,
        };
        self.decide(&command)
    }

    pub(crate) fn snoozes(&mut self, who: u32, until: Option<Timestamp>) -> Done {
        let done = self.try_snoozes(who, until);
        done.expect("this agent may put it aside")
    }

    pub(crate) fn wakes(&mut self, who: u32) -> Done {
        let command = Command::Wake {
            conversation: self.conversation,
            agent: agent(who),
            write: self.write(),
            handoff: self.handoff(),
        };
        let done = self.decide(&command);
        done.expect("this agent may take it up again")
    }

    pub(crate) fn try_joins(&mut self, who: u32) -> Result<Done, Refusal> {
        let command = Command::Join {
            conversation: self.conversation,
            agent: agent(who),
            write: self.write(),
            handoff: self.handoff(),
        };
        self.decide(&command)
    }

    pub(crate) fn joins(&mut self, who: u32) -> Done {
        self.try_joins(who).expect("this agent may join")
    }

    pub(crate) fn try_parts(&mut self, who: u32) -> Result<Done, Refusal> {
        let command = Command::Leave {
            conversation: self.conversation,
            agent: agent(who),
            write: self.write(),
            handoff: self.handoff(),
        };
        self.decide(&command)
    }

    pub(crate) fn try_labels(&mut self, who: u32, change: LabelChange) -> Result<Done, Refusal> {
        let command = Command::Label {
            conversation: self.conversation,
            agent: agent(who),
            write: self.write(),
            change,
            known: true,
        };
        self.decide(&command)
    }

    pub(crate) fn try_claims(&mut self, who: u32, handoff: HandoffId) -> Result<Done, Refusal> {
        let command = Command::Claim {
            conversation: self.conversation,
            agent: agent(who),
            write: self.write(),
            handoff,
        };
        self.decide(&command)
    }

    /// The agent takes the newest handoff.
    pub(crate) fn claims(&mut self, who: u32) -> Done {
        let handoff = self.handoff();
        self.try_claims(who, handoff).expect("this agent may claim")
    }

    pub(crate) fn try_rejects(&mut self, who: u32) -> Result<Done, Refusal> {
        let command = Command::Reject {
            conversation: self.conversation,
            agent: agent(who),
            write: self.write(),
            handoff: self.handoff(),
            fresh: self.fresh(),
        };
        self.decide(&command)
    }

    pub(crate) fn rejects(&mut self, who: u32) -> Done {
        self.try_rejects(who).expect("this agent may pass it on")
    }

    pub(crate) fn try_steps_in(&mut self, who: u32) -> Result<Done, Refusal> {
        let command = Command::StepIn {
            conversation: self.conversation,
            agent: agent(who),
            write: self.write(),
            fresh: self.fresh(),
        };
        self.decide(&command)
    }

    pub(crate) fn steps_in(&mut self, who: u32) -> Done {
        self.try_steps_in(who).expect("this agent may step in")
    }

    pub(crate) fn try_transfers(
        &mut self,
        who: u32,
        to: Destination,
        note: &str,
    ) -> Result<Done, Refusal> {
        let command = Command::Transfer {
            conversation: self.conversation,
            agent: agent(who),
            write: self.write(),
            handoff: self.handoff(),
            to,
            note: note.to_owned(),
            fresh: self.fresh(),
        };
        self.decide(&command)
    }

    pub(crate) fn transfers(&mut self, who: u32, to: Destination) -> Done {
        self.try_transfers(who, to, "")
            .expect("this agent may pass it on")
    }

    pub(crate) fn try_releases(&mut self, who: u32) -> Result<Done, Refusal> {
        let command = Command::Release {
            conversation: self.conversation,
            agent: agent(who),
            write: self.write(),
            handoff: self.handoff(),
            fresh: self.fresh(),
        };
        self.decide(&command)
    }

    pub(crate) fn releases(&mut self, who: u32) -> Done {
        self.try_releases(who).expect("this agent may release")
    }

    pub(crate) fn try_resolves(&mut self, who: u32, outcome: Outcome) -> Result<Done, Refusal> {
        let command = Command::Resolve {
            conversation: self.conversation,
            agent: agent(who),
            write: self.write(),
            handoff: self.handoff(),
            outcome,
        };
        self.decide(&command)
    }

    pub(crate) fn resolves(&mut self, who: u32, outcome: Outcome) -> Done {
        self.try_resolves(who, outcome)
            .expect("this agent may resolve")
    }

    pub(crate) fn reads(&mut self, who: u32, seq: u64) {
        let command = Command::AgentReads {
            conversation: self.conversation,
            agent: agent(who),
            seq: Seq(seq),
        };
        self.decide(&command).expect("this agent may read");
    }

    pub(crate) fn agent(&mut self, who: u32) -> &mut Agent {
        let agent = self.facts.agents.get_mut(&agent(who));
        agent.expect("the agent is of the team")
    }

    pub(crate) fn choose(&mut self, who: u32, chosen: Availability) {
        self.agent(who).chosen = chosen;
    }

    /// The agent's last connection ends now.
    pub(crate) fn leaves(&mut self, who: u32) {
        let since = self.now;
        self.agent(who).presence = Presence::Gone { since };
    }

    /// Only these of the first workspace are online and connected; all others chose to be offline.
    pub(crate) fn only_there(&mut self, there: &[u32]) {
        let there: Vec<_> = there.iter().map(|who| agent(*who)).collect();
        for found in self.facts.agents.values_mut() {
            found.presence = Presence::Connected;
            found.chosen = if there.contains(&found.id) {
                Availability::Online
            } else {
                Availability::Offline
            };
        }
    }

    pub(crate) fn load(&self, who: u32) -> u32 {
        self.facts.agents[&agent(who)].load
    }
}
