//! The talk that gates disturb: visitors who write, agents who answer, and everybody's notes.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use anyhow::Result;
use protocol::{ConversationId, limits};
use tokio::sync::watch;

use crate::chance::Chance;
use crate::check::{self, Rows, Side};
use crate::client::Orders;
use crate::client::agent::{self, Agent};
use crate::client::crowd::{Crowd, until};
use crate::client::visitor::{self, Visitor};
use crate::report::Report;
use crate::site::Site;

/// For everything to come to rest once nothing disturbs any more.
const REST: Duration = Duration::from_secs(60);
/// Nothing new for so long is rest.
const STILL: Duration = Duration::from_millis(700);

/// A talk of some visitors and agents. Every agent follows every conversation, so that there can be
/// no more of them than one connection may follow.
pub(crate) struct Talk {
    pub(crate) visitors: Crowd<Visitor>,
    pub(crate) agents: Crowd<Agent>,
    pub(crate) orders: watch::Sender<Orders>,
    pub(crate) conversations: Vec<ConversationId>,
    /// For everything to come to rest in the end.
    rest: Duration,
}

/// How many talk, and how fast.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    /// Who talk to people.
    pub(crate) asking: usize,
    /// Who talk to the assistant.
    pub(crate) others: usize,
    pub(crate) agents: usize,
    /// Between two turns of one client, at most.
    pub(crate) pause: Duration,
}

impl Talk {
    /// Begins; returns when every visitor is connected and has a conversation, and so are all agents.
    pub(crate) async fn begin(site: &Site, size: Size, chance: &mut Chance) -> Result<Self> {
        let (orders, _) = watch::channel(Orders {
            turns: u64::MAX,
            ..Orders::default()
        });
        let mut talk = Self {
            visitors: Crowd::new(),
            agents: Crowd::new(),
            orders,
            conversations: Vec::new(),
            rest: REST,
        };
        anyhow::ensure!(
            size.asking + size.others <= limits::THREADS,
            "too many to follow"
        );
        let mut conversations: Vec<ConversationId> = Vec::new();
        for number in 0..size.asking + size.others {
            let plan = visitor::Plan {
                asks: number < size.asking,
                pause: size.pause,
                messages: u64::MAX,
                ahead: 8,
            };
            let visitor = Visitor::new(site.chatbot, plan, chance.split());
            conversations.push(visitor.conversation);
            talk.visitors
                .join(visitor, site.server.address, &talk.orders, chance);
        }
        // A conversation can be followed once something was said in it.
        let spoken = || {
            let mut pulses = talk.visitors.pulses.iter();
            pulses.all(|pulse| pulse.held.load(std::sync::atomic::Ordering::SeqCst) > 0)
        };
        anyhow::ensure!(until(REST, spoken).await, "not every visitor could speak");
        // Not so much that agents would be shown the newest page only.
        talk.orders.send_modify(|orders| orders.turns = 0);
        for number in 0..size.agents {
            let signed_in = site.sign_in(number).await?;
            let plan = agent::Plan {
                pause: size.pause,
                ahead: 8,
                notes: 25,
            };
            let agent = Agent::new(signed_in, conversations.clone(), plan, chance.split());
            talk.agents
                .join(agent, site.server.address, &talk.orders, chance);
        }
        talk.conversations = conversations;
        anyhow::ensure!(
            talk.agents.all_live(REST).await,
            "not every agent could connect"
        );
        talk.orders.send_modify(|orders| orders.turns = u64::MAX);
        Ok(talk)
    }

    /// Tells everybody that the network is back.
    pub(crate) fn wake(&self) {
        self.orders.send_modify(|orders| orders.wakes += 1);
    }

    /// Waits until everybody is connected; false when some are not in time.
    pub(crate) async fn all_live(&self, patience: Duration) -> bool {
        self.visitors.all_live(patience).await && self.agents.all_live(patience).await
    }

    /// Something is broken already, so that it may never come to rest.
    pub(crate) fn hurry(&mut self) {
        self.rest = Duration::from_secs(5);
    }

    /// How connections that were open ended, by code.
    pub(crate) fn codes(&self) -> BTreeMap<u16, u64> {
        let mut codes = self.visitors.codes();
        for (code, count) in self.agents.codes() {
            *codes.entry(code).or_default() += count;
        }
        codes
    }

    /// Lets everything come to rest, and judges what was noted against what is kept.
    pub(crate) async fn judge(self, site: &Site, report: &mut Report) -> Result<()> {
        self.orders.send_modify(|orders| orders.turns = 0);
        let visitors = self.visitors.settled(self.rest).await;
        let agents = self.agents.settled(self.rest).await;
        let left = self.visitors.unanswered() + self.agents.unanswered();
        report.expect(
            visitors && agents,
            "never_at_rest",
            format!("{left} not answered"),
        );
        let rows = self.all_seen(site).await?;

        report.figure(
            "connections",
            self.visitors.welcomes() + self.agents.welcomes(),
        );
        report.figure("close_codes", serde_json::json!(self.codes()));
        report.figure("panics", site.server.panics());
        report.expect(site.server.panics() == 0, "panicked", site.server.log());
        self.orders.send_modify(|orders| orders.end = true);
        let visitors = self.visitors.end().await?;
        let agents = self.agents.end().await?;
        check::rows(report, &rows);
        let mut acks = 0;
        let mut times = Vec::new();
        let (mut refused, mut said) = (0, 0);
        let histories = visitors
            .iter()
            .map(|visitor| (&visitor.history, Side::Visitor));
        let histories = histories.chain(agents.iter().map(|agent| (&agent.history, Side::Agent)));
        for (history, side) in histories {
            check::client(report, history, side, &rows);
            said += history.said.len();
            for said in &history.said {
                if let Some(answer) = &said.answer {
                    let took = answer.at.duration_since(said.at).as_millis();
                    times.push(u64::try_from(took).unwrap_or(u64::MAX));
                }
                match said.answer.as_ref().map(|answer| &answer.came_to) {
                    Some(crate::history::CameTo::Done(_)) => acks += 1,
                    Some(crate::history::CameTo::Refused(_)) => refused += 1,
                    None => {}
                }
            }
        }
        report.figure("said", said);
        report.figure("acks", acks);
        report.times("answered_ms", times);
        report.figure("refused", refused);
        report.figure("entries", rows.len());
        Ok(())
    }

    /// Reads the rows once everybody holds all of them and nothing more comes: the assistant may
    /// still have something to say. After a while as they are, and the check says what is missing.
    async fn all_seen(&self, site: &Site) -> Result<Rows> {
        let began = Instant::now();
        loop {
            let held = (self.visitors.held(), self.agents.held());
            tokio::time::sleep(STILL).await;
            // What it still answers would be told after the rows were read.
            let database = &site.server.database;
            let answers = database.count("runs", "state = 'open'").await?;
            let rows = Rows::new(database.entries().await?);
            let agents =
                rows.total(&self.conversations, Side::Agent) * self.agents.pulses.len() as u64;
            let all = held == (rows.total(&self.conversations, Side::Visitor), agents);
            if all && answers == 0 || began.elapsed() > self.rest {
                return Ok(rows);
            }
        }
    }
}
