//! `crash`: the server is killed under load and started again, over and over.

use std::time::Duration;

use anyhow::Result;

use super::Run;
use super::talk::{Size, Talk};
use crate::report::Report;
use crate::site::{Site, Team};

pub(super) async fn run(run: &mut Run, report: &mut Report) -> Result<()> {
    let size = Size {
        asking: 9,
        others: 5,
        agents: 3,
        pause: Duration::from_millis(30),
    };
    let team = Team {
        agents: size.agents,
        chat_limit: 3,
    };
    let mut site = Site::open(run, team).await?;
    let talk = Talk::begin(&site, size, &mut run.chance).await?;
    let cycles = run.size(20, 1_000);
    let mut restarts = Vec::new();
    for cycle in 1..=cycles {
        let busy = Duration::from_millis(300) + run.chance.within(Duration::from_millis(700));
        tokio::time::sleep(busy).await;
        site.server.kill().await?;
        let ready = site.server.start().await?;
        restarts.push(u64::try_from(ready.took.as_millis()).unwrap_or(u64::MAX));
        talk.wake();
        let back = talk.all_live(Duration::from_secs(30)).await;
        report.expect(back, "not_back", format!("after kill {cycle}"));
        if cycle % 10 == 0 {
            eprintln!("  crash: {cycle} of {cycles}");
        }
    }
    report.figure("kills", cycles);
    report.times("restart_ms", restarts);
    talk.judge(&site, report).await?;
    site.server.remove().await
}
