//! `drain`: the server is asked to stop under load, and started again.

use std::time::Duration;

use anyhow::Result;
use protocol::close;

use super::Run;
use super::talk::{Size, Talk};
use crate::report::Report;
use crate::site::{Site, Team};

/// A stop may take no longer.
const LONGEST: Duration = Duration::from_secs(10);

pub(super) async fn run(run: &mut Run, report: &mut Report) -> Result<()> {
    let size = Size {
        asking: 9,
        others: 11,
        agents: 3,
        pause: Duration::from_millis(100),
    };
    let team = Team {
        agents: size.agents,
        chat_limit: 3,
    };
    let mut site = Site::open(run, team).await?;
    let talk = Talk::begin(&site, size, &mut run.chance).await?;
    let stops = run.size(3, 200);
    let mut stopping = Vec::new();
    for number in 1..=stops {
        tokio::time::sleep(Duration::from_secs(1)).await;
        let before = talk.codes();
        let (took, well) = site.server.stop().await?;
        stopping.push(millis(took));
        report.expect(
            took <= LONGEST,
            "stopped_late",
            format!("stop {number} took {took:?}"),
        );
        report.expect(well, "ended_badly", site.server.log());
        site.server.start().await?;
        talk.wake();
        let all = talk.all_live(Duration::from_secs(30)).await;
        report.expect(all, "not_back", format!("after stop {number}"));
        // Whoever was too slow to keep up before it was told so then: that is no matter of the stop.
        for (code, count) in talk.codes() {
            let count = count - before.get(&code).copied().unwrap_or_default();
            let case = format!("{count} connections ended with {code} at stop {number}");
            report.expect(count == 0 || code == close::RESTART, "other_code", case);
        }
        eprintln!("  drain: {number} of {stops}");
    }
    report.figure("stops", stops);
    report.times("stop_ms", stopping);
    talk.judge(&site, report).await?;
    site.server.remove().await
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
