//! Sockets that are open, greeted and silent: what the server holds for each, and whether it gives that
//! back.

use std::time::Duration;

use anyhow::{Context as _, Result};
use futures::StreamExt as _;
use futures::stream;

use super::cpu::{self, Core};
use super::door;
use super::figures::{Figures, Goal};
use super::ground::Ground;
use crate::client::wire::Wire;
use crate::gates::Run;

/// Who comes at once.
const TOGETHER: usize = 64;
/// Until what a greeting needed is given back: the server looks for it every two seconds.
const QUIET: (Duration, Duration) = (Duration::from_millis(2_200), Duration::from_secs(6));
/// An agent's tabs.
const TABS: usize = 100;
const KIB: f64 = 1_024.0;

pub(super) async fn run(run: &mut Run, figures: &mut Figures) -> Result<()> {
    let (many, most) = run.size((2_000, 4_000), (10_000, 19_000));
    let quiet = run.size(QUIET.0, QUIET.1);
    run.core = Core::Only(0);
    let mut ground = Ground::open(run, 0, 1).await?;
    // Every socket of this machine has one address.
    let room = (most + 500).to_string();
    ground.site.server.stop().await?;
    for limit in [
        "CONNECTIONS",
        "CONNECTIONS_PER_ADDRESS",
        "REQUESTS",
        "REQUESTS_PER_ADDRESS",
    ] {
        ground
            .site
            .server
            .set(&format!("BATON__LIMITS__{limit}"), &room);
    }
    ground.site.server.start().await?;
    let pid = ground.pid()?;
    // The first ones make room that all later ones use.
    drop(come(&ground, 200, run).await?);
    tokio::time::sleep(quiet).await;
    let (empty, idle) = (cpu::private_memory(pid)?, cpu::resident_memory(pid)?);
    figures.note(
        "the server, nobody there",
        "MiB in use",
        idle as f64 / KIB / KIB,
    );
    let mut wires = come(&ground, many, run).await?;
    tokio::time::sleep(quiet).await;
    let held = cpu::private_memory(pid)?.saturating_sub(empty) as f64 / many as f64 / KIB;
    let of = format!("{many} visitors, silent");
    figures.hold(&of, "KiB for each", held, Goal::AtMost(6.0));
    wires.extend(come(&ground, most - many, run).await?);
    tokio::time::sleep(quiet).await;
    let all = cpu::resident_memory(pid)? as f64 / KIB / KIB;
    figures.hold(
        &format!("{most} visitors, silent"),
        "MiB in use",
        all,
        Goal::AtMost(200.0),
    );
    drop(wires);
    tokio::time::sleep(2 * quiet).await;
    let left = cpu::private_memory(pid)?;
    let after = left.saturating_sub(empty) as f64 / KIB / KIB;
    figures.note("after all have left", "MiB more than before", after);
    let mut again = come(&ground, many, run).await?;
    tokio::time::sleep(quiet).await;
    // Without what stays whoever comes: the database's pages, and the visitors of late.
    let held = cpu::private_memory(pid)?.saturating_sub(left) as f64 / many as f64 / KIB;
    figures.note("as many come again", "KiB for each", held);
    again.clear();
    agents(run, figures).await?;
    ground.site.server.remove().await
}

/// Tabs of the team, each with a full page of the inbox.
async fn agents(run: &mut Run, figures: &mut Figures) -> Result<()> {
    let quiet = run.size(QUIET.0, QUIET.1);
    let ground = Ground::open(run, 100, 1).await?;
    let pid = ground.pid()?;
    let conversation = ground.rooms.first().context("a room")?.conversation;
    drop(ground.tabs(TABS, conversation).await?);
    tokio::time::sleep(quiet).await;
    let before = cpu::private_memory(pid)?;
    let tabs = ground.tabs(TABS, conversation).await?;
    tokio::time::sleep(quiet).await;
    let held = cpu::private_memory(pid)?.saturating_sub(before) as f64 / TABS as f64 / KIB;
    figures.note("agents with a full inbox", "KiB for each", held);
    drop(tabs);
    ground.site.server.remove().await
}

async fn come(ground: &Ground, count: usize, run: &mut Run) -> Result<Vec<Wire>> {
    let chances: Vec<_> = (0..count).map(|_| run.chance.split()).collect();
    let coming = stream::iter(chances).map(|mut chance| {
        let site = &ground.site;
        async move { anyhow::Ok(door::newcomer(site, &mut chance).await?.0) }
    });
    let came: Vec<_> = coming.buffer_unordered(TOGETHER).collect().await;
    came.into_iter().collect()
}
