//! `cancel-storm`: clients vanish at any microsecond while what they asked for is under way.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::Result;
use futures::SinkExt as _;
use protocol::forms::SettingsView;
use protocol::visitor::{Page, Start, VisitorCommand};
use protocol::{ChatbotId, ConversationId, Key, PublicSeq};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio_tungstenite::tungstenite::Message;

use super::Run;
use super::talk::{Size, Talk};
use crate::chance::{Chance, now};
use crate::client::wire::{self, Door};
use crate::database::Database;
use crate::report::Report;
use crate::server::Address;
use crate::site::{Site, Team};

/// The way to PostgreSQL takes so long: what is cancelled is mostly on that way.
const FAR: Duration = Duration::from_millis(3);
/// Clients that come and vanish side by side.
const TOGETHER: u64 = 4;
/// The others write for so long between two rounds.
const TALK: Duration = Duration::from_millis(300);
/// How often each of them does in one round.
const EACH: u64 = 25;
/// Of so many requests one is waited for, so that it is known how long they take.
const WAITED_FOR: u64 = 12;
/// A connection that is still in a transaction after so long has been forgotten in it.
const FORGOTTEN: Duration = Duration::from_millis(600);

pub(super) async fn run(run: &mut Run, report: &mut Report) -> Result<()> {
    let size = Size {
        asking: 4,
        others: 2,
        agents: 2,
        pause: Duration::from_millis(100),
    };
    let team = Team {
        agents: size.agents,
        chat_limit: 2,
    };
    let mut site = Site::open(run, team).await?;
    site.move_database_away(FAR).await?;
    let talk = Talk::begin(&site, size, &mut run.chance).await?;
    let asked = serde_json::json!({ "chatbot": site.chatbot });
    let view = site.ask("load_settings", Some(&asked)).await?;
    let view: SettingsView = serde_json::from_str(&view)?;
    let request = request(&site, &site.saving(&view));
    let rounds = run.size(6, 1_000);
    let takes = Arc::new(AtomicU64::new(5_000));
    let (mut reached, mut left) = (0_u64, 0_u64);
    for round in 1..=rounds {
        // The others write in between: who begins a transaction on a connection that was left in
        // one ends it, and nothing would be seen.
        talk.orders.send_modify(|orders| orders.turns = u64::MAX);
        tokio::time::sleep(TALK).await;
        talk.orders.send_modify(|orders| orders.turns = 0);
        let mut vanishing = JoinSet::new();
        for _ in 0..TOGETHER {
            let vanisher = Vanisher {
                address: site.server.address,
                chatbot: site.chatbot,
                request: request.clone(),
                takes: takes.clone(),
                chance: run.chance.split(),
            };
            vanishing.spawn(vanisher.run(EACH));
        }
        while let Some(one) = vanishing.join_next().await {
            reached += one?;
        }
        let forgotten = forgotten(&site.server.database).await?;
        left += forgotten;
        let case = format!("{forgotten} connections after round {round}");
        report.expect(forgotten == 0, "left_in_transaction", case);
        if round % 10 == 0 {
            eprintln!("  cancel-storm: {round} of {rounds}");
        }
    }
    // One that was left in a transaction may have been begun another one on since.
    let nested = site.server.nested();
    let case = format!("{nested} transactions within another");
    report.expect(nested == 0, "left_in_transaction", case);
    report.figure("nested", nested);
    let clients = rounds * TOGETHER * EACH;
    report.figure("vanished", reached);
    report.figure("request_us", takes.load(Ordering::Relaxed));
    let enough = reached * 10 >= clients * 9;
    report.expect(enough, "not_reached", format!("{reached} of {clients}"));
    report.figure("left_in_transaction", left);
    talk.judge(&site, report).await?;
    site.server.remove().await
}

/// Comes and vanishes, over and over.
struct Vanisher {
    address: Address,
    chatbot: ChatbotId,
    request: Vec<u8>,
    /// How many microseconds a request takes, as far as is known.
    takes: Arc<AtomicU64>,
    chance: Chance,
}

