//! `powercut`: the power is cut under load at random writes and syncs, and what was not synced is
//! gone.

use std::time::Duration;

use anyhow::{Result, ensure};

use super::{Run, disk};
use crate::report::Report;

/// For the server to come to the write at which the power is cut.
const CUT: Duration = Duration::from_secs(20);
/// For everybody to come back.
const BACK: Duration = Duration::from_secs(15);
/// Of a hundred starts, those in which the power is cut again.
const CUT_AGAIN: u64 = 30;

pub(super) async fn run(run: &mut Run, report: &mut Report) -> Result<()> {
    let (mut site, mut talk) = disk::begin(run).await?;
    let cycles = run.size(25, 1_000);
    let (mut cuts, mut early) = (0_u64, 0_u64);
    for cycle in 1..=cycles {
        let busy = run.chance.within(Duration::from_millis(500));
        tokio::time::sleep(Duration::from_millis(100) + busy).await;
        let (seed, after) = (run.chance.next() >> 16, run.chance.below(80));
        site.server.order(&format!("cut {seed} {after}"))?;
        ensure!(site.server.ended(CUT).await?, "the power was not cut");
        cuts += 1;
        while run.chance.percent(CUT_AGAIN) {
            // While it recovers, or shortly after.
            let (seed, after) = (run.chance.next() >> 16, run.chance.below(20));
            site.server.order(&format!("cut {seed} {after}"))?;
            if site.server.start().await.is_err() {
                early += 1;
            }
            talk.wake();
            if site.server.ended(Duration::from_secs(2)).await? {
                cuts += 1;
            }
            site.server.kill().await?;
        }
        let damage = site.server.database.damage().await?;
        let case = format!("after cut {cycle}: {}", damage.clone().unwrap_or_default());
        report.expect(damage.is_none(), "damaged", case);
        site.server.order("")?;
        site.server.start().await?;
        talk.wake();
        if !talk.all_live(BACK).await {
            // Whose token is gone is turned away for good.
            report.broke("not_back", format!("after cut {cycle}"));
            talk.hurry();
            break;
        }
        if cycle % 10 == 0 {
            eprintln!("  powercut: {cycle} of {cycles}");
        }
    }
    report.figure("cuts", cuts);
    report.figure("cuts_while_starting", early);
    talk.judge(&site, report).await?;
    site.server.remove().await
}
