//! `soak`: for minutes, people come, talk, go and come back; memory, open files and the log of the
//! database stay as they are.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use tokio::sync::watch;

use super::Run;
use super::talk::{Size, Talk};
use crate::client::Orders;
use crate::client::crowd::{Crowd, until};
use crate::client::visitor::{Plan, Visitor};
use crate::report::Report;
use crate::site::{Site, Team};

/// Visitors who come and go, always the same: what grows with the database is for its caches to hold.
const VISITORS: usize = 150;
/// After so many rounds everybody says something.
const SPEAKS: u64 = 10;
/// For all of them to be connected, and to have been heard.
const PATIENCE: Duration = Duration::from_secs(30);
/// Bytes of memory that may stay of each connection, as far as can be measured; the leak is 1,024.
const STAYS: f64 = 600.0;
/// Files that may be open more at the end.
const FILES: f64 = 8.0;
/// The log is checkpointed far below this.
const LOG: u64 = 64 * 1024 * 1024;

/// The server between two rounds.
#[derive(Debug, Clone, Copy)]
struct Look {
    connections: f64,
    memory: f64,
    files: f64,
    log: u64,
}

pub(super) async fn run(run: &mut Run, report: &mut Report) -> Result<()> {
    let size = Size {
        asking: 3,
        others: 3,
        agents: 2,
        pause: Duration::from_secs(3),
    };
    let team = Team {
        agents: size.agents,
        chat_limit: 3,
    };
    let site = Site::open(run, team).await?;
    let talk = Talk::begin(&site, size, &mut run.chance).await?;
    let mut crowd = come(&site, run).await?;
    let lasts = Duration::from_secs(run.size(240, 1_800));
    let began = Instant::now();
    let mut looks = Vec::new();
    while began.elapsed() < lasts {
        crowd.round().await?;
        // What was freed is given back a moment later.
        tokio::time::sleep(Duration::from_millis(200)).await;
        looks.push(Look {
            connections: crowd.visitors.welcomes() as f64,
            memory: site.server.memory().context("its memory")? as f64,
            files: site.server.open_files().context("its files")? as f64,
            log: site.server.log_size().unwrap_or(0),
        });
        if looks.len() % 20 == 0 {
            let memory = looks.last().map_or(0.0, |look| look.memory) / 1024.0;
            eprintln!(
                "  soak: {} connections, {memory} KB",
                crowd.visitors.welcomes()
            );
        }
    }
    judge_looks(report, &looks);
    report.figure("connections_of_visitors", crowd.visitors.welcomes());
    crowd.orders.send_modify(|orders| orders.end = true);
    crowd.visitors.end().await?;
    talk.judge(&site, report).await?;
    site.server.remove().await
}

/// Visitors who come and go.
struct Coming {
    visitors: Crowd<Visitor>,
    orders: watch::Sender<Orders>,
    rounds: u64,
}

/// They come, and each says something.
async fn come(site: &Site, run: &mut Run) -> Result<Coming> {
    let (orders, _) = watch::channel(Orders {
        turns: 1,
        ..Orders::default()
    });
    let mut visitors = Crowd::new();
    for _ in 0..VISITORS {
        let plan = Plan {
            asks: false,
            pause: Duration::from_millis(300),
            messages: u64::MAX,
            ahead: 2,
        };
        let visitor = Visitor::new(site.chatbot, plan, run.chance.split());
        visitors.join(visitor, site.server.address, &orders, &mut run.chance);
    }
    let heard = || visitors.held() >= VISITORS as u64;
    let all = visitors.all_live(PATIENCE).await && until(PATIENCE, heard).await;
    anyhow::ensure!(all, "not everybody could speak");
    Ok(Coming {
        visitors,
        orders,
        rounds: 0,
    })
}

impl Coming {
    /// All lose their connections and come back.
    async fn round(&mut self) -> Result<()> {
        self.rounds += 1;
        let welcomes = self.visitors.welcomes();
        let speak = u64::from(self.rounds.is_multiple_of(SPEAKS));
        self.orders.send_modify(|orders| {
            orders.cuts += 1;
            orders.turns += speak;
        });
        // In a hurry: the wait before the first try is for other gates.
        tokio::time::sleep(Duration::from_millis(100)).await;
        self.orders.send_modify(|orders| orders.wakes += 1);
        let back = || self.visitors.welcomes() >= welcomes + VISITORS as u64;
        anyhow::ensure!(until(PATIENCE, back).await, "not everybody came back");
        let settled = self.visitors.settled(PATIENCE).await;
        anyhow::ensure!(settled, "not everybody was answered");
        Ok(())
    }
}

/// The second half is judged: in the first, caches and pools fill.
fn judge_looks(report: &mut Report, looks: &[Look]) {
    let later = looks.get(looks.len() / 2..).unwrap_or_default();
    let (Some(first), Some(last)) = (later.first(), later.last()) else {
        return report.broke("nothing_measured", "it ended too soon");
    };
    let connections = (last.connections - first.connections).max(1.0);
    let memory = slope(later, |look| look.memory);
    report.figure("memory_per_connection", memory.round());
    report.figure("memory_kb", (last.memory / 1024.0).round());
    let case = format!("{memory:.0} bytes of each connection stay");
    report.expect(memory <= STAYS, "memory_grows", case);

    let files = slope(later, |look| look.files) * connections;
    report.figure("files", last.files);
    let case = format!("{files:.1} more are open");
    report.expect(files <= FILES, "files_grow", case);

    let log = looks.iter().map(|look| look.log).max().unwrap_or(0);
    report.figure("log_kb", log / 1024);
    report.expect(log <= LOG, "log_grows", format!("{log} bytes"));
}

/// How much something grows with each connection: the line through all looks (least squares).
fn slope(looks: &[Look], what: impl Fn(&Look) -> f64) -> f64 {
    let count = looks.len() as f64;
    let mean = |of: &dyn Fn(&Look) -> f64| looks.iter().map(of).sum::<f64>() / count;
    let (across, up) = (mean(&|look| look.connections), mean(&what));
    let together = |look: &Look| (look.connections - across) * (what(look) - up);
    let alone = |look: &Look| (look.connections - across).powi(2);
    let width: f64 = looks.iter().map(alone).sum();
    if width == 0.0 {
        return 0.0;
    }
    looks.iter().map(together).sum::<f64>() / width
}