impl Vanisher {
    /// Returns how often it reached the server.
    async fn run(mut self, times: u64) -> u64 {
        let mut reached = 0;
        for time in 0..times {
            let asked = if time % WAITED_FOR == 0 {
                self.waits().await
            } else if self.chance.percent(90) {
                self.over_http().await
            } else {
                self.over_a_socket().await
            };
            reached += u64::from(asked.is_ok());
        }
        reached
    }

    /// Any moment until shortly after the answer would have come.
    async fn moment(&mut self) {
        let takes = self.takes.load(Ordering::Relaxed) as f64;
        let micros = 1.3 * takes * self.chance.part();
        tokio::time::sleep(Duration::from_secs_f64(micros / 1e6)).await;
    }

    async fn asks(&self) -> Result<TcpStream> {
        let mut stream = TcpStream::connect(self.address.0).await?;
        stream.set_nodelay(true)?;
        stream.write_all(&self.request).await?;
        Ok(stream)
    }

    /// A settings page saves and waits for the answer, which tells how long that takes.
    async fn waits(&self) -> Result<()> {
        let began = Instant::now();
        let mut stream = self.asks().await?;
        let mut first = [0; 64];
        let read = tokio::time::timeout(Duration::from_secs(10), stream.read(&mut first)).await??;
        anyhow::ensure!(read > 0, "the end of the connection");
        let took = u64::try_from(began.elapsed().as_micros())?;
        let before = self.takes.load(Ordering::Relaxed);
        self.takes.store((3 * before + took) / 4, Ordering::Relaxed);
        Ok(())
    }

    /// A settings page saves, and its browser is gone.
    async fn over_http(&mut self) -> Result<()> {
        let _stream = self.asks().await?;
        self.moment().await;
        Ok(())
    }

    /// A visitor begins a visit and says something, and is gone.
    async fn over_a_socket(&mut self) -> Result<()> {
        let door = Door {
            path: "/ws/visitor",
            ..Door::default()
        };
        let mut wire = wire::open(self.address, door).await?;
        let start = VisitorCommand::Start(Start {
            token: None,
            chatbot: self.chatbot,
            conversation: ConversationId::new(now(), &self.chance.bytes()),
            after: PublicSeq(0),
            page: Page::default(),
            locale: "en".to_owned(),
        });
        let key = Key::new(now(), &self.chance.bytes());
        let text = "Gone in a moment".to_owned();
        for command in [
            start,
            VisitorCommand::Say {
                key,
                text,
                attachments: Vec::new(),
            },
        ] {
            wire.feed(Message::text(serde_json::to_string(&command)?))
                .await?;
        }
        wire.flush().await?;
        self.moment().await;
        Ok(())
    }
}

/// What a browser sends to save settings.
fn request(site: &Site, body: &serde_json::Value) -> Vec<u8> {
    let body = body.to_string();
    let mut request = format!(
        "POST /pages/save_settings HTTP/1.1\r\nhost: {}\r\n",
        site.server.address.0
    );
    for (name, value) in site.owner() {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    let length = body.len();
    request.push_str(&format!(
        "content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    ));
    request.into_bytes()
}

/// Connections that stay in a transaction although nobody works in it.
async fn forgotten(database: &Database) -> Result<u64> {
    match database {
        // The one connection that writes: while it is in a transaction, nobody else can begin one.
        Database::File(_) => Ok(u64::from(
            database.run("BEGIN IMMEDIATE; ROLLBACK;").await.is_err(),
        )),
        Database::Postgres { .. } => {
            tokio::time::sleep(FORGOTTEN).await;
            let question = format!(
                "SELECT CAST(count(*) AS TEXT) FROM pg_stat_activity \
                 WHERE datname = current_database() AND state LIKE 'idle in transaction%' \
                 AND state_change < clock_timestamp() - interval '{} milliseconds'",
                FORGOTTEN.as_millis() / 2
            );
            let rows = database.rows(&question).await?;
            let count = rows
                .first()
                .and_then(|row| row.first()?.as_deref()?.parse().ok());
            Ok(count.unwrap_or(0))
        }
    }
}
