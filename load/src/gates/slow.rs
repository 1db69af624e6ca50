//! `slow`: sockets that do not read while much is told.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use futures::future::join_all;
use futures::{SinkExt as _, StreamExt as _};
use protocol::agent::{AgentCommand, AgentEvent, ThreadPosition};
use protocol::card::Tab;
use protocol::{ConversationId, Key, Seq, close};
use tokio_tungstenite::tungstenite::Message;

use super::Run;
use super::talk::{Size, Talk};
use crate::chance::{Chance, now};
use crate::check::{self, Rows, Side};
use crate::client::play::NO_CODE;
use crate::client::wire::{self, Door, Wire};
use crate::history::{History, line};
use crate::report::Report;
use crate::server::Address;
use crate::site::{Site, Team};

/// What a socket that does not read may cost the server.
const EACH: u64 = 512 * 1024;
/// What the rest may cost meanwhile.
const REST: u64 = 16 * 1024 * 1024;
/// So much is told while they do not read: more than the system keeps for a connection (4 MiB at
/// most, unless it is set otherwise), and little enough to be told before a write is given up.
const TOLD: usize = 4_500_000;
/// And for no longer than this.
const ASLEEP: Duration = Duration::from_secs(30);
/// Of which so long nothing was told.
const QUIET: Duration = Duration::from_secs(3);
/// Connections after which it has to hold everything.
const RESUMES: u64 = 10;
/// Notes that are under way at once, and their length.
const AHEAD: usize = 32;
const LENGTH: usize = 3_900;

pub(super) async fn run(run: &mut Run, report: &mut Report) -> Result<()> {
    let sockets = run.size(24, 200);
    let size = Size {
        asking: 3,
        others: 1,
        agents: 2,
        pause: Duration::from_millis(150),
    };
    let team = Team {
        agents: size.agents + 1,
        chat_limit: 3,
    };
    let site = Site::open(run, team).await?;
    let talk = Talk::begin(&site, size, &mut run.chance).await?;
    // Not so much that they would be shown the newest page only.
    talk.orders.send_modify(|orders| orders.turns = 0);
    let browser = site.sign_in(size.agents).await?;
    let mut slow = Vec::new();
    for _ in 0..sockets {
        let mut one = Slow::new(site.server.address, &browser, &talk.conversations);
        one.connect().await?;
        slow.push(one);
    }
    talk.orders.send_modify(|orders| orders.turns = u64::MAX);
    let before = site.server.memory().context("its memory")?;
    let (told, most) = tell(&site, &browser, &talk.conversations, run.chance.split()).await?;
    report.figure("told_bytes", told);
    let growth = most.saturating_sub(before);
    report.figure("memory_each", growth / sockets);
    let case = format!("{growth} bytes for {sockets} sockets");
    report.expect(growth <= REST + EACH * sockets, "memory_grows", case);

    // All wake up at once. A connection that cannot keep up even now is closed and resumed again.
    talk.orders.send_modify(|orders| orders.turns = 0);
    let mut codes: BTreeMap<u16, u64> = BTreeMap::new();
    for code in join_all(slow.iter_mut().map(Slow::read_on)).await {
        let case = format!("it was closed with {code:?}");
        report.expect(code == Some(close::RESUME), "not_told_to_resume", case);
        *codes.entry(code.unwrap_or(0)).or_default() += 1;
    }
    report.figure("slow_close_codes", serde_json::json!(codes));
    let times = join_all(slow.iter_mut().map(Slow::catch_up)).await;
    let times: Vec<u64> = times.into_iter().collect::<Result<_>>()?;
    report.figure("resumed", times.into_iter().max().unwrap_or(0));
    let rows = Rows::new(site.server.database.entries().await?);
    for one in &slow {
        check::client(report, &one.history, Side::Agent, &rows);
    }
    report.figure("sockets", sockets);
    talk.judge(&site, report).await?;
    site.server.remove().await
}

/// An agent's socket that reads only when it is told to.
struct Slow {
    address: Address,
    door: Door,
    follows: Vec<ConversationId>,
    wire: Option<Wire>,
    history: History,
}

impl Slow {
    fn new(address: Address, browser: &(String, String), follows: &[ConversationId]) -> Self {
        Self {
            address,
            door: door(browser, Some(8 * 1024)),
            follows: follows.to_vec(),
            wire: None,
            history: History::default(),
        }
    }

    /// Connects with what it holds, and reads until every thread is there.
    async fn connect(&mut self) -> Result<()> {
        let mut wire = wire::open(self.address, self.door.clone()).await?;
        let threads = self.follows.iter().map(|conversation| ThreadPosition {
            conversation: *conversation,
            after: Seq(self.history.last(*conversation)),
        });
        let start = AgentCommand::Start {
            tab: Tab::Pending,
            threads: threads.collect(),
        };
        wire.send(Message::text(serde_json::to_string(&start)?))
            .await?;
        let mut missing = self.follows.len();
        while missing > 0 {
            let next = tokio::time::timeout(Duration::from_secs(30), wire.next()).await?;
            let message = next.context("the end of the connection")??;
            missing -= usize::from(self.hears(&message));
        }
        self.wire = Some(wire);
        Ok(())
    }

    /// Reads until the connection ends, and returns its code; none when nothing comes any more.
    async fn read_on(&mut self) -> Option<u16> {
        let mut wire = self.wire.take()?;
        loop {
            match tokio::time::timeout(QUIET, wire.next()).await {
                Err(_) => return None,
                Ok(Some(Ok(Message::Close(frame)))) => {
                    return Some(frame.map_or(NO_CODE, |frame| frame.code.into()));
                }
                Ok(Some(Ok(message))) => {
                    self.hears(&message);
                }
                Ok(Some(Err(_)) | None) => return Some(NO_CODE),
            }
        }
    }

    /// Comes back until it holds all there is; how often it had to.
    async fn catch_up(&mut self) -> Result<u64> {
        for times in 1..=RESUMES {
            self.connect().await?;
            if self.read_on().await.is_none() {
                return Ok(times);
            }
        }
        Ok(RESUMES)
    }

    /// Notes what it is told; whether it was a thread.
    fn hears(&mut self, message: &Message) -> bool {
        let Message::Text(text) = message else {
            return false;
        };
        match serde_json::from_str(text) {
            Ok(AgentEvent::EntryAdded {
                conversation,
                entry,
            }) => {
                self.history.saw(conversation, entry.seq.0, line(&entry));
                false
            }
            Ok(AgentEvent::Thread(thread)) => {
                for entry in &thread.entries {
                    let conversation = thread.card.conversation;
                    self.history.holds(conversation, entry.seq.0, line(entry));
                }
                true
            }
            _ => false,
        }
    }
}

/// Writes long notes, one after the other, while the others sleep. How many bytes that
/// were, and the most memory that the server held meanwhile.
async fn tell(
    site: &Site,
    browser: &(String, String),
    conversations: &[ConversationId],
    mut chance: Chance,
) -> Result<(usize, u64)> {
    let mut wire = wire::open(site.server.address, door(browser, None)).await?;
    let start = AgentCommand::Start {
        tab: Tab::Pending,
        threads: Vec::new(),
    };
    wire.send(Message::text(serde_json::to_string(&start)?))
        .await?;
    let (began, mut told, mut most, mut ahead) = (Instant::now(), 0, 0, 0);
    while told < TOLD && began.elapsed() < ASLEEP {
        while ahead < AHEAD {
            let conversation = *chance.one_of(conversations).context("a conversation")?;
            let note = AgentCommand::AddNote {
                conversation,
                key: Key::new(now(), &chance.bytes()),
                text: "x".repeat(LENGTH),
                attachments: Vec::new(),
            };
            wire.feed(Message::text(serde_json::to_string(&note)?))
                .await?;
            ahead += 1;
        }
        wire.flush().await?;
        let next = tokio::time::timeout(Duration::from_secs(10), wire.next()).await?;
        let message = next.context("the end of the connection")??;
        let event = message
            .to_text()
            .ok()
            .and_then(|text| serde_json::from_str(text).ok());
        if let Some(AgentEvent::Done { .. }) = event {
            (ahead, told) = (ahead - 1, told + LENGTH);
        }
        most = most.max(site.server.memory().unwrap_or(0));
    }
    Ok((told, most))
}

fn door((origin, cookie): &(String, String), receive_buffer: Option<u32>) -> Door {
    Door {
        path: "/ws/agent",
        headers: vec![("cookie", cookie.clone()), ("origin", origin.clone())],
        receive_buffer,
        plain: false,
    }
}
